/** Names of parameters at type level: right programs compile, each wrong line fails with a message that names the thing. */
import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { typedFile } from "./language-service.js";

const FIXTURE = new URL("./filter-parameters.fixture.txt", import.meta.url);
const file = typedFile("filter-parameters.fixture.ts");

/** What the compiler says about a text in this folder, by line from 1. */
const diagnose = (text: string, extra: object = {}): ReadonlyMap<number, string> =>
  new Map(file.diagnose(text, { noUnusedLocals: false, ...extra }));

describe("the parameters of a filter", () => {
  it.each([{}, { exactOptionalPropertyTypes: true }])(
    "are told from its text, and wrong arguments where they are, with %j",
    async (options) => {
      const text = await readFile(FIXTURE, "utf8");
      const expected = new Map(
        text.split("\n").flatMap((line, index): [number, string][] => {
          const name = /^ *\/\/ error: (.*)$/.exec(line)?.[1];
          return name === undefined ? [] : [[index + 2, name]];
        }),
      );
      const found = diagnose(text, options);
      expect([...found].filter(([line]) => !expected.has(line))).toEqual([]);
      for (const [line, name] of expected) expect(found.get(line), `line ${line}`).toContain(name);
    },
  );

  it("are counted up to a limit: a text beyond it takes any arguments, and none keeps the compiler from ending", () => {
    const many = Array.from({ length: 120 }, (_, index) => `ref = $p${index}`);
    const args = Array.from({ length: 120 }, (_, index) => `p${index}: 1`);
    const importing = 'import { compileFilter } from "../../runtime/store/index.js";\n';
    const calling = (parts: readonly string[], given: string): string =>
      `${importing}compileFilter(${JSON.stringify(parts.join(" or "))}).sql({ ${given} });\n`;
    expect([...diagnose(calling(many, args.join(", ")))]).toEqual([]);
    expect([...diagnose(calling(many, args.slice(1).join(", "))).keys()]).toEqual([2]);
    const endless = Array.from({ length: 3000 }, (_, index) => `ref = "x" or ref = $p${index}`);
    expect([...diagnose(calling(endless, "whatever: 1"))]).toEqual([]);
  });
});
