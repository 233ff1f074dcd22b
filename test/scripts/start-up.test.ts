/** What the command loads before it knows what it is to do: the help of a command, and the options that are wrong, need no compiler and no driver. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { expect, it } from "vitest";

const COMMANDS = "scripts/cli/commands";

it("no command loads the compiler, the server's parts or the driver for its help", async () => {
  const commands = readdirSync(COMMANDS).map((name) => join(COMMANDS, name));
  const { metafile } = await build({
    entryPoints: ["scripts/cli/main.ts", ...commands],
    bundle: true,
    format: "esm",
    platform: "node",
    packages: "external",
    outdir: "none",
    write: false,
    metafile: true,
    logLevel: "silent",
  });
  const closure = (entry: string): readonly string[] => {
    const loaded = new Set<string>([entry]);
    for (const path of loaded)
      for (const { path: next, kind, external } of metafile.inputs[path]?.imports ?? [])
        if (kind === "import-statement" && external !== true) loaded.add(next);
    return [...loaded];
  };
  const dear =
    /^grammar\/(?:ohm|filter\.ohm|parse)|^compiler\/(?:compile|resolve\/resolve)\.ts|\/driver\/|runtime\/server\/index/u;
  for (const entry of ["scripts/cli/main.ts", ...commands])
    expect(
      closure(entry).filter((path) => dear.test(path)),
      entry,
    ).toEqual([]);
  // That it would find one.
  expect(closure("scripts/cli/commands/search.ts")).toContain("scripts/cli/setup.ts");
  expect(Object.keys(metafile.inputs).filter((path) => dear.test(path)).length).toBeGreaterThan(3);
});
