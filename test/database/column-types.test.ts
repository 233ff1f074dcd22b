/**
 * Every type of column: PostgreSQL, with the indexes that are declared, the compiled predicate and the reference evaluator say the same of every
 * row, in a session whose time zone is not UTC; and each index serves the tests that it is said to serve.
 */
import fc from "fast-check";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { addressForm, columnTypeOf } from "../../compiler/catalogue/column-types.js";
import type { Catalogue, StoredField } from "../../compiler/catalogue/model.js";
import { compileFilter } from "../../compiler/compile.js";
import { explainFilter } from "../../compiler/explain/explain.js";
import {
  formatIpRange,
  isCidr,
  mapped,
  parseIpRange,
  tryParseIpRange,
} from "../../compiler/values/ip-range.js";
import { eventToRow, type EventRow } from "../../runtime/events/row.js";
import { openStorage } from "../../runtime/store/index.js";
import { describeEngines, withDatabase, type TestDatabase } from "../support/database.js";
import { FIXED_SEED } from "../support/seed.js";
import {
  catalogueEvents,
  filterCalls,
  POOL_NOW,
  referenceMatcher,
  tableStatements,
  type FilterCall,
} from "../testing/index.js";
import { tableColumns, withHulls } from "../testing/hull-values.js";
import { columnTypesCatalogue } from "./column-types-catalogue.js";

const SEED = Number(process.env["DIFFERENTIAL_SEED"] ?? FIXED_SEED ?? Date.now() % 2 ** 31);
const CHECKS = Number(process.env["DIFFERENTIAL_CHECKS"] ?? 1_200);
const BATCH = 30;

