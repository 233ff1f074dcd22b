/**
 * Every type of column: PostgreSQL, with the indexes that are declared, the compiled predicate and the reference evaluator say the same of every
 * row, in a session whose time zone is not UTC; and each index serves the tests that it is said to serve.
 */
import fc from "fast-check";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { StoredField } from "../../compiler/catalogue/model.js";
import { compileFilter } from "../../compiler/compile.js";
import { explainFilter } from "../../compiler/explain/explain.js";
import { eventToRow } from "../../runtime/events/row.js";
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
const CHECKS = Number(process.env["DIFFERENTIAL_CHECKS"] ?? 1_500);
const BATCH = 30;

describeEngines(`column types (seed ${SEED})`, (engine) => {
  const catalogue = columnTypesCatalogue(engine);
  const sample = fc.sample(
    fc.oneof(catalogueEvents(catalogue), catalogueEvents(catalogue, { kind: "untidy" })),
    { numRuns: 150, seed: SEED },
  );
  const idOf = (record: object): string => String((record as { readonly id: unknown }).id).toLowerCase();
  const records = [...new Map(sample.map((record) => [idOf(record), record])).values()];
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
    for (const record of records) {
      const row = withHulls(eventToRow(record, catalogue), catalogue);
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

  for (const scan of ["on", "off"] as const)
    it(
      `PostgreSQL, matches and the reference agree (sequential scans ${scan})`,
      { timeout: 600_000 },
      async () => {
        await client.query(`set enable_seqscan = ${scan}`);
        const batches = fc.array(filterCalls(catalogue), { minLength: 1, maxLength: BATCH, size: "max" });
        await fc.assert(
          fc.asyncProperty(batches, async (calls) => {
            for (const call of calls) {
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
