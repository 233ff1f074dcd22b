import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ESLint, Linter } from "eslint";
import tseslint from "typescript-eslint";
import { describe, expect, it, onTestFinished } from "vitest";
import { noImportCircle } from "../../../scripts/tools/lint/no-import-circle.js";

const eslint = new ESLint();

/** Whether the linter lets the file import the path, by the rules about directions. */
async function allows(file: string, path: string): Promise<boolean> {
  const config = (await eslint.calculateConfigForFile(file)) as Linter.Config;
  const rule = config.rules?.["no-restricted-imports"] ?? "off";
  const messages = new Linter().verify(`import { x } from "${path}";\nx();\n`, [
    { rules: { "no-restricted-imports": rule } },
  ]);
  return messages.length === 0;
}

describe("the directions of imports", () => {
  it.each([
    ["grammar/print.ts", "../compiler/tree.js"],
    ["grammar/print.ts", "../compiler/catalogue/model.js"],
    ["grammar/print.ts", "../runtime/index.js"],
    ["grammar/print.ts", "../scripts/cli/main.js"],
    ["grammar/codes/lints.ts", "../../compiler/tree.js"],
    ["compiler/compile.ts", "../runtime/index.js"],
    ["compiler/compile.ts", "../generated/index.js"],
    ["compiler/compile.ts", "ohm-js"],
    ["compiler/lower/atom.ts", "../../runtime/postgres/pool.js"],
    ["compiler/lower/atom.ts", "../../scripts/cli/main.js"],
    ["compiler/values/text.ts", "../tree.js"],
    ["compiler/values/text.ts", "../../grammar/ast.js"],
    ["compiler/values/text.ts", "node:fs"],
    ["compiler/values/text.ts", "pg"],
    ["runtime/postgres/pool.ts", "../../compiler/tree.js"],
    ["runtime/postgres/pool.ts", "../../compiler/catalogue/model.js"],
    ["runtime/postgres/pool.ts", "../../grammar/ast.js"],
    ["runtime/postgres/pool.ts", "../../generated/index.js"],
    ["runtime/postgres/pool.ts", "../store/open.js"],
    ["runtime/store/open.ts", "../../scripts/cli/main.js"],
    ["runtime/store/open.ts", "../../test/support/database.js"],
    ["runtime/store/open.ts", "ohm-js"],
    ["generated/client.ts", "../grammar/ast.js"],
    ["generated/client.ts", "../compiler/tree.js"],
  ])("%s may not import %s", async (file, path) => {
    expect(await allows(file, path)).toBe(false);
  });

  it.each([
    ["grammar/print.ts", "../compiler/values/text.js"],
    ["compiler/compile.ts", "../grammar/ast.js"],
    ["runtime/postgres/pool.ts", "../../compiler/values/text.js"],
    ["runtime/store/open.ts", "../../compiler/compile.js"],
    ["scripts/cli/main.ts", "../../runtime/store/open.js"],
    ["generated/client.ts", "../runtime/index.js"],
  ])("%s may import %s", async (file, path) => {
    expect(await allows(file, path)).toBe(true);
  });
});

describe("the rule about circles", () => {
  it("finds a circle of files, and one of types alone", async () => {
    const folder = await mkdtemp(join(tmpdir(), "eventstore-lint-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    const files = {
      "a.ts": 'import { b } from "./b.js";\nexport const a = b;\n',
      "b.ts": 'export { c as b } from "./c.js";\n',
      "c.ts": 'import type {\n  A,\n} from "./a.js";\nexport const c: A = 1;\n',
      "d.ts": 'import { a } from "./a.js";\nexport const d = a;\n',
      "e.ts": 'import type { E } from "./e.js";\nexport type F = E;\n',
    };
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    const circles = (name: keyof typeof files) => circlesIn(folder, name, files[name]);
    expect(circles("a.ts")).toEqual(["this import goes in a circle: a.ts → b.ts → c.ts → a.ts"]);
    expect(circles("b.ts")).toEqual(["this import goes in a circle: b.ts → c.ts → a.ts → b.ts"]);
    expect(circles("d.ts")).toEqual([]);
    expect(circles("e.ts")).toEqual(["this import goes in a circle: e.ts → e.ts"]);
  });

  it("is on for every file", async () => {
    for (const file of ["grammar/print.ts", "runtime/store/open.ts", "scripts/cli/main.ts"]) {
      const config = (await eslint.calculateConfigForFile(file)) as Linter.Config;
      expect(config.rules).toMatchObject({ "eventstore/no-import-circle": [2] });
    }
  });
});

/** The circles that the rule reports in a file. */
function circlesIn(folder: string, name: string, text: string): readonly string[] {
  const config: Linter.Config = {
    files: ["**/*.ts"],
    plugins: { eventstore: { rules: { "no-import-circle": noImportCircle } } },
    languageOptions: { parser: tseslint.parser },
    rules: { "eventstore/no-import-circle": "error" },
  };
  return new Linter({ cwd: folder })
    .verify(text, [config], { filename: join(folder, name) })
    .map(({ message }) => message);
}
