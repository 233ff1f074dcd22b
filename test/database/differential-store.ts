/** A store with a set of events, and what three implementations of the filter language say about them. */
import pg from "pg";
import { compileFilter } from "../../compiler/compile.js";
import { lowerForRows, lowerForStore } from "../../compiler/lower/for-store.js";
import { render } from "../../compiler/sql/fragment.js";
import { bind } from "../../compiler/values/binding.js";
import { dateToMicros } from "../../compiler/values/time.js";
import { openStorage } from "../../runtime/store/open.js";
import type { EventStorage, SortKey } from "../../runtime/store/types.js";
import type { TestDatabase } from "../support/database.js";
import type { Engine } from "../support/engines.js";
import { POOL_NOW, referenceMatcher, type FilterCall } from "../testing/index.js";

/** An event that was stored, with its identifier. */
export interface StoredEvent {
  readonly id: string;
  readonly event: unknown;
}

/** One event about which the implementations disagree. */
export interface Difference extends FilterCall {
  readonly event: unknown;
  /** The database that was asked. */
  readonly engine: Engine;
  /** By the SQL expression over the stored row. */
  readonly database: boolean;
  /** By the compiled predicate over the event in memory. */
  readonly matches: boolean;
  /** By the reference evaluator. */
  readonly reference: boolean;
}

/** A store for differential tests. */
export interface DifferentialStore {
  readonly engine: Engine;
  readonly storage: EventStorage;
  readonly client: pg.Client;
  /** The events that are stored at the moment. */
  readonly stored: () => readonly StoredEvent[];
  /** Stores these events instead of those there are; leaves out what the store rejects. */
  readonly load: (events: readonly unknown[]) => Promise<void>;
  /** The identifiers that each filter matches, by each of its expressions; all filters go to the database in one statement. */
  readonly matched: (calls: readonly FilterCall[]) => Promise<readonly (readonly Set<string>[])[]>;
  readonly close: () => Promise<void>;
}

/** Opens a store in an empty database. */
export async function openDifferentialStore({
  engine,
  connectionString,
}: Pick<TestDatabase, "engine" | "connectionString">): Promise<DifferentialStore> {
  const storage = await openStorage({ connectionString });
  await storage.databaseCreate();
  const client = new pg.Client({ connectionString });
  await client.connect();
  await client.query("set jit = off");
  let stored: readonly StoredEvent[] = [];
  return {
    engine,
    storage,
    client,
    stored: () => stored,
    load: async (events) => {
      await storage.deleteEvents({ all: true });
      const { rejected } = await storage.insertEvents(events);
      const refused = new Set(rejected.map(({ index }) => index));
      const kept = events
        .filter((_, index) => !refused.has(index))
        .map((event) => ({ id: idOf(event), event }));
      // Not partitioned: forty filters over a dozen partitions take most of their time in the planner.
      await client.query("drop table if exists plain_events");
      await client.query("create table plain_events as table events");
      // Of several events with one identifier the store keeps the first.
      stored = [...new Map(kept.reverse().map((entry) => [entry.id, entry])).values()];
    },
    matched: (calls) => matchedByDatabase(client, calls),
    close: async () => {
      await client.end();
      await storage.close();
    },
  };
}

/** The identifier of an IDEA event. */
export function idOf(event: unknown): string {
  return String((event as { readonly ID: unknown }).ID);
}

/**
 * All disagreements about the filters between some databases that hold the same events, and the two evaluators, which are asked once for all
 * databases: they take longer than a database does.
 */
export async function differences(
  stores: readonly DifferentialStore[],
  calls: readonly FilterCall[],
): Promise<readonly Difference[]> {
  const [asked, answers] = await Promise.all([
    Promise.all(stores.map(async (store) => ({ store, matched: await store.matched(calls) }))),
    // Asynchronous, so that a filter that does not compile fails here and there at once.
    (async () => calls.map((call) => inMemory(call, stores[0]?.stored() ?? [])))(),
  ]);
  return asked.flatMap(({ store: { engine }, matched }) =>
    calls.flatMap((call, position) =>
      (answers[position] ?? []).flatMap(({ id, event, matches, reference }) => {
        const sets = matched[position] ?? [];
        const agreed = matches === reference && sets.every((ids) => ids.has(id) === reference);
        if (agreed) return [];
        const database = sets.some((ids) => ids.has(id) !== reference) ? !reference : reference;
        return [{ ...call, event, engine, database, matches, reference }];
      }),
    ),
  );
}

