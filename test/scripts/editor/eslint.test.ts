import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Linter } from "eslint";
import tseslint from "typescript-eslint";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import eventstore from "../../../scripts/editor/eslint/index.js";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "eventstore-eslint-"));
  await writeFile(join(folder, "eventstore.config.json"), '{"sets": {"campus": ["192.0.2.0/24"]}}');
  await writeFile(join(folder, "quiet.filter"), "severity <= low");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const lint = (text: string, options?: object) =>
  new Linter({ cwd: folder }).verify(
    text,
    [
      { files: ["**/*.ts"], languageOptions: { parser: tseslint.parser } },
      { ...eventstore.configs.recommended, files: ["**/*.ts"] },
      ...(options === undefined
        ? []
        : [
            {
              files: ["**/*.ts"],
              rules: { "idea-eventstore/valid-filter": ["error", options] as Linter.RuleEntry },
            },
          ]),
    ],
    join(folder, "app.ts"),
  );

describe("the rule valid-filter", () => {
  it("reports each mistake at its place, and suggests what repairs it", () => {
    const text =
      'import { compileFilter } from "idea-eventstore";\ncompileFilter("note = \\"x\\" and sorce.ip exists");\n';
    expect(lint(text)).toMatchObject([
      {
        ruleId: "idea-eventstore/valid-filter",
        severity: 2,
        line: 2,
        column: 33,
        endColumn: 41,
        message: 'E101: unknown field "sorce.ip"; did you mean "source.ip"?',
        suggestions: [{ fix: { text: "source.ip" } }],
      },
    ]);
  });

  it("knows the sets and saved filters of the project, and those of its options", () => {
    const text = (name: string): string =>
      `import { compileFilter } from "idea-eventstore";\ncompileFilter("source.ip in @${name} and @quiet");\n`;
    expect(lint(text("campus"))).toEqual([]);
    expect(lint(text("lab"))).toMatchObject([{ message: expect.stringMatching(/^E107/) }]);
    expect(lint(text("lab"), { sets: { lab: ["192.0.2.0/28"] } })).toEqual([]);
  });

  it("says nothing of other functions", () => {
    expect(lint('const compileFilter = (x: string) => x;\ncompileFilter("sorce.ip exists");\n')).toEqual([]);
  });
});
