import { access, readdir, realpath } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { program } from "./cluster.js";
import { runProgram } from "./run-program.js";
import type { Installation } from "./types.js";

/** Oldest PostgreSQL that the event store runs on. */
export const oldestMajor = 14;

/** The version in what `postgres --version` prints: `postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)` → `15.18`. */
export function parseVersion(
  output: string,
): { readonly version: string; readonly major: number } | undefined {
  const version = /\(PostgreSQL\) (\d+(?:\.\d+)?\w*)/.exec(output)?.[1];
  return version === undefined ? undefined : { version, major: Number.parseInt(version, 10) };
}

/** Asks the programs in a folder for their version; undefined when they are missing or do not run here. */
export async function versionOf(
  binDir: string,
): Promise<{ readonly version: string; readonly major: number } | undefined> {
  const { code, output } = await runProgram(program({ binDir }, "postgres"), ["--version"]);
  return code === 0 ? parseVersion(output) : undefined;
}

/** Whether a path exists. */
export async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** Folders `<parent>/<name><suffix>` for every name in `parent` that matches. */
async function expand(
  parent: string,
  name: RegExp,
  ...suffix: readonly string[]
): Promise<readonly string[]> {
  const names = await readdir(parent).catch(() => []);
  return names.filter((entry) => name.test(entry)).map((entry) => join(parent, entry, ...suffix));
}

/** Where packages of PostgreSQL put its programs: Debian, Red Hat, Homebrew (both places), Postgres.app, the Windows installer. */
async function customaryFolders(): Promise<readonly string[]> {
  const found = await Promise.all([
    expand("/usr/lib/postgresql", /^\d+$/, "bin"),
    expand("/usr", /^pgsql-\d+$/, "bin"),
    expand("/opt/homebrew/opt", /^postgresql(@\d+)?$/, "bin"),
    expand("/usr/local/opt", /^postgresql(@\d+)?$/, "bin"),
    expand("/Applications/Postgres.app/Contents/Versions", /^\d+$/, "bin"),
    expand(join(process.env["ProgramFiles"] ?? "C:\\Program Files", "PostgreSQL"), /^\d+$/, "bin"),
  ]);
  return found.flat();
}

/** Folders that may hold PostgreSQL's programs: PG_CONFIG's, those of PATH (links followed), the customary ones. Without doubles. */
async function binFolders(): Promise<readonly string[]> {
  const pgConfig = process.env["PG_CONFIG"];
  const named = pgConfig === undefined ? [] : [(await runProgram(pgConfig, ["--bindir"])).output.trim()];
  const onPath = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  const programs = await Promise.all(
    [...named, ...onPath, ...(await customaryFolders())].map((folder) =>
      realpath(program({ binDir: folder }, "initdb")).catch(() => undefined),
    ),
  );
  return [...new Set(programs.filter((path) => path !== undefined).map((path) => dirname(path)))];
}

/** Whether the extension's control file lies in the shared folder of an installation. */
async function hasIp4r(binDir: string, major: number): Promise<boolean> {
  const told = await runProgram(join(binDir, "pg_config"), ["--sharedir"]);
  const folders = [
    ...(told.code === 0 ? [told.output.trim()] : []),
    `/usr/share/postgresql/${major}`,
    join(binDir, "..", "share", "postgresql"),
    join(binDir, "..", "share"),
  ];
  const found = await Promise.all(folders.map((folder) => exists(join(folder, "extension", "ip4r.control"))));
  return found.includes(true);
}

/** What {@link findLocalInstallations} found: those that serve, newest first, and why others do not. */
export interface LocalSearch {
  readonly usable: readonly Installation[];
  /** `PostgreSQL 13.4 in … is older than 14`, one for each installation that does not serve. */
  readonly rejected: readonly string[];
}

/** Looks for PostgreSQL (14 or newer) with ip4r on this machine. */
export async function findLocalInstallations(): Promise<LocalSearch> {
  const usable: Installation[] = [];
  const rejected: string[] = [];
  for (const binDir of await binFolders()) {
    const version = await versionOf(binDir);
    if (version === undefined) continue;
    const label = `PostgreSQL ${version.version} in ${binDir}`;
    if (version.major < oldestMajor) rejected.push(`${label} is older than ${oldestMajor}`);
    else if (!(await hasIp4r(binDir, version.major))) rejected.push(`${label} has no ip4r`);
    else usable.push({ kind: "local", binDir, ...version });
  }
  return { usable: usable.sort((a, b) => b.major - a.major), rejected };
}
