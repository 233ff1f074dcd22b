/** Knex: a filter as a condition of a query. Knex writes a parameter as a question mark. */
import { compileFilter, type SqlExpression } from "idea-eventstore";
import knex from "knex";

const database = knex({ client: "pg", connection: process.env["DATABASE_URL"] ?? "" });

/** The condition for `whereRaw`. */
function condition({ text, values }: SqlExpression): readonly [text: string, bindings: readonly unknown[]] {
  const bindings: unknown[] = [];
  const sql = text.replaceAll("?", "\\?").replace(/\$(\d+)/g, (_, number: string) => {
    bindings.push(values[Number(number) - 1]);
    return "?";
  });
  return [`(${sql})`, bindings];
}

const filter = compileFilter("severity >= $least and source.ip in $nets");
const [text, bindings] = condition(filter.sql({ least: "medium", nets: ["192.0.2.0/24"] }, { alias: "e" }));
const rows = await database("events as e")
  .where("e.detect_time", "<", new Date())
  .whereRaw(text, bindings as readonly knex.Knex.RawBinding[])
  .orderBy("e.detect_time", "desc")
  .limit(10)
  .offset(0)
  .select<{ id: string }[]>("e.id");
await database.destroy();
console.log(JSON.stringify(rows.map(({ id }) => id)));
