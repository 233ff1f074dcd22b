#!/usr/bin/env node
/** The `eventstore` command: connects the program to the process it runs in. */
import { readFileSync } from "node:fs";
import { keepCompiledCode } from "./compile-cache.js";

/** The package's version, from the nearest package.json above this file: it runs from the sources and from `dist`. */
function packageVersion(): string {
  for (const place of ["../../package.json", "../../../package.json"]) {
    try {
      const { version } = JSON.parse(readFileSync(new URL(place, import.meta.url), "utf8")) as {
        readonly version?: string;
      };
      if (version !== undefined) return version;
    } catch {
      continue;
    }
  }
  return "unknown";
}

keepCompiledCode(process.env);
// Loaded after that, so that they are kept as well.
const [{ processContext }, { runCli }] = await Promise.all([
  import("./process-context.js"),
  import("./program.js"),
]);
const context = processContext();
process.exitCode = await runCli(process.argv.slice(2), context, packageVersion());
context.letGo();
