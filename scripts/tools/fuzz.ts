/**
 * Long runs of the differential test: `npm run fuzz -- --minutes N [--seed S] [--engine ip4r|embedded]`.
 *
 * Each round draws a set of events and batches of filters from one seed, which it prints. A disagreement is shrunk, written as a golden
 * case to test/golden/fuzz, where a test replays it, and ends the run with exit code 1. The first SIGINT ends it after the batch.
 *
 * It remembers: a text that reaches what no text before it reached in the grammar, the reading of fields and values or the passes goes to the corpus
 * of test/golden/corpus. Each round begins with the corpus, and with texts that need not compile.
 */
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import fc from "fast-check";
import { openDatabase } from "../../runtime/server/open-database.js";
import {
  differences,
  openDifferentialStore,
  showDifference,
  toJson,
  type Difference,
  type DifferentialStore,
} from "../../test/database/differential-store.js";
import { createDatabase } from "../../test/testing/test-database.js";
import { filterCalls, filterTexts, ideaEvents, type FilterCall } from "../../test/testing/index.js";
import { checkFilter } from "../../compiler/language.js";
import { openCorpus, type Corpus } from "./fuzz-corpus.js";

const GOLDEN = join(import.meta.dirname, "../../test/golden/fuzz");
const EVENTS = 90;
const BATCH = 40;
const BATCHES_A_ROUND = 25;

interface Options {
  readonly minutes: number;
  readonly seed: number;
  readonly engine: "ip4r" | "embedded";
}

function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      minutes: { type: "string", default: "5" },
      seed: { type: "string", default: String(Date.now() % 2 ** 31) },
      engine: { type: "string", default: "embedded" },
    },
  });
  const { engine } = values;
  const [minutes, seed] = [Number(values.minutes), Number(values.seed)];
  if (!(minutes > 0)) throw new Error(`--minutes is a number above 0, not ${values.minutes}`);
  if (!Number.isSafeInteger(seed)) throw new Error(`--seed is a whole number, not ${values.seed}`);
  if (engine !== "ip4r" && engine !== "embedded")
    throw new Error(`--engine is ip4r or embedded, not ${engine}`);
  return { minutes, seed, engine };
}

const events = fc
  .constantFrom("valid" as const, "untidy" as const, "hostile" as const)
  .chain((kind) => ideaEvents({ kind }));

/** What became of a batch. */
interface BatchResult {
  /** What it shrank to, or null when all agree. */
  readonly difference: Difference | null;
  /** Filters that were held against the events. */
  readonly filters: number;
}

async function fuzzBatch(store: DifferentialStore, corpus: Corpus, seed: number): Promise<BatchResult> {
  const found: Difference[] = [];
  let tried = 0;
  const property = fc.asyncProperty(
    fc.array(filterCalls(), { minLength: 1, maxLength: BATCH, size: "max" }),
    async (calls: readonly FilterCall[]) => {
      const [first] = await differences([store], calls);
      tried += calls.length;
      if (first !== undefined) found.push(first);
      await corpus.learn(calls);
      return first === undefined;
    },
  );
  const result = await fc.check(property, { seed, numRuns: 20 });
  // The last one is what the others shrank to.
  const last = found.at(-1) ?? null;
  if (result.failed && last === null)
    throw new Error(`seed ${seed}: ${fc.defaultReportMessage(result) ?? ""}`);
  return { difference: last, filters: tried };
}

/** Writes a golden case; its name is a hash of what it is about. */
async function keep({ filter, args, event, reference }: Difference): Promise<string> {
  const text = `${toJson({ filter, args, event, matches: reference }, 2)}\n`;
  const file = join(GOLDEN, `${createHash("sha256").update(text).digest("hex").slice(0, 12)}.json`);
  await mkdir(GOLDEN, { recursive: true });
  await writeFile(file, text);
  return file;
}

/** The texts of the corpus held against the events, and as many as fit a batch that need not compile. */
async function fuzzCorpus(store: DifferentialStore, corpus: Corpus, seed: number): Promise<BatchResult> {
  const texts = fc.sample(filterTexts(), { numRuns: BATCH * 5, seed });
  await corpus.learn(texts.map((filter) => ({ filter, args: {} })));
  const calls = corpus
    .calls()
    .filter(({ filter }) => checkFilter(filter).every(({ severity }) => severity !== "error"))
    .filter(({ filter, args }) => !filter.includes("$") || Object.keys(args).length > 0);
  for (let start = 0; start < calls.length; start += BATCH) {
    const [difference] = await differences([store], calls.slice(start, start + BATCH));
    if (difference !== undefined) return { difference, filters: start };
  }
  return { difference: null, filters: calls.length };
}

async function fuzz({ minutes, seed, engine }: Options, dataDir: string): Promise<number> {
  const server = await openDatabase(
    process.env["TEST_DATABASE_URL"] !== undefined && engine === "ip4r"
      ? { connectionString: process.env["TEST_DATABASE_URL"] }
      : { source: engine === "ip4r" ? "local" : "embedded", dataDir },
  );
  const database = await createDatabase(server.connectionString, engine === "embedded");
  const store = await openDifferentialStore({ engine, connectionString: database.connectionString });
  const corpus = await openCorpus();
  const stopping = new AbortController();
  process.once("SIGINT", () => stopping.abort());
  try {
    let checked = 0;
    const end = Date.now() + minutes * 60_000;
    const isOver = (): boolean => Date.now() >= end || stopping.signal.aborted;
    for (let round = seed; !isOver(); round++) {
      await store.load(fc.sample(events, { numRuns: EVENTS, seed: round }));
      console.log(`seed ${round}: ${store.stored().length} events`);
      for (let batch = 0; batch <= BATCHES_A_ROUND && !isOver(); batch++) {
        const { difference, filters } =
          batch === 0
            ? await fuzzCorpus(store, corpus, round)
            : await fuzzBatch(store, corpus, round * BATCHES_A_ROUND + batch - 1);
        checked += filters;
        if (difference === null) continue;
        console.error(showDifference(difference));
        console.error(`kept as ${await keep(difference)}; again with --seed ${round} --engine ${engine}`);
        return 1;
      }
    }
    console.log(`${checked} filters, each held against the events of its round: no disagreement`);
    await corpus.save();
    console.log(`${corpus.calls().length} texts in the corpus`);
    return 0;
  } finally {
    await corpus.close();
    await store.close();
    await database.dispose();
    await server.release();
  }
}

const dataDir = await mkdtemp(join(tmpdir(), "eventstore-fuzz-"));
try {
  process.exitCode = await fuzz(readOptions(), dataDir);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
} finally {
  await rm(dataDir, { recursive: true, force: true });
}
