import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { measure, sourceFiles, testFiles } from "../support/code-measures.js";

const ROOT = new URL("../../", import.meta.url);
const { functions, exported, undocumented } = measure(ROOT, sourceFiles(ROOT));

/** How much there may be of each: whoever takes one away takes the number down. */
const LIMITS = { longFunctions: 5, longParameterLists: 9, namesTwice: 6 };

/** The actions of the grammar have as many parameters as their rules have parts. */
const isAction = (place: string): boolean => place.startsWith("grammar/parse-tree.ts");

/** The page's components are named after what they show; the container's methods are those of another library. */
const isExempt = (place: string): boolean => /^(?:scripts\/|runtime\/server\/container\.ts)/.test(place);

/** "Instead of", "this many", "comes after" and "is in" are what is meant; "stands for" is English. */
const UNNATURAL = /\bin place of\b|\bso many\b|\bstands?\b(?!-in| (?:for|in for)\b)/i;

describe("the sources", () => {
  it("are files of 450 lines at most, tests as well", () => {
    const long = [...sourceFiles(ROOT), ...testFiles(ROOT)]
      .map((file) => [file, readFileSync(new URL(file, ROOT), "utf8").trimEnd().split("\n").length] as const)
      .filter(([, lines]) => lines > 450);
    expect(long).toEqual([]);
  });

  it("have few functions that fill more than a screen", () => {
    const long = functions.filter(({ lines }) => lines > 60).map(({ place, lines }) => `${place}: ${lines}`);
    expect(long.length, long.join("\n")).toBeLessThanOrEqual(LIMITS.longFunctions);
  });

  it("have few functions with five parameters or more", () => {
    const long = functions
      .filter(({ place, parameters }) => parameters >= 5 && !isAction(place))
      .map(({ place, parameters }) => `${place}: ${parameters}`);
    expect(long.length, long.join("\n")).toBeLessThanOrEqual(LIMITS.longParameterLists);
  });

  it("have a doc comment on every export and every method of an interface", () => {
    expect(undocumented.filter((place) => !isExempt(place))).toEqual([]);
  });

  it("declare few exported names in two files", () => {
    const twice = [...exported]
      .filter(([, files]) => files.length > 1)
      .map(([name, files]) => `${name}: ${files.join(", ")}`);
    expect(twice.length, twice.join("\n")).toBeLessThanOrEqual(LIMITS.namesTwice);
  });

  it("say in comments what a native engineer would write", () => {
    const lines = sourceFiles(ROOT).flatMap((file) =>
      readFileSync(new URL(file, ROOT), "utf8")
        .split("\n")
        .map((text, index) => `${file}:${index + 1} ${text.trim()}`),
    );
    const found = lines.filter((line) => /^\S+ (?:\/\*\*|\*|\/\/)/.test(line) && UNNATURAL.test(line));
    expect(found).toEqual([]);
  });
});
