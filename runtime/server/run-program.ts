import { spawn } from "node:child_process";

/** A user whom a program runs as: numbers of POSIX. */
export interface ProgramUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** How a program ended: its exit code (null when a signal ended it or it could not be started) and all that it printed. */
export interface ProgramResult {
  readonly code: number | null;
  readonly output: string;
}

/**
 * Environment of PostgreSQL's programs: the caller's without the variables that would change what they do (PGDATA, PGPORT, LC_…),
 * and with messages that do not depend on the language of the machine.
 */
export function programEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG)/.test(name));
  return { ...Object.fromEntries(kept), LC_ALL: process.platform === "linux" ? "C.UTF-8" : "C" };
}

/** Runs a program to its end without a shell. Never rejects: a program that can't be started is a result with a null code. */
export function runProgram(
  file: string,
  args: readonly string[],
  options: { readonly user?: ProgramUser | undefined } = {},
): Promise<ProgramResult> {
  return new Promise((resolve) => {
    let output = "";
    // The working directory is "/" because the caller's may be closed to the user that the program runs as.
    const child = spawn(file, args, {
      stdio: ["ignore", "pipe", "pipe"],
      windowsHide: true,
      env: programEnvironment(),
      ...(options.user === undefined ? {} : { uid: options.user.uid, gid: options.user.gid, cwd: "/" }),
    });
    child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.once("error", (error) => resolve({ code: null, output: `${output}${error.message}` }));
    child.once("close", (code) => resolve({ code, output }));
  });
}

/** The last lines of a text, for an error message. */
export function tail(text: string, lines = 8): string {
  return text.trimEnd().split(/\r?\n/).slice(-lines).join("\n");
}
