#!/usr/bin/env node
/** The `eventstore` command. */
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
// Loaded after that, so that it is kept as well.
const { runProcess } = await import("./run-process.js");
await runProcess(packageVersion());