describeEngines(`column types (seed ${SEED})`, (engine) => {
  const catalogue = columnTypesCatalogue(engine);
  const sample = fc.sample(
    fc.oneof(catalogueEvents(catalogue), catalogueEvents(catalogue, { kind: "untidy" })),
    { numRuns: 150, seed: SEED },
  );
  const idOf = (record: object): string => String((record as { readonly id: unknown }).id).toLowerCase();
  const drawn = [...new Map(sample.map((record) => [idOf(record), record])).values()];
  const records = drawn.map((record, position) =>
    position % 3 === 0 ? withMapped(record, catalogue) : record,
  );
  let database: TestDatabase;
  let client: pg.Client;

  beforeAll(async () => {
    database = await withDatabase(engine);
    client = new pg.Client({ connectionString: database.connectionString });
    await client.connect();
    await client.query("set timezone = 'Europe/Prague'; set jit = off");
    await createRows();
  });
  afterAll(async () => {
    await client.end();
    await database.dispose();
  });

  async function createRows(): Promise<void> {
    const [create = "", ...indexes] = tableStatements(catalogue);
    await client.query(create);
    const columns = tableColumns(catalogue);
    const places = columns.map(({ pgType }, position) => `$${position + 1}::${pgType}`);
    for (const [position, record] of records.entries()) {
      const tidy = eventToRow(record, catalogue);
      const row = withHulls(position % 3 === 0 ? rowWithMapped(tidy, catalogue) : tidy, catalogue);
      const values = columns.map(({ name }) => row[name] ?? null);
      await client.query(`insert into typed_rows values (${places.join(", ")})`, values);
    }
    for (const statement of indexes) await client.query(statement);
    await client.query("analyze typed_rows");
  }

  /** The identifiers of the rows that the filter matches, by its expression in a WHERE, so that indexes are asked. */
  async function found({ filter, args }: FilterCall): Promise<ReadonlySet<string>> {
    const { text, values } = compileFilter(filter, { catalogue }).sql(args, { now: POOL_NOW });
    const { rows } = await client.query<{ id: string }>(`select id from typed_rows where ${text}`, values);
    return new Set(rows.map(({ id }) => id));
  }

  async function expectAgreement(call: FilterCall): Promise<void> {
    const inDatabase = await found(call);
    const matches = compileFilter(call.filter, { catalogue }).matcher(call.args, { now: POOL_NOW });
    const reference = referenceMatcher(call.filter, { catalogue, args: call.args, now: POOL_NOW });
    for (const record of records) {
      const answers = { database: inDatabase.has(idOf(record)), matches: matches(record) };
      const expected = reference(record);
      expect(answers, `${call.filter} ${show(call.args)} ${show(record)}`).toEqual({
        database: expected,
        matches: expected,
      });
    }
  }

  it("they agree about IPv4-mapped addresses in each type of column, and ranges that hold them among others", async () => {
    await client.query("set enable_seqscan = off");
    const fields = catalogue.fields.filter(({ type }) => type === "ip");
    for (const { name } of fields)
      for (const test of MAPPED_TESTS)
        await expectAgreement({
          filter: `${name}${test}`,
          args: { one: "::ffff:10.0.0.0/104", two: "::/0" },
        });
  });

  it("the count of each address is that of the rows that have it", async () => {
    const plain = { ...catalogue, table: { name: "typed_rows", plain: { time: "at", key: "id" } } };
    const store = await openStorage({ connectionString: database.connectionString, catalogue: plain });
    try {
      for (const { name } of plain.fields.filter(({ type }) => type === "ip")) {
        const tops = await store.aggregateEvents({ by: name, limit: 1_000 });
        const values = tops.flatMap(({ value }) => (value === null ? [] : [String(value)]));
        expect(new Set(values).size, name).toBe(values.length);
        expect(await store.countEvents({ filter: `${name} missing` }), name).toBe(
          tops.find(({ value }) => value === null)?.count ?? 0,
        );
        for (const { value, count } of tops.filter((top) => top.value !== null).slice(0, 12)) {
          const [filter, args] = [`${name} = $value`, { value: String(value) }];
          expect({ value, name, count: await store.countEvents({ filter, args }) }).toEqual({
            value,
            name,
            count,
          });
        }
      }
    } finally {
      await store.close();
    }
  });

  for (const scan of ["on", "off"] as const)
    it(
      `PostgreSQL, matches and the reference agree (sequential scans ${scan})`,
      { timeout: 600_000 },
      async () => {
        await client.query(`set enable_seqscan = ${scan}`);
        const batches = fc.array(filterCalls(catalogue), { minLength: 1, maxLength: BATCH, size: "max" });
        await fc.assert(
          fc.asyncProperty(batches, async (calls) => {
            for (const call of calls) await expectAgreement(call);
          }),
          { seed: SEED, numRuns: Math.ceil(CHECKS / BATCH / 2) },
        );
      },
    );

  it("an index serves the tests that explain says it serves", async () => {
    await client.query("set enable_seqscan = off");
    const filters = catalogue.fields
      .filter((field) => field.kind === "stored")
      .filter(({ index, hulls: covers }) => (index ?? "none") !== "none" || covers !== undefined)
      .flatMap((field) =>
        filtersOver(field.name, field.type, field.index === "trigram").map((filter) => ({ filter, field })),
      );
    const { rows: indexes } = await client.query<{ name: string; definition: string }>(
      "select indexname as name, indexdef as definition from pg_indexes where tablename = 'typed_rows'",
    );
    const definitions = new Map(indexes.map(({ name, definition }) => [name, definition]));
    for (const { filter, field } of filters) {
      const { atoms, sql, values } = explainFilter(filter, { catalogue });
      const { rows } = await client.query<{ "QUERY PLAN": string }>(
        `explain (costs off) select id from typed_rows where ${sql}`,
        [...(values ?? [])],
      );
      const plan = rows.map((row) => row["QUERY PLAN"]).join("\n");
      const used = [...plan.matchAll(/(?:using|Index Scan on) (\S+)/gu)].map(([, index]) => index!);
      const served = used.some((index) => serves(definitions.get(index) ?? "", field));
      expect({ filter, served }, plan).toEqual({
        filter,
        served: atoms[0]?.index !== null,
      });
    }
  });
});

