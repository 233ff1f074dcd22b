import { readFile } from "node:fs/promises";
import { codeOf } from "./errors.js";
import { runProgram } from "./run-program.js";

/** A process that can be told from a later one with the same number. */
export interface ProcessMark {
  readonly pid: number;
  /** When it began, in whatever form the system gives; empty where the system does not tell. */
  readonly began: string;
}

/** Whether a process with this number exists, whoever owns it. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
}

/**
 * When a process began: on Linux the boot and the clock tick, elsewhere the date that the system prints. Empty where the system does
 * not tell; undefined when there is no such process, or only its exit status is left (a zombie).
 */
async function beginningOf(pid: number): Promise<string | undefined> {
  if (!isRunning(pid)) return undefined;
  if (process.platform === "linux") {
    const read = (file: string): Promise<string> => readFile(file, "utf8").catch(() => "");
    const [stat, boot] = await Promise.all([
      read(`/proc/${pid}/stat`),
      read("/proc/sys/kernel/random/boot_id"),
    ]);
    // The name in field 2 may hold spaces and parentheses. Field 3 is the state, field 22 the start time.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return stat === "" || fields[0] === "Z" ? undefined : `${boot.trim()} ${fields[19] ?? ""}`;
  }
  const { code, output } =
    process.platform === "win32"
      ? await runProgram("powershell.exe", [
          "-NoProfile",
          "-Command",
          `(Get-Process -Id ${pid}).StartTime.Ticks`,
        ])
      : await runProgram("ps", ["-o", "lstart=", "-p", String(pid)]);
  return code === 0 ? output.trim() : "";
}

/** Marks a process, so that {@link isSameProcess} knows it again. */
export async function markProcess(pid: number): Promise<ProcessMark> {
  return { pid, began: (await beginningOf(pid)) ?? "" };
}

/** Whether the marked process still runs: its number is in use, and by the process that began when the marked one did. */
export async function isSameProcess(mark: ProcessMark): Promise<boolean> {
  const began = await beginningOf(mark.pid);
  return began !== undefined && (began === "" || mark.began === began);
}

/** The command line of a process for a message, or an empty text. */
export async function commandOf(pid: number): Promise<string> {
  if (process.platform === "linux") {
    return (await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")).split("\0").join(" ").trim();
  }
  if (process.platform === "win32") return "";
  return (await runProgram("ps", ["-o", "command=", "-p", String(pid)])).output.trim();
}

/** Waits until a process is gone, looking 20 times a second. False when it is still there after `timeoutMs`. */
export async function waitForEnd(mark: ProcessMark, timeoutMs: number): Promise<boolean> {
  for (const end = Date.now() + timeoutMs; Date.now() < end;) {
    if (!(await isSameProcess(mark))) return true;
    await new Promise((wake) => setTimeout(wake, 50));
  }
  return !(await isSameProcess(mark));
}
