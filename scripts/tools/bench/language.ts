/** The filter language: loading, parsing, compiling, matching in memory. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { analyseFilter } from "../../../compiler/compile.js";
import { lowerCondition } from "../../../compiler/lower/condition.js";
import { render } from "../../../compiler/sql/fragment.js";
import { compileFilter, parseFilter } from "../../../runtime/store/index.js";
import { elapsed, timesOf, type Times } from "./measure.js";
import type { BenchOptions } from "./options.js";
import { alone, type Measurement } from "./report.js";

const run = promisify(execFile);

/** The first filter of the README, with a number that makes it another one. */
const readmeFilter = (hours: number): string =>
  `source.ip in 10.0.0.0/8 and severity >= high and detect_time in last ${hours}h`;
const TYPICAL =
  "source.ip in [192.0.2.0/24, 198.51.100.0/24] and target.port in [22, 3389] and category under Attempt and severity >= medium";
const THREE_ATOMS = "source.ip in 192.0.2.0/24 and target.port = 22 and severity >= medium";

/** Measures the language; needs no database. */
export async function benchLanguage({ rounds }: BenchOptions): Promise<readonly Measurement[]> {
  const addresses = Array.from({ length: 1000 }, (_, index) => `10.${index >> 8}.${index & 255}.1`);
  const list = `source.ip in [${addresses.join(", ")}]`;
  const atoms = Array.from({ length: 400 }, (_, index) => `target.port = ${index}`).join(" or ");
  const long = atoms.slice(0, atoms.lastIndexOf(" or ", 4096));
  /** A number that makes each text new to the cache: whitespace would be trimmed away, a number is another filter. */
  let fresh = 0;
  const uncached = (filter: string): string => `${filter} and conn_count < ${++fresh}`;
  const typical = compileFilter(TYPICAL);
  const events = Array.from({ length: 1000 }, (_, index) => event(index));
  const filter = compileFilter(THREE_ATOMS);
  let hits = 0;
  let calls = 0;
  const match = (): void => {
    calls += 1;
    for (const item of events) if (filter.matches(item)) hits += 1;
  };
  const measurements = [
    await loading(rounds),
    micro({ name: "parse a typical filter", calls: 200, rounds }, () => parseFilter(TYPICAL)),
    micro({ name: "parse and analyse a typical filter", calls: 200, rounds }, () =>
      analyseFilter(uncached(TYPICAL)),
    ),
    micro({ name: "lower a typical filter to SQL", calls: 1000, rounds }, () =>
      render(lowerCondition(typical.condition, typical.catalogue)),
    ),
    micro({ name: "parse 4 KiB", calls: 20, rounds }, () => parseFilter(long)),
    alone(
      "compile a typical filter, first time",
      timesOf([await elapsed(() => compileFilter(uncached(TYPICAL)))]),
    ),
    micro({ name: "compile the filter of the README, warm", calls: 200, rounds, goal: "< 0.3 ms" }, () =>
      compileFilter(readmeFilter(++fresh)),
    ),
    micro({ name: "compile a typical filter, warm", calls: 200, rounds, goal: "< 0.3 ms" }, () =>
      compileFilter(uncached(TYPICAL)),
    ),
    micro({ name: "compile a typical filter, cached", calls: 2000, rounds, goal: "< 0.02 ms" }, () =>
      compileFilter(TYPICAL),
    ),
    micro({ name: "SQL of a typical filter", calls: 1000, rounds }, () => typical.sql()),
    micro({ name: "compile 1,000 addresses in a list, warm", calls: 10, rounds }, () =>
      compileFilter(uncached(list)),
    ),
    micro({ name: "SQL of 1,000 addresses in a list", calls: 10, rounds }, () => compileFilter(list).sql()),
  ];
  const matching = micro(
    { name: "match 1,000 parsed events, three atoms", calls: 100, rounds, goal: "< 2 ms" },
    match,
  );
  const rate = Math.round(1e6 / matching.ours_ms).toLocaleString("en");
  const share = Math.round((100 * hits) / (events.length * calls));
  return [...measurements, { ...matching, note: `${rate} events a second; ${share} % match` }];
}

interface Micro {
  readonly name: string;
  /** Calls of one block. */
  readonly calls: number;
  readonly rounds: number;
  readonly goal?: string;
}

/** Calls in blocks, for work that is too short for a clock; the time of one call. */
function micro({ name, calls, rounds, goal }: Micro, work: () => unknown): Measurement {
  const block = (): number => {
    const started = performance.now();
    for (let call = 0; call < calls; call++) work();
    return (performance.now() - started) / calls;
  };
  // The compiler of the engine needs some calls to see what is hot.
  for (let warm = 0; warm < 5; warm++) block();
  const times: Times = timesOf(Array.from({ length: Math.max(5, rounds) }, block));
  return alone(name, times, goal === undefined ? {} : { goal });
}

const ENTRY = new URL("../../../runtime/store/index.js", import.meta.url).href;

/** A process that loads the package and compiles one filter, less one that does nothing. */
async function loading(rounds: number): Promise<Measurement> {
  const code = `const { compileFilter } = await import(${JSON.stringify(ENTRY)}); compileFilter(${JSON.stringify(TYPICAL)});`;
  const start = (text: string) => elapsed(() => run(process.execPath, ["--input-type=module", "-e", text]));
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const nothing = await start("");
    times.push(Math.max(0, (await start(code)) - nothing));
  }
  const note = "a process of its own, less the start of Node";
  return alone("load the package and compile", timesOf(times), { note });
}

function event(index: number): unknown {
  return {
    Format: "IDEA0",
    ID: `bench-${index}`,
    DetectTime: "2026-10-01T00:00:00Z",
    Category: ["Attempt.Login"],
    Source: [{ IP4: [`192.0.${index % 8}.${index % 256}`], Proto: ["tcp", "ssh"] }],
    Target: [{ IP4: ["198.51.100.7"], Port: [index % 3 === 0 ? 22 : 80] }],
    _CESNET: { EventSeverity: index % 2 === 0 ? "high" : "low" },
  };
}
