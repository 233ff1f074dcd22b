import { describe, expect, it } from "vitest";
import { renderTable } from "../../../scripts/cli/render/table.js";
import { toSequences } from "../../../scripts/cli/render/marks.js";
import { painter } from "../../../scripts/cli/render/terminal.js";
import { displayWidth } from "../../../scripts/cli/render/text.js";

const plain = (width: number) => ({ width, unicode: true, paint: painter(false) });
const columns = [
  { title: "time" },
  { title: "text", minWidth: 6 },
  { title: "n", align: "right" },
  { title: "id", minWidth: 4, dispensable: 1 },
] as const;
const rows = [
  ["2024-05-01", "a rather long description", "7", "0123456789"],
  ["2024-05-02", "短い", "1234", "x"],
];

describe("renderTable", () => {
  it("cuts nothing where there is no width", () => {
    expect(renderTable(columns, rows, plain(Infinity))).toEqual([
      "time        text                          n  id",
      "2024-05-01  a rather long description     7  0123456789",
      "2024-05-02  短い                       1234  x",
    ]);
  });

  it("takes room from the widest column first", () => {
    expect(renderTable(columns, rows, plain(40))).toEqual([
      "time        text           n  id",
      "2024-05-01  a rather…      7  0123456789",
      "2024-05-02  短い        1234  x",
    ]);
  });

  it("leaves out what is dispensable when nothing else helps", () => {
    expect(renderTable(columns, rows, plain(30))[1]).toBe("2024-05-01  a rat…     7  012…");
    expect(renderTable(columns, rows, plain(29))[1]).toBe("2024-05-01  a rather l…     7");
  });

  it("never gets wider than asked, down to the minimal widths", () => {
    for (let width = 24; width < 70; width++)
      for (const line of renderTable(columns, rows, plain(width)))
        expect(displayWidth(line)).toBeLessThanOrEqual(width);
  });

  it("lets no escape sequence of a cell through and styles by the text", () => {
    const [, line] = renderTable(
      [{ title: "severity", style: (text) => (text === "high" ? "red" : null) }, { title: "text" }],
      [["high", "\u001b]0;title\u0007"]],
      { ...plain(80), paint: painter(true) },
    );
    expect(toSequences(line ?? "", (text) => text)).toBe("\u001b[31mhigh    \u001b[0m  ␛]0;title␇");
  });

  it("marks a cut in ASCII where there is nothing else", () => {
    const lines = renderTable([{ title: "t", minWidth: 3 }], [["abcdef"]], { ...plain(4), unicode: false });
    expect(lines).toEqual(["t", "abc~"]);
  });
});
