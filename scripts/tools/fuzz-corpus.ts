/**
 * What fuzzing remembers: the texts that together reach all of the grammar, the reading of fields and values, and the passes that any text
 * has reached so far. The corpus is test/golden/corpus/filters.ndjson; a test replays it.
 */
import { Session, type Profiler } from "node:inspector/promises";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { compileFilter } from "../../compiler/compile.js";
import { checkFilter } from "../../compiler/language.js";
import { fromJson, toJson } from "../../test/database/differential-store.js";
import type { FilterCall } from "../../test/testing/index.js";

const FILE = join(import.meta.dirname, "../../test/golden/corpus/filters.ndjson");
/** Bytes that the corpus may have: what would go beyond is left out, the longest texts first. */
const MAX_BYTES = 200_000;
/** The sources whose coverage counts. */
const COVERED = /\/(?:grammar|compiler\/(?:resolve|passes))\/[^/]+\.[jt]s$/;

/** A corpus that is being extended. */
export interface Corpus {
  /** The texts, with their arguments. */
  readonly calls: () => readonly FilterCall[];
  /** Remembers those of the texts that reach what none before them did. Returns their number. */
  readonly learn: (calls: readonly FilterCall[]) => Promise<number>;
  /** Takes out what others reach too, and writes the file. */
  readonly save: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Reads the corpus, and what its texts reach. */
export async function openCorpus(): Promise<Corpus> {
  const meter = await openMeter();
  let known = parseCorpus(await readFile(FILE, "utf8").catch(() => ""));
  await meter.reached(known);
  return {
    calls: () => known,
    learn: async (calls) => {
      if (!(await meter.reached(calls))) return 0;
      meter.forget();
      await meter.reached(known);
      const found = await newOnes(meter, calls);
      known = [...known, ...found];
      return found.length;
    },
    save: async () => {
      meter.forget();
      const shortestFirst = [...known].sort((one, other) => lineOf(one).length - lineOf(other).length);
      known = await newOnes(meter, shortestFirst);
      await writeFile(FILE, withinBytes(known.map(lineOf)).join(""));
    },
    close: meter.close,
  };
}

/** The texts of a corpus file. */
export function parseCorpus(text: string): readonly FilterCall[] {
  return text.split("\n").flatMap((line) => (line === "" ? [] : [fromJson(line) as FilterCall]));
}

function lineOf({ filter, args }: FilterCall): string {
  return `${toJson({ filter, args })}\n`;
}

function withinBytes(lines: readonly string[]): readonly string[] {
  let bytes = 0;
  return lines.filter((line) => (bytes += Buffer.byteLength(line)) <= MAX_BYTES);
}

async function newOnes(meter: Meter, calls: readonly FilterCall[]): Promise<readonly FilterCall[]> {
  const found: FilterCall[] = [];
  for (const call of calls) if (await meter.reached([call])) found.push(call);
  return found;
}

/** Knows what was reached since it was opened, or since it forgot. */
interface Meter {
  /** Compiles the texts, and says whether they reached anything new. */
  readonly reached: (calls: readonly FilterCall[]) => Promise<boolean>;
  readonly forget: () => void;
  readonly close: () => Promise<void>;
}

async function openMeter(): Promise<Meter> {
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
  /** The characters of each source that were reached, by its address. */
  const seen = new Map<string, Uint8Array>();
  return {
    reached: async (calls) => {
      await session.post("Profiler.takePreciseCoverage");
      for (const { filter } of calls)
        if (checkFilter(filter).every(({ severity }) => severity !== "error")) compileFilter(filter);
      const { result } = await session.post("Profiler.takePreciseCoverage");
      return result
        .filter(({ url }) => COVERED.test(url))
        .reduce((isNew, script) => addReached(script, seen) || isNew, false);
    },
    forget: () => seen.clear(),
    close: async () => {
      await session.post("Profiler.stopPreciseCoverage");
      session.disconnect();
    },
  };
}

/** Adds what was reached of a source to what is known of it; whether there was anything new. */
function addReached({ url, functions }: Profiler.ScriptCoverage, seen: Map<string, Uint8Array>): boolean {
  const ranges = functions.flatMap((of) => of.ranges).sort((one, other) => size(other) - size(one));
  const length = ranges[0]?.endOffset ?? 0;
  const now = new Uint8Array(length);
  // From the outside in: an inner range says more of its characters than the one around it.
  for (const { startOffset, endOffset, count } of ranges) now.fill(count > 0 ? 1 : 0, startOffset, endOffset);
  const before = seen.get(url) ?? new Uint8Array(0);
  const all = new Uint8Array(Math.max(length, before.length));
  all.set(before);
  let isNew = false;
  for (const [offset, reached] of now.entries()) {
    if (reached === 0 || all[offset] === 1) continue;
    all[offset] = 1;
    isNew = true;
  }
  seen.set(url, all);
  return isNew;
}

function size({ startOffset, endOffset }: Profiler.CoverageRange): number {
  return endOffset - startOffset;
}
