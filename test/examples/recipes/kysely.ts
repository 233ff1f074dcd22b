/** Kysely: a filter as a condition of a query. Kysely numbers the parameters itself, so the text is cut at their places. */
import { compileFilter, type SqlExpression } from "idea-eventstore";
import { Kysely, PostgresDialect, sql, type RawBuilder, type SqlBool } from "kysely";
import pg from "pg";

interface Database {
  events: { id: string; detect_time: Date };
}

/** The condition as a part of a query. */
function condition({ text, values }: SqlExpression): RawBuilder<SqlBool> {
  const parts = text
    .split(/\$(\d+)/)
    .map((part, index) => (index % 2 === 0 ? sql.raw(part) : sql.val(values[Number(part) - 1])));
  return sql<SqlBool>`(${sql.join(parts, sql``)})`;
}

const pool = new pg.Pool({ connectionString: process.env["DATABASE_URL"] });
const database = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
const filter = compileFilter("severity >= $least and source.ip in $nets");
const rows = await database
  .selectFrom("events as e")
  .select("e.id")
  .where("e.detect_time", "<", new Date())
  .where(condition(filter.sql({ least: "medium", nets: ["192.0.2.0/24"] }, { alias: "e" })))
  .orderBy("e.detect_time", "desc")
  .limit(10)
  .offset(0)
  .execute();
await database.destroy();
console.log(JSON.stringify(rows.map(({ id }) => id)));
