/** What the editors get: the folder of the extension, and settings to copy. */
import { spawnSync } from "node:child_process";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { builtinModules, createRequire } from "node:module";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const EXTENSION = join(ROOT, "scripts", "editor", "vscode");
const SNIPPETS = join(ROOT, "scripts", "editor", "snippets");

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "eventstore-extension-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("the extension for Visual Studio Code", () => {
  it("has what its manifest names, and what vsce wants to pack", async () => {
    const manifest = JSON.parse(await readFile(join(EXTENSION, "package.json"), "utf8"));
    expect(manifest).toMatchObject({
      name: expect.stringMatching(/^[a-z][a-z-]*$/),
      publisher: expect.any(String),
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      license: "MIT",
      repository: { type: "git" },
    });
    // Nothing to install: the folder is packed as it is.
    expect(manifest.dependencies).toBeUndefined();
    const packed = (await readFile(join(EXTENSION, ".vscodeignore"), "utf8"))
      .split("\n")
      .flatMap((line) => (line.startsWith("!") ? [line.slice(1)] : []));
    const { languages, grammars } = manifest.contributes;
    for (const path of [languages[0].configuration, grammars[0].path, manifest.main])
      expect(packed).toContain(
        String(path)
          .replace("./", "")
          .replace(/[\w-]+\.tmLanguage/, "*"),
      );
    const { scopeName } = JSON.parse(await readFile(join(EXTENSION, grammars[0].path), "utf8"));
    expect(scopeName).toBe(grammars[0].scopeName);
    const configuration = JSON.parse(await readFile(join(EXTENSION, languages[0].configuration), "utf8"));
    expect(configuration.comments.lineComment).toBe("#");
    const word = new RegExp(configuration.wordPattern, "u");
    expect(word.exec("not @noise.daily")?.[0]).toBe("not");
    expect(word.exec("source.ip in x")?.[0]).toBe("source.ip");
  });

  it("is one file that needs the editor alone", async () => {
    const { metafile, outputFiles } = await build({
      entryPoints: [join(EXTENSION, "extension.ts")],
      bundle: true,
      platform: "node",
      format: "cjs",
      external: ["vscode"],
      write: false,
      metafile: true,
    });
    const imported = Object.values(metafile.outputs).flatMap(({ imports }) => imports);
    const builtin = new Set(builtinModules);
    const others = imported.map(({ path }) => path).filter((path) => !builtin.has(path.replace("node:", "")));
    expect(new Set(others)).toEqual(new Set(["vscode"]));
    expect(outputFiles[0]?.text).toContain("onDidGrantWorkspaceTrust");
  });
});

const hasNeovim = spawnSync("nvim", ["--version"]).status === 0;

describe("the settings to copy", () => {
  it.skipIf(!hasNeovim)("of Neovim show a mistake in a filter", async () => {
    const tsx = createRequire(import.meta.url).resolve("tsx/cli");
    const main = join(ROOT, "scripts", "cli", "main.ts");
    const npx = join(folder, "npx");
    await writeFile(
      npx,
      `#!/bin/sh\n[ "$1" = eventstore ] && shift && exec "${process.execPath}" "${tsx}" "${main}" "$@"\n`,
    );
    await chmod(npx, 0o755);
    await writeFile(join(folder, "wrong.filter"), "sorce.ip exists\n");
    const seen = join(folder, "seen.json");
    const script = join(folder, "look.lua");
    await writeFile(
      script,
      `vim.wait(60000, function() return #vim.diagnostic.get(0) > 0 end)
       local file = assert(io.open("${seen}", "w"))
       file:write(vim.fn.json_encode({ code = vim.diagnostic.get(0)[1].code, type = vim.bo.filetype }))
       file:close()
       vim.cmd("qall!")`,
    );
    spawnSync(
      "nvim",
      [
        ...["--headless", "-u", join(SNIPPETS, "neovim.lua"), "-i", "NONE", "-n"],
        ...[join(folder, "wrong.filter"), "-c", `luafile ${script}`],
      ],
      {
        cwd: folder,
        stdio: "ignore",
        timeout: 280_000,
        env: { ...process.env, PATH: `${folder}${delimiter}${process.env["PATH"] ?? ""}` },
      },
    );
    expect(JSON.parse(await readFile(seen, "utf8"))).toEqual({ code: "E101", type: "eventstore-filter" });
  });

  it("of Helix are a table that names the language server", () => {
    const reading = "import json, sys, tomllib; print(json.dumps(tomllib.load(open(sys.argv[1], 'rb'))))";
    const { stdout, stderr } = spawnSync("python3", ["-c", reading, join(SNIPPETS, "helix.toml")]);
    expect(stderr.toString()).toBe("");
    expect(JSON.parse(stdout.toString())).toMatchObject({
      "language-server": { eventstore: { command: "npx", args: ["eventstore", "lsp"] } },
      language: [{ name: "eventstore-filter", "file-types": ["filter"] }, { name: "typescript" }],
    });
  });

  it("of Emacs are whole expressions that start the language server", async () => {
    const text = await readFile(join(SNIPPETS, "emacs.el"), "utf8");
    const code = text
      .replace(/;.*$/gm, "")
      .replace(/\?#/g, "")
      .replace(/"(?:[^"\\]|\\.)*"/g, '""');
    let depth = 0;
    for (const sign of code.match(/[()]/g) ?? []) {
      depth += sign === "(" ? 1 : -1;
      expect(depth).toBeGreaterThanOrEqual(0);
    }
    expect(depth).toBe(0);
    expect(text).toContain('("npx" "eventstore" "lsp"');
  });
});