/** What the two evaluators say of one filter and each event. */
function inMemory(
  { filter, args }: FilterCall,
  stored: readonly StoredEvent[],
): readonly (StoredEvent & Pick<Difference, "matches" | "reference">)[] {
  const matches = compileFilter(filter).matcher(args, { now: POOL_NOW });
  const reference = referenceMatcher(filter, { args, now: POOL_NOW });
  return stored.map(({ id, event }) => ({ id, event, matches: matches(event), reference: reference(event) }));
}

/** The identifiers that each filter matches, by each of its expressions, which are columns of one statement over all rows. */
async function matchedByDatabase(
  client: pg.Client,
  calls: readonly FilterCall[],
): Promise<readonly (readonly Set<string>[])[]> {
  const values: string[] = [];
  const columns: string[] = [];
  const places = calls.map((call, position) =>
    expressions(call, position % ROWS_EVERY === 0).map((sql) => {
      const { text, values: added } = sql(values.length + 1);
      values.push(...added);
      return columns.push(`(${text}) is true`);
    }),
  );
  const text = `select id, ${columns.join(", ")} from plain_events`;
  const { rows } = await client.query<[string, ...boolean[]]>({ text, values, rowMode: "array" });
  return places.map((own) =>
    own.map((place) => new Set(rows.filter((row) => row[place] === true).map(([id]) => id))),
  );
}

/** Among the filters of one statement, how often the expression for single rows is asked, too: it leaves things out and adds next to none. */
const ROWS_EVERY = 4;

/** The expressions of a filter that differ: over the searched table, and as a store's statements have it, for indexes and for single rows. */
function expressions(
  { filter, args }: FilterCall,
  withRows: boolean,
): readonly ((firstParameter: number) => { readonly text: string; readonly values: readonly string[] })[] {
  const compiled = compileFilter(filter);
  const execution = { args, now: dateToMicros(POOL_NOW) };
  const own = [lowerForStore(compiled), withRows ? lowerForRows(compiled) : null]
    .filter((fragment) => fragment !== null)
    .filter((fragment) => render(fragment).text !== compiled.render().text);
  return [
    (firstParameter) => compiled.sql(args, { firstParameter, now: POOL_NOW }),
    ...own.map((fragment) => (firstParameter: number) => {
      const { text, bindings } = render(fragment, firstParameter);
      return { text, values: bindings.map((binding) => bind(binding, execution)) };
    }),
  ];
}

/** The identifiers of all pages of a search, in the order in which they come. */
export async function searchAllPages(
  storage: EventStorage,
  { filter, args }: FilterCall,
  { sort, limit }: { readonly sort: SortKey; readonly limit: number },
): Promise<readonly string[]> {
  const ids: string[] = [];
  let after: string | undefined;
  for (;;) {
    const page = await storage.searchEvents({ filter, args, sort, limit, after });
    ids.push(...page.events.map(idOf));
    if (page.next === null) return ids;
    after = page.next;
  }
}

/** A disagreement for people: the filter and the answers first, then the event. */
export function showDifference({ filter, args, event, ...answers }: Difference): string {
  const lines = [filter, `args ${toJson(args)}`, JSON.stringify(answers), toJson(event)];
  return lines.join("\n");
}

/** Arguments and events as JSON text, which {@link fromJson} reads: bigint and Date as objects of one key. */
export function toJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, jsonValue, indent);
}

/** The inverse of {@link toJson}. */
export function fromJson(text: string): unknown {
  return JSON.parse(text, revivedValue);
}

function jsonValue(this: unknown, key: string, value: unknown): unknown {
  const given = (this as Record<string, unknown> | undefined)?.[key];
  if (given instanceof Date) return { $date: given.toISOString() };
  return typeof value === "bigint" ? { $bigint: String(value) } : value;
}

function revivedValue(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if ("$bigint" in value) return BigInt(String(value.$bigint));
  return "$date" in value ? new Date(String(value.$date)) : value;
}
