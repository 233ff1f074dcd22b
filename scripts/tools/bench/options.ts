/** The command line of the benchmarks. */
import { join } from "node:path";
import { tmpdir } from "node:os";
import { parseArgs } from "node:util";

/** Benchmarks, in the order in which they run when none is named. */
export const USUAL_BENCHES = ["language", "statements", "ingest", "store", "mentat"] as const;

/** All benchmarks: also that which needs a package of its own. */
export const BENCHES = [...USUAL_BENCHES, "peers"] as const;

/** Name of a benchmark. */
export type BenchName = (typeof BENCHES)[number];

/** How the events of a store lie: how many come a day where the days are not given. */
export const SHAPES = { cert: 1_100, cesnet: 33_000 } as const;

/** The settings of the private server: those of PostgreSQL as it is installed, or with more memory for its buffers and its log. */
export type BenchSettings = "tuned" | "default";

/** What the benchmarks are asked for. */
export interface BenchOptions {
  readonly benches: readonly BenchName[];
  /** Events in the stores of `store`, `mentat` and `peers`. */
  readonly events: number;
  /** Days over which the events are spread. */
  readonly days: number;
  readonly settings: BenchSettings;
  readonly rounds: number;
  /** URL of a server to use; a private one is started when absent. */
  readonly database?: string | undefined;
  /** Folder with the yardstick. */
  readonly baseline: string;
  /** Folder of generated events and of the private server. */
  readonly cache: string;
  readonly python?: string | undefined;
  readonly json: boolean;
  /** File for the plots of `store`. */
  readonly plot?: string | undefined;
  /** Leave the filled databases for the next run, and what would change them out. */
  readonly keep: boolean;
}

/** A wrong command line; the message says what to write instead. */
export class BenchUsageError extends Error {
  override readonly name = "BenchUsageError";
}

const DEFAULT_EVENTS = 20_000;
const MAX_EVENTS = 100_000_000;
const MAX_DAYS = 1_500;

/** What `--help` prints. */
export const HELP = `npm run bench -- [BENCH …] [options]

Benchmarks: ${USUAL_BENCHES.join(", ")}; all of them in small versions when none is named.
            peers: beside DuckDB, which it needs (npm install --no-save @duckdb/node-api), and only when it is named

  --events N         events in the store (default ${DEFAULT_EVENTS})
  --days N           days over which they are spread
  --shape NAME       what the days are where they are not given: cesnet (default) ${SHAPES.cesnet} events a day, cert ${SHAPES.cert}
  --settings NAME    of the private server: tuned (default), or default for those of PostgreSQL as it is installed
  --rounds N         rounds of each comparison, both sides in turn (default 3)
  --database URL     PostgreSQL with ip4r to measure on; databases named eventstore_bench_… are made and dropped there.
                     Without it a private server is started from the PostgreSQL of this machine
  --baseline FOLDER  the yardstick: legacy_store.py, generate-events.mjs, queries.json (default ../shared/baseline)
  --python PATH      a Python with psycopg2 (Debian: python3-psycopg2)
  --cache FOLDER     generated events and the private server (default in the folder for temporary files)
  --keep             leave the filled databases for the next run; ingest and retention, which change them, are left out
  --plot FILE.svg    latency against events, for 1/100, 1/10 and all of --events; FILE-partitions.svg: against partitions, for months,
                     weeks and days
  --json             an array of {name, ours_ms, theirs_ms, ratio, …} on standard output

Examples:
  npm run bench
  npm run bench -- language
  npm run bench -- store --events 1000000 --json
  npm run bench -- store --events 400000 --days 365 --settings default
  npm run bench -- peers --events 300000
`;

/** Reads the command line; null when help is asked for. @throws BenchUsageError for what makes no sense */
export function readOptions(args: readonly string[]): BenchOptions | null {
  const { values, positionals } = parse(args);
  if (values.help === true) return null;
  const benches = positionals.map((name) => oneOf("benchmark", name, BENCHES));
  const events = count("--events", values.events, DEFAULT_EVENTS, MAX_EVENTS);
  const shape = oneOf("shape", values.shape ?? "cesnet", ["cert", "cesnet"] as const);
  return {
    benches: benches.length === 0 ? USUAL_BENCHES : benches,
    events,
    // The yardstick's queries name a day three weeks before the last one.
    days: count("--days", values.days, Math.max(30, Math.ceil(events / SHAPES[shape])), MAX_DAYS),
    settings: oneOf("setting", values.settings ?? "tuned", ["tuned", "default"] as const),
    rounds: count("--rounds", values.rounds, 3, 1000),
    database: values.database,
    baseline: values.baseline ?? join("..", "shared", "baseline"),
    cache: values.cache ?? join(tmpdir(), "eventstore-bench"),
    python: values.python,
    json: values.json === true,
    plot: values.plot,
    keep: values.keep === true,
  };
}

function parse(args: readonly string[]) {
  try {
    const text = { type: "string" } as const;
    const flag = { type: "boolean" } as const;
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        events: text,
        days: text,
        shape: text,
        settings: text,
        rounds: text,
        database: text,
        baseline: text,
        python: text,
        cache: text,
        plot: text,
        keep: flag,
        json: flag,
        help: { ...flag, short: "h" },
      },
    });
  } catch (error) {
    throw new BenchUsageError(error instanceof Error ? error.message : String(error));
  }
}

function oneOf<T extends string>(what: string, text: string, known: readonly T[]): T {
  const found = known.find((candidate) => candidate === text);
  if (found !== undefined) return found;
  throw new BenchUsageError(`there is no ${what} "${text}"; there are ${known.join(", ")}`);
}

function count(option: string, text: string | undefined, fallback: number, most: number): number {
  if (text === undefined) return fallback;
  const value = Number(text.replaceAll("_", ""));
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw new BenchUsageError(`${option} is a whole number from 1 to ${most}, not "${text}"`);
}
