/** Small things that the command remembers for a user, in XDG_STATE_HOME; nothing is lost where that cannot be written. */
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Environment } from "./render/terminal.js";

/** What was remembered under a name; empty when nothing was. */
export async function recall(env: Environment, name: string): Promise<string> {
  const path = pathOf(env, name);
  return path === null ? "" : readFile(path, "utf8").catch(() => "");
}

/** Remembers a text under a name, readable by its user alone. Whoever reads meanwhile sees the text before or this one, never a part. */
export async function remember(env: Environment, name: string, text: string): Promise<void> {
  const path = pathOf(env, name);
  if (path === null) return;
  const aside = `${path}.${process.pid}`;
  await mkdir(dirname(path), { recursive: true })
    .then(() => writeFile(aside, text, { mode: 0o600 }))
    .then(() => rename(aside, path))
    .catch(() => rm(aside, { force: true }).catch(() => undefined));
}

function pathOf(env: Environment, name: string): string | null {
  const folder = env["XDG_STATE_HOME"] || (env["HOME"] ? join(env["HOME"], ".local", "state") : null);
  return folder === null ? null : join(folder, "idea-eventstore", name);
}