/** Tests of addresses about the border between mapped ones and others. */
const MAPPED_TESTS: readonly string[] = [
  ...[
    "10.0.0.0/8",
    "[10.0.0.0/8, 2001:db8::/32]",
    "::/0",
    "::fffe:0:0/95",
    "0.0.0.0/0",
    "$one",
    "[$one, $two]",
  ].flatMap((ranges) => [` in ${ranges}`, ` overlaps ${ranges}`]),
  " covers 10.0.0.1",
  " covers [192.0.2.7, ::]",
  " = 10.0.0.1",
  " = $one",
  " = $two",
  " not in 10.0.0.0/8",
  " exists",
];

/** The record with IPv4-mapped addresses in the columns of IPv6 alone, and in some a range that holds such ones among others. */
function withMapped(record: object, catalogue: Catalogue): object {
  const addresses = Object.values(record).flatMap((value: unknown) =>
    typeof value === "string" && tryParseIpRange(value)?.family === 4 ? [parseIpRange(value)] : [],
  );
  const [single, network] = [addresses.find(({ first, last }) => first === last), addresses.find(isCidr)];
  const changes = catalogue.fields.flatMap((field) => {
    if (field.kind !== "stored" || field.type !== "ip") return [];
    const form = addressForm(columnTypeOf(field));
    const range = form.kind === "single" ? single : network;
    if (form.family !== 6 || range === undefined) return [];
    const text = formatIpRange(mapped(range));
    const wide = form.kind === "single" ? "::fffe:ffff:ffff" : "::fffe:0:0/95";
    return [[field.name, field.list ? [text, wide] : text] as const];
  });
  return { ...record, ...Object.fromEntries(changes) };
}

/** The row as software writes it that takes IPv4-mapped addresses for IPv6. */
function rowWithMapped(row: EventRow, catalogue: Catalogue): EventRow {
  const asMapped = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(asMapped);
    const range = typeof value === "string" ? parseIpRange(value) : null;
    return range?.family === 4 ? formatIpRange(mapped(range)) : value;
  };
  const columns = catalogue.fields.flatMap((field) =>
    field.kind === "stored" && field.type === "ip" && addressForm(columnTypeOf(field)).family === null
      ? [[field.column, asMapped(row[field.column])] as const]
      : [],
  );
  return { ...row, ...Object.fromEntries(columns) } as EventRow;
}

/** Whether the index is over the column of the field, or over one that covers it. */
function serves(definition: string, { column, hulls = [] }: StoredField): boolean {
  const keys = definition.slice(definition.indexOf(" USING "));
  return [column, ...hulls.map((hull) => hull.column)].some((name) =>
    new RegExp(`\\b${name}\\b`, "u").test(keys),
  );
}

/** Tests of a field that an index may serve or not. */
function filtersOver(name: string, type: string, trigrams: boolean): readonly string[] {
  switch (type) {
    case "ip":
      return ["in 10.0.0.0/8", "overlaps [10.0.0.0/8, 2001:db8::/32]", "covers 10.0.0.1", "= 10.0.0.1"].map(
        (test) => `${name} ${test}`,
      );
    case "time":
      return [`${name} in 2024-05-01`, `${name} > 2024-05-01T10:00:00+02:00`];
    case "integer":
      return [`${name} = 22`, `${name} in [22, 80]`];
    default:
      return trigrams
        ? [`${name} contains "login"`, `${name} contains "login"c`, `${name} matches /log+in/`]
        : [`${name} = "ssh"`, `${name} = "SSH"i`];
  }
}

function show(value: unknown): string {
  return JSON.stringify(value, (_key, given: unknown) => (typeof given === "bigint" ? `${given}n` : given));
}
