/** Texts that compile, or would, and mean what nobody meant: each is reported, and its fix gives the filter that was meant. */
import { describe, expect, it } from "vitest";
import { analyseFilter, compileFilter } from "../../../compiler/compile.js";
import { referenceMatch } from "../../testing/index.js";

const sets = { ports: ["22", "80"], one: ["22"], several: ["Test", "Recon.Scanning"] };

/** The codes of a filter, and the text after its first fix. */
function told(
  text: string,
  code?: string,
): { readonly codes: readonly string[]; readonly fixed: string | undefined } {
  const { diagnostics } = analyseFilter(text, { sets });
  const edits = diagnostics
    .filter((diagnostic) => code === undefined || diagnostic.code === code)
    .flatMap(({ fixes }) => fixes)[0]?.edits;
  const fixed =
    edits &&
    [...edits]
      .sort((a, b) => b.start - a.start)
      .reduce((changed, edit) => changed.slice(0, edit.start) + edit.text + changed.slice(edit.end), text);
  return { codes: diagnostics.map(({ code }) => code), fixed };
}

describe("what is taken literally though it looks like more", () => {
  // All that is said of the text, the lint that it is about, what was meant, and all that is said of that.
  it.each([
    ["node.name = cz.cesnet.*", "L08", 'node.name like "cz.cesnet.*"', ""],
    ['description = "ssh*"', "L08", 'description like "ssh*"', ""],
    ['description != "ssh*"', "L01 L08", 'description not like "ssh*"', "L01 L06"],
    ['description = "%ssh%"', "L08", 'description like "*ssh*"', ""],
    ['description contains "*ssh*"', "L08", 'description like "*ssh*"', ""],
    ['description not starts with "ssh*"', "L01 L06 L08", 'description not like "ssh*"', "L01 L06"],
    ['description like "%ssh%"', "L09", 'description like "*ssh*"', ""],
    ["id = 155dc71f", "L10", "id starts with 155dc71f", "L06"],
    ["id = 155dc71f-11b6", "L10", "id starts with 155dc71f-11b6", "L06"],
    ["prefix_len(source.ip) >= 24", "L12", "(family(source.ip) = 4 and prefix_len(source.ip) >= 24)", ""],
  ])("%s", (text, said, meant, left) => {
    const { codes, fixed } = told(text, said.split(" ").at(-1));
    expect(codes.join(" ")).toBe(said);
    expect(fixed).toBe(meant);
    expect(told(meant).codes.join(" ")).toBe(left);
  });

  it.each([
    ['description = "100 %"', ""],
    ['description like "5*%"', "L06"],
    ["node.name = cz.cesnet.hugo", ""],
    ["prefix_len(source.ip) = 64", ""],
    ["prefix_len(source.ip) >= 24 and source.ip in 10.0.0.0/8", ""],
    ["id = deadbeef-is-no-uuid-at-all-but-longer-than-it", ""],
  ])("%s is left alone", (text, said) => expect(told(text).codes.join(" ")).toBe(said));
});

describe("what is refused", () => {
  it.each([
    ["source.port >= @ports", "E319", "source.port in @ports"],
    ["source.port != @ports", "E319", "source.port not in @ports"],
    ["category = @several", "E319", "category in @several"],
    ["source.ip = @private", "E319", "source.ip in @private"],
    ["source.port = 022", "E317", "source.port = 22"],
    ["source.port in 22..<22", "E307", "source.port in 22..22"],
    ['description contains ""', "E318", undefined],
    ['description like ["ssh", ""]', "E318", undefined],
  ])("%s", (text, code, meant) => {
    const { codes, fixed } = told(text);
    expect(codes).toEqual([code]);
    expect(fixed).toBe(meant);
    if (meant !== undefined) expect(analyseFilter(meant, { sets }).condition).not.toBeNull();
  });

  it("takes a set of one member as the value that it is", () => {
    const filter = compileFilter("source.port = @one", { sets });
    expect(filter.matches({ Source: [{ Port: [22] }] })).toBe(true);
    expect(told("source.port >= @one").codes).toEqual([]);
  });
});

describe("a negation that also holds where the field is missing", () => {
  const missing = { ID: "a" };

  it.each([
    ["source.port != 22", "(source.port != 22 and source.port exists)"],
    ["source.port not in [22, 80]", "(source.port not in [22, 80] and source.port exists)"],
    ["not source.port in [22, 80]", "not (source.port in [22, 80] or source.port missing)"],
    ["not source.port = 22", "not (source.port = 22 or source.port missing)"],
    ["none source.port = 22", "(none source.port = 22 and source.port exists)"],
    ['not description contains "a"', 'not (description contains "a" or description missing)', "L06"],
    ["not (severity = low and tlp exists)", "not ((severity = low or severity missing) and tlp exists)"],
  ])("%s", (text, meant, left = "") => {
    const { codes, fixed } = told(text, "L01");
    expect([...codes].sort().join(" ")).toBe(left === "" ? "L01" : `L01 ${left}`);
    expect(fixed).toBe(meant);
    expect(told(meant).codes.join(" ")).toBe(left);
    if (!text.includes("tlp")) {
      expect(compileFilter(text).matches(missing)).toBe(true);
      expect(compileFilter(meant).matches(missing)).toBe(false);
    }
  });

  it.each([
    "not source.port != 22",
    "not source.port missing",
    "source.port missing",
    "not count(source.port) = 1",
    "source.port exists and not source.port = 22",
    "not id = a",
  ])("%s is left alone", (text) => expect(told(text).codes).toEqual([]));
});

it("compares UUIDs without case", () => {
  const lower = "59c85a23-11b6-4faf-9eff-55bfb5f7fda5";
  for (const stored of [lower, lower.toUpperCase()])
    for (const asked of [lower, lower.toUpperCase()]) {
      expect(compileFilter(`id = ${asked}`).matches({ ID: stored })).toBe(true);
      expect(referenceMatch(`id = ${asked}`, { ID: stored })).toBe(true);
      expect(compileFilter("id = $id").matches({ ID: stored }, { id: asked })).toBe(true);
    }
  expect(compileFilter("id = ABC").matches({ ID: "abc" })).toBe(false);
});
