/**
 * Every type of column: PostgreSQL, with the indexes that are declared, the compiled predicate and the reference evaluator say the same of every
 * row, in a session whose time zone is not UTC; and each index serves the tests that it is said to serve.
 */
import fc from "fast-check";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { searchedColumns } from "../../compiler/catalogue/columns.js";
import { compileFilter } from "../../compiler/compile.js";
import { explainFilter } from "../../compiler/explain/explain.js";
import { formatIpRange, parseIpRange } from "../../compiler/values/ip-range.js";
import { eventToRow, type EventRow } from "../../runtime/events/row.js";
import { describeEngines, withDatabase, type TestDatabase } from "../support/database.js";
import { FIXED_SEED } from "../support/seed.js";
import {
  catalogueEvents,
  filterCalls,
  POOL_NOW,
  referenceMatcher,
  type FilterCall,
} from "../testing/index.js";
import { columnTypesCatalogue, HULLS, indexStatements } from "./column-types-catalogue.js";

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
    const columns = [
      ...searchedColumns(catalogue).map(({ name, pgType }) => ({ name, pgType })),
      ...HULLS.map(({ column, columnType }) => ({ name: column, pgType: columnType })),
    ];
    await client.query(
      `create table typed_rows (${columns.map(({ name, pgType }) => `${name} ${pgType}`).join(", ")})`,
    );
    const places = columns.map(({ pgType }, position) => `$${position + 1}::${pgType}`);
    for (const record of records) {
      const row = { ...eventToRow(record, catalogue), ...hulls(eventToRow(record, catalogue)) };
      const values = columns.map(({ name }) => row[name] ?? null);
      await client.query(`insert into typed_rows values (${places.join(", ")})`, values);
    }
    for (const statement of indexStatements(catalogue)) await client.query(statement);
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
      .flatMap(({ name, type, list, index }) =>
        filtersOver(name, type, index === "trigram").map((filter) => ({ filter, name, list })),
      );
    for (const { filter, name } of filters) {
      const { atoms, sql, values } = explainFilter(filter, { catalogue });
      const { rows } = await client.query<{ "QUERY PLAN": string }>(
        `explain (costs off) select id from typed_rows where ${sql}`,
        [...(values ?? [])],
      );
      const plan = rows.map((row) => row["QUERY PLAN"]).join("\n");
      const serves = plan.includes(`Index Scan on ${name}_x`) || plan.includes(`using ${name}_x`);
      const covered = plan.includes("Index Scan on nets_hulls") || plan.includes("using nets_hulls");
      expect({ filter, served: serves || covered }, plan).toEqual({
        filter,
        served: atoms[0]?.index !== null,
      });
    }
  });
});

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

/** The columns that cover the addresses of `nets`. */
function hulls(row: EventRow): Readonly<Record<string, string | null>> {
  const nets = Array.isArray(row["nets"]) ? row["nets"].map((net) => parseIpRange(String(net))) : [];
  const hull = (family: 4 | 6): string | null => {
    const own = nets.filter((net) => net.family === family);
    if (own.length === 0) return null;
    const first = own.reduce((least, net) => (net.first < least ? net.first : least), own[0]!.first);
    const last = own.reduce((most, net) => (net.last > most ? net.last : most), own[0]!.last);
    return formatIpRange({ family, first, last });
  };
  return { nets_ip4: hull(4), nets_ip6: hull(6) };
}

function show(value: unknown): string {
  return JSON.stringify(value, (_key, given: unknown) => (typeof given === "bigint" ? `${given}n` : given));
}
