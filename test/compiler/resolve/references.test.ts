import { describe, expect, it } from "vitest";
import { renderDiagnostics } from "../../../grammar/render.js";
import { diagnose } from "../language/support.js";

describe("sets", () => {
  const sets = {
    bad: ["10.0.0.1/8", "10.0.0.0/8", "x", "y", "z"],
    outer: ["@inner"],
    inner: ["@outer"],
    lost: ["@nowhere"],
    words: ["a..b", "c"],
    many: Array.from({ length: 20_000 }, (_, index) => `10.${(index >> 8) & 255}.${index & 255}.1`),
  };
  const found = (text: string) =>
    diagnose(text, { sets }).map(({ code, message, fixes }) => [`${code}: ${message}`, fixes.length]);

  it("are named where a member is wrong, and the reference is not rewritten", () => {
    expect(found("source.ip in @bad")).toEqual([
      [
        "E202: in @bad: 10.0.0.1/8 has address bits beyond the /8 prefix; write 10.0.0.0/8 for the network, or 10.0.0.1 for the host",
        0,
      ],
      ['E301: in @bad: source.ip is an address, network or range, "x" is text', 0],
      ['E301: in @bad: source.ip is an address, network or range, "y" is text', 0],
    ]);
  });

  it("may not go in a circle or name what is not there", () => {
    expect(found("source.ip in @outer")).toEqual([
      ["E108: sets refer to each other in a circle: @outer → @inner → @outer", 0],
    ]);
    expect(found("source.ip in @lost")).toEqual([["E107: in @lost: there is no set @nowhere", 0]]);
  });

  it("hold plain words for fields of words, and any number of members", () => {
    expect(found("node.name in @words")).toEqual([]);
    expect(found("source.ip in @many")).toEqual([]);
    expect(found("source.port in @many")[0]?.[0]).toMatch(/^E301: in @many/);
  });
});

describe("saved filters", () => {
  const chain = Object.fromEntries(
    Array.from({ length: 20 }, (_, index) => [`f${index}`, `@f${index + 1} or severity = high`]),
  );
  const doubling = Object.fromEntries(
    Array.from({ length: 14 }, (_, index) => [`d${index}`, `@d${index + 1} or not @d${index + 1}`]),
  );
  const filters = {
    broken: "sorce.ip in 10.0.0.300 and (severity = high",
    outer: "@broken or tlp = red",
    round: "not @about",
    about: "severity = high and @round",
    empty: "",
    lints: "target.port != 22",
    ...chain,
    f20: "true",
    ...doubling,
    d14: "severity = high",
  };
  const found = (text: string) =>
    diagnose(text, { filters }).map(({ code, message }) => `${code}: ${message}`);

  it("show what is wrong inside at the reference, and keep their remarks to themselves", () => {
    expect(found("tlp = red and @broken")).toEqual([
      'E005: in @broken: this "(" is never closed',
      'E101: in @broken: unknown field "sorce.ip"',
    ]);
    expect(found("@outer")).toEqual([
      'E005: in @outer: this "(" is never closed',
      'E101: in @outer: unknown field "sorce.ip"',
    ]);
    expect(found("@lints")).toEqual([]);
    expect(found("@empty")).toEqual(["L04: always true: matches every event"]);
  });

  it("are shown with the place of what is wrong, and how to mend it there", () => {
    const texts = { wrong: "tlp exists and\nseverity = hgih", outer: "not @wrong" };
    const [shown = ""] = [diagnose("tlp = red or @outer", { filters: texts })].map((diagnostics) =>
      renderDiagnostics("tlp = red or @outer", diagnostics),
    );
    expect(shown.split("\n").slice(1)).toEqual([
      "  1 | tlp = red or @outer",
      "    |              ^^^^^^",
      "    | in @wrong (wrong.filter:2:12)",
      "  2 | severity = hgih",
      "    |            ^^^^ write high",
    ]);
  });

  it("may not go in a circle, nor be nested or repeated without bound", () => {
    expect(found("@round")).toEqual([
      "E108: saved filters refer to each other in a circle: @round → @about → @round",
    ]);
    expect(found("@f0")).toEqual([
      "E505: in @f0: saved filters are nested too deeply: the limit is 16 levels",
    ]);
    expect(found("@d0").map((message) => message.slice(0, 4))).toContain("E505");
    expect(found("@d0").length).toBeLessThan(30);
  });
});
