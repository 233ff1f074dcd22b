/** Compiled code that is kept between runs of the command. */
import module from "node:module";
import { join } from "node:path";
import type { Environment } from "./render/terminal.js";

/** What Node has since 22.1; what goes wrong it returns, and throws nothing. */
interface CompileCache {
  readonly enableCompileCache?: (folder: string) => unknown;
}

/**
 * Keeps what Node compiles from here on for the next run, where Node can, in the user's XDG_CACHE_HOME: in the folder for temporary files, which Node
 * would take, anybody might lay code in its place. `NODE_DISABLE_COMPILE_CACHE=1` keeps nothing.
 */
export function keepCompiledCode(env: Environment): void {
  const folder = env["XDG_CACHE_HOME"] || (env["HOME"] ? join(env["HOME"], ".cache") : null);
  if (folder !== null) (module as CompileCache).enableCompileCache?.(join(folder, "idea-eventstore"));
}
