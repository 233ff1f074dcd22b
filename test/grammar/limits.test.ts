import { describe, expect, it } from "vitest";
import { parseSyntax } from "../../grammar/parse.js";
import { printSyntax } from "../../grammar/print.js";
import { rendered } from "./support.js";

describe("depth", () => {
  it("names the opener that is too deep", () => {
    const text = "(".repeat(129) + "a" + ")".repeat(129);
    expect(rendered(text)).toContain("error E501: nested too deeply: 65 levels, the limit is 64");
    expect(parseSyntax(text).diagnostics).toMatchObject([{ span: { start: 64, end: 65 } }]);
  });

  it("allows 64 levels", () => {
    const text = "(".repeat(64) + "a not in 5" + ")".repeat(64);
    expect(printSyntax(parseSyntax(text).syntax)).toBe("a not in 5");
    expect(parseSyntax(`${"a has (".repeat(64)}b${")".repeat(64)}`).diagnostics).toEqual([]);
    expect(parseSyntax("not ".repeat(64) + "a").diagnostics).toEqual([]);
  });

  it("survives the same depth in a broken text", () => {
    const text = "a has (not ".repeat(32) + "b => 1" + ")".repeat(32);
    expect(parseSyntax(text).diagnostics).toMatchObject([{ code: "E003" }]);
  });

  it.each(["not ", "!", "not (", "(", "[", "a has ("])(
    "counts 10,000 × %s before anything recurses",
    (opener) => {
      const text = opener.repeat(10_000);
      const { diagnostics } = parseSyntax(text, { limits: { maxLength: Infinity } });
      expect(diagnostics).toMatchObject([{ code: "E501" }]);
    },
  );

  it("does not count brackets that are text", () => {
    const text = `a matches /${"(".repeat(100)}/ and b = "${"[".repeat(100)}" # ${"(".repeat(100)}`;
    expect(parseSyntax(text).diagnostics).toEqual([]);
  });

  it("never exceeds what the parser can bear", () => {
    const limits = { maxDepth: 10_000, maxLength: Infinity };
    expect(parseSyntax("(".repeat(5000), { limits }).diagnostics).toMatchObject([{ code: "E501" }]);
    expect(parseSyntax("((a))", { limits: { maxDepth: 1 } }).diagnostics).toMatchObject([
      { message: "nested too deeply: 2 levels, the limit is 1" },
    ]);
  });
});

describe("size", () => {
  it("refuses a long text unread", () => {
    const { syntax, diagnostics } = parseSyntax("x".repeat(1_000_000));
    expect(diagnostics).toMatchObject([
      { code: "E502", message: "the filter is too long: 1000000 characters, the limit is 65536" },
    ]);
    expect(syntax.root).toEqual({ kind: "error", span: { start: 0, end: 1_000_000 } });
  });

  it("counts list items", () => {
    const list = (count: number): string =>
      `a in [${Array.from({ length: count }, (_, at) => at).join(",")},]`;
    expect(parseSyntax(list(1000)).diagnostics).toEqual([]);
    expect(rendered(list(1001))).toContain("error E503: too many list items: 1001, the limit is 1000");
  });

  it("counts conditions", () => {
    const chain = (count: number): string => Array.from({ length: count }, () => "a").join(" or ");
    expect(parseSyntax(chain(1999)).diagnostics).toEqual([]);
    expect(rendered(chain(2000))).toContain("error E504: too many conditions: 2001, the limit is 2000");
  });

  it("refuses what is certainly too much before it is matched", () => {
    expect(parseSyntax("a and ".repeat(2500)).diagnostics).toMatchObject([{ code: "E504" }]);
    expect(parseSyntax(`a in [${"1, ".repeat(5000)}`).syntax.root?.kind).toBe("error");
  });
});

describe("time", () => {
  // Such texts took up to 47 seconds when a long text was matched as a whole and each fix tried on all of it.
  const pieces = [
    "x and ",
    "]",
    ")",
    "(a) ",
    "a = 1 -- b\n",
    "a matches /[/]/ or ",
    "a in 1 to ",
    '"a" ',
    "a==b&&c",
    "@a ",
    "{",
  ];
  it("is that of a text of its length for one that is wrong everywhere", () => {
    for (const piece of pieces) {
      const { diagnostics } = parseSyntax(piece.repeat(16_384 / piece.length));
      expect(diagnostics.length, piece).toBeGreaterThan(0);
    }
  });
});
