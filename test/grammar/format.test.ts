import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatText } from "../../grammar/format.js";
import { parseSyntax } from "../../grammar/parse.js";
import { printSyntax } from "../../grammar/print.js";
import { highlightTokens } from "../../grammar/tokens.js";
import { filterSyntax } from "../support/arbitraries/syntax.js";
import { samples, withoutSpans } from "./support.js";

function formatted(text: string): string {
  const { text: result, diagnostics } = formatText(text, { limits: { maxLength: Infinity } });
  expect(diagnostics, text).toEqual([]);
  return result;
}

describe("formatText", () => {
  it("leaves canonical text alone", () => {
    for (const sample of samples.filter(({ length }) => length <= 100))
      expect(formatted(sample)).toBe(sample);
  });

  it("breaks long filters before and/or", () => {
    const long = `(category under Recon or category = Attempt.Exploit) and target.ip in @campus and not source.ip in @scanners_ok`;
    expect(formatted(long)).toBe(
      [
        "(category under Recon or category = Attempt.Exploit)",
        "and target.ip in @campus",
        "and not source.ip in @scanners_ok",
      ].join("\n"),
    );
  });

  it("breaks groups, has and lists that are too long themselves", () => {
    const names = Array.from({ length: 12 }, (_, index) => `cz.cesnet.probe-${index}`).join(", ");
    const text = `not (node.name in [${names}] or source has (ip in @a_rather_long_name_of_a_set and port in 1..1023 and protocol = tcp and type = x))`;
    expect(formatted(text)).toMatchSnapshot();
  });

  it("keeps comments where they were", () => {
    const text = [
      "# head",
      "source.ip in [10.0.0.0/8, # private",
      "  # and one more",
      "  192.0.2.0/24] # nets",
      "AND # why",
      "  (a   = 1 # one",
      "   || b = 2) # group",
      "and c # last",
      "# foot",
    ].join("\n");
    expect(formatted(text)).toBe(
      [
        "# head",
        "source.ip in [",
        "  10.0.0.0/8, # private",
        "  # and one more",
        "  192.0.2.0/24,",
        "] # nets",
        "# why",
        "and (",
        "  a = 1 # one",
        "  or b = 2",
        ") # group",
        "and c # last",
        "# foot",
      ].join("\n"),
    );
  });

  it("returns a broken text as it is, with the reasons", () => {
    expect(formatText("a  => 1")).toMatchObject({ text: "a  => 1", diagnostics: [{ code: "E003" }] });
  });

  it("keeps tree and comments, and its result is its own canonical form", () => {
    fc.assert(
      fc.property(filterSyntax, fc.infiniteStream(fc.nat({ max: 9 })), (syntax, dice) => {
        const text = withComments(printSyntax(syntax), dice);
        const result = formatted(text);
        const [before, after] = [text, result].map(
          (each) => parseSyntax(each, { limits: { maxLength: Infinity } }).syntax,
        );
        expect(withoutSpans(after), text).toEqual(withoutSpans(before));
        expect(formatted(result), text).toBe(result);
      }),
      { numRuns: 600 },
    );
  });
});

/** The text with comments and line breaks between some of its tokens. */
function withComments(text: string, dice: Iterator<number>): string {
  let count = 0;
  const roll = (): number => Number(dice.next().value);
  const gap = (): string => {
    const face = roll();
    if (face > 2) return "";
    count += 1;
    return [`# ${count}\n`, ` #${count} \r\n  `, `\n\n# ${count}\n`][face] ?? "";
  };
  const tokens = highlightTokens(text);
  const parts = tokens.map(({ start, end }, index) => text.slice(start, tokens[index + 1]?.start ?? end));
  return gap() + parts.map((part) => part + gap()).join("");
}
