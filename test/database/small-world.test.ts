/**
 * The small world in PostgreSQL: each test of it over every event, and twenty thousand shapes of statement over the events in turn, have the
 * truths that the reference has. Those of a junction follow from those of its parts in this file.
 */
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { searchedColumns } from "../../compiler/catalogue/columns.js";
import { compileFilter } from "../../compiler/compile.js";
import { eventToRow } from "../../runtime/events/row.js";
import { describeEngines, withDatabase, type TestDatabase } from "../support/database.js";
import {
  complement,
  joinTruths,
  SMALL_EVENTS,
  SMALL_TESTS,
  SMALL_WORLD,
  truthsOf,
  type Truths,
} from "../support/small-world.js";
import { referenceMatcher } from "../testing/index.js";

interface Known {
  readonly text: string;
  readonly truths: Truths;
}

const WORDS = ["and", "or", "xor"] as const;

/** Statements of different shape: twenty thousand on ip4r in CI. */
const SHAPES = { ip4r: process.env["CI"] === "true" ? 20_000 : 2_000, embedded: 1_000 };
const BATCH = 100;

/** Of the larger conditions each statement sees only some of the events. */
const TURNS = 9;

const tests: readonly Known[] = SMALL_TESTS.map((text) => ({
  text,
  truths: truthsOf(referenceMatcher(text, { catalogue: SMALL_WORLD })),
}));

/** The events whose numbers leave the remainder, as truths. */
const TURN_EVENTS: readonly Truths[] = Array.from({ length: TURNS }, (_, turn) =>
  truthsOf((event) => Number((event as { readonly ID: string }).ID) % TURNS === turn),
);

function joined(word: (typeof WORDS)[number], left: Known, right: Known): Known {
  return {
    text: `(${left.text}) ${word} not (${right.text})`,
    truths: joinTruths(word, [left.truths, complement(right.truths)]),
  };
}

const shapeOf = (text: string): string => compileFilter(text, { catalogue: SMALL_WORLD }).shape;

/** Conditions of two tests, no two of one shape. */
function* shapes(wanted: number): Generator<Known, void, undefined> {
  const seen = new Set<string>();
  const different = [...new Map(tests.map((test) => [shapeOf(test.text), test])).values()];
  for (let distance = 0; distance < different.length; distance++)
    for (const [index, left] of different.entries())
      for (const word of WORDS) {
        const condition = joined(word, left, different[(index + distance) % different.length]!);
        const shape = shapeOf(condition.text);
        if (seen.has(shape)) continue;
        yield condition;
        if (seen.add(shape).size === wanted) return;
      }
}

describeEngines("a small world", (engine) => {
  let database: TestDatabase;
  let client: pg.Client;

  beforeAll(async () => {
    database = await withDatabase(engine);
    client = new pg.Client({ connectionString: database.connectionString });
    await client.connect();
    await client.query("set jit = off");
    const columns = searchedColumns(SMALL_WORLD).map(({ name, pgType }) => `${name} ${pgType}`);
    await client.query(`create table small_world (${columns.join(", ")})`);
    const rows = SMALL_EVENTS.map((event) => eventToRow(event, SMALL_WORLD));
    await client.query(
      "insert into small_world select * from jsonb_populate_recordset(null::small_world, $1::jsonb)",
      [JSON.stringify(rows)],
    );
  });
  afterAll(async () => {
    await client.end();
    await database.dispose();
  });

  /** The text of the first condition that has other truths in the database, among the events of the turn. */
  async function firstDifference(conditions: readonly Known[], turn: number | null): Promise<string | null> {
    const values: string[] = [];
    const columns = conditions.map(({ text }) => {
      const { text: sql, values: added } = compileFilter(text, { catalogue: SMALL_WORLD }).sql(
        {},
        { firstParameter: values.length + 1 },
      );
      values.push(...added);
      return `string_agg(case when ${turn === null ? "true" : `id::int % ${TURNS} = ${turn}`} and (${sql}) then '1' else '0' end, '')`;
    });
    const { rows } = await client.query<string[]>({
      text: `select ${columns.join(", ")} from (select * from small_world order by id::int desc) as w`,
      values,
      rowMode: "array",
    });
    const asked = turn === null ? null : TURN_EVENTS[turn]!;
    const wrong = conditions.find(
      ({ truths }, index) => BigInt(`0b${rows[0]![index]}`) !== (asked === null ? truths : truths & asked),
    );
    return wrong?.text ?? null;
  }

  it("each test, over every event", async () => {
    for (let start = 0; start < tests.length; start += BATCH)
      expect(await firstDifference(tests.slice(start, start + BATCH), null)).toBeNull();
  });

  it("conditions of two tests, each of a shape of its own", { timeout: 600_000 }, async () => {
    let batch: Known[] = [];
    let count = 0;
    const ask = async (): Promise<void> => {
      expect(await firstDifference(batch, (count / BATCH) % TURNS)).toBeNull();
      count += batch.length;
      batch = [];
    };
    for (const condition of shapes(SHAPES[engine])) if (batch.push(condition) === BATCH) await ask();
    expect(batch).toEqual([]);
    console.info(`shapes of the small world on ${engine}: ${count}`);
    expect(count).toBe(SHAPES[engine]);
  });
});
