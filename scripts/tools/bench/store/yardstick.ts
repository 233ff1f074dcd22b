/** The yardstick as a program: the Python store driven through its command line. */
import { execFile } from "node:child_process";
import { access, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { SearchParameters } from "../../../../compiler/convert/search-parameters.js";
import type { BenchOptions } from "../options.js";
import type { CallCosts } from "../report.js";

const run = promisify(execFile);

/** A query of the yardstick, in legacy parameters. */
export interface LegacyQuery {
  readonly name: string;
  /** `select` when absent. */
  readonly qtype?: "select" | "count" | "aggregate" | "timeline";
  readonly parameters: SearchParameters;
}

/** The yardstick on one database. */
export interface Yardstick {
  readonly create: () => Promise<void>;
  /** Fills the tables fast, see yardstick.py. */
  readonly fill: (file: string) => Promise<void>;
  /** Loads a file as the Python store does; milliseconds an event. */
  readonly load: (file: string, mode: "each" | "bulk") => Promise<number>;
  /** Median milliseconds of some runs after one that warms up. */
  readonly time: (query: LegacyQuery, repeat: number) => Promise<number>;
  /** The first call on a connection, its locks, and the memory of the session after further calls. */
  readonly costs: (query: LegacyQuery) => Promise<CallCosts>;
  /** Milliseconds of all queries at once, each on a connection of its own. */
  readonly together: (queries: readonly LegacyQuery[]) => Promise<number>;
  /** The rows of a query without the JSON, as texts. */
  readonly rows: (query: LegacyQuery) => Promise<readonly (readonly (string | null)[])[]>;
}

/** Something that a benchmark needs is not there; the message says what, and what to do. */
export class BenchSetupError extends Error {
  override readonly name = "BenchSetupError";
}

/** The files of the yardstick and a Python that can run it. */
export interface YardstickFiles {
  readonly baseline: string;
  readonly python: string;
}

const GENERATOR = "generate-events.mjs";

/** The folder with the generator of events. @throws BenchSetupError when it is missing */
export function findGenerator({ baseline }: Pick<BenchOptions, "baseline">): Promise<string> {
  return folderWith(baseline, [GENERATOR]);
}

async function folderWith(baseline: string, files: readonly string[]): Promise<string> {
  const folder = resolve(baseline);
  for (const file of files)
    await access(join(folder, file)).catch(() => {
      throw new BenchSetupError(
        `there is no ${file} in ${folder}; name the folder of the yardstick with --baseline`,
      );
    });
  return folder;
}

/** Looks for what the yardstick needs. @throws BenchSetupError when something is missing */
export async function findYardstick({
  baseline,
  python,
}: Pick<BenchOptions, "baseline" | "python">): Promise<YardstickFiles> {
  const folder = await folderWith(baseline, ["legacy_store.py", GENERATOR, "queries.json"]);
  const candidates = python === undefined ? ["/usr/bin/python3", "python3"] : [python];
  for (const candidate of candidates) {
    const works = await run(candidate, ["-c", "import psycopg2"]).then(
      () => true,
      () => false,
    );
    if (works) return { baseline: folder, python: candidate };
  }
  throw new BenchSetupError(
    `${candidates.join(" and ")} cannot import psycopg2; install it (Debian: apt-get install python3-psycopg2) or name a Python with --python`,
  );
}

/** The queries that the yardstick comes with. */
export async function readQueries({ baseline }: YardstickFiles): Promise<readonly LegacyQuery[]> {
  return JSON.parse(await readFile(join(baseline, "queries.json"), "utf8")) as readonly LegacyQuery[];
}

/** Which events are generated. Equal ones give equal events. */
export interface Generated {
  readonly count: number;
  /** Days before 2026-10-31 over which they are spread; 30 when absent. */
  readonly days?: number;
  readonly seed?: number;
}

/** Days and seed of the generator where none are given. */
const [DAYS, SEED] = [30, 20_261_123];

/** A file with generated events, made when it is not there yet. */
export async function generatedEvents(
  { baseline }: Pick<YardstickFiles, "baseline">,
  cache: string,
  { count, days = DAYS, seed = SEED }: Generated,
): Promise<string> {
  const marks = [...(days === DAYS ? [] : [`${days}d`]), ...(seed === SEED ? [] : [seed])];
  const file = join(cache, `events-${[count, ...marks].join("-")}.ndjson`);
  const there = await access(file).then(
    () => true,
    () => false,
  );
  if (there) return file;
  const part = `${file}.part`;
  const script = join(baseline, GENERATOR);
  await run(process.execPath, [script, ...[count, part, seed, days].map(String)]);
  await rename(part, file);
  return file;
}

const HELPER = fileURLToPath(new URL("yardstick.py", import.meta.url));
/** Rows of a page with long lists of addresses. */
const MAX_OUTPUT = 256 * 1024 * 1024;

/** The yardstick of these files on the database of a URL. */
export function openYardstick({ baseline, python }: YardstickFiles, url: string): Yardstick {
  const store = join(baseline, "legacy_store.py");
  const call = async (...args: string[]): Promise<string> =>
    (await run(python, args, { maxBuffer: MAX_OUTPUT })).stdout;
  const withQueries = async <T>(
    queries: readonly LegacyQuery[],
    work: (file: string) => Promise<T>,
  ): Promise<T> => {
    const folder = await mkdtemp(join(tmpdir(), "eventstore-bench-"));
    try {
      const file = join(folder, "query.json");
      await writeFile(file, JSON.stringify(queries));
      return await work(file);
    } finally {
      await rm(folder, { recursive: true });
    }
  };
  const withQuery = <T>(query: LegacyQuery, work: (file: string) => Promise<T>): Promise<T> =>
    withQueries([query], work);
  return {
    costs: (query) =>
      withQuery(
        query,
        async (file) => JSON.parse(await call(HELPER, baseline, "costs", "--dsn", url, file)) as CallCosts,
      ),
    together: (queries) =>
      withQueries(queries, async (file) =>
        Number(JSON.parse(await call(HELPER, baseline, "together", "--dsn", url, file))),
      ),
    create: async () => {
      await call(store, "create", "--dsn", url);
    },
    fill: async (file) => {
      await call(HELPER, baseline, "fill", "--dsn", url, file);
    },
    load: async (file, mode) => {
      const result = await call(store, "load", "--dsn", url, file, "--mode", mode);
      const { seconds, events } = JSON.parse(result) as { readonly seconds: number; readonly events: number };
      return (seconds * 1000) / events;
    },
    time: (query, repeat) =>
      withQuery(query, async (file) => {
        const result = await call(store, "search", "--dsn", url, file, "--repeat", String(repeat));
        return (JSON.parse(result) as { readonly median_ms: number }).median_ms;
      }),
    rows: (query) =>
      withQuery(
        query,
        async (file) =>
          JSON.parse(await call(HELPER, baseline, "rows", "--dsn", url, file)) as (string | null)[][],
      ),
  };
}
