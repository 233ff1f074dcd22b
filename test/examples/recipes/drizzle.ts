/** Drizzle: a filter as a condition of a query. Drizzle numbers the parameters itself, so the text is cut at their places. */
import { and, desc, lt, sql, type SQL } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import { alias, pgTable, text, timestamp } from "drizzle-orm/pg-core";
import { compileFilter, type SqlExpression } from "idea-eventstore";
import pg from "pg";

const events = pgTable("events", {
  id: text("id").notNull(),
  detectTime: timestamp("detect_time", { withTimezone: true }).notNull(),
});

/** The condition as a part of a query. */
function condition({ text, values }: SqlExpression): SQL {
  const parts = text
    .split(/\$(\d+)/)
    .map((part, index) => (index % 2 === 0 ? sql.raw(part) : sql`${sql.param(values[Number(part) - 1])}`));
  return sql`(${sql.join(parts)})`;
}

const pool = new pg.Pool({ connectionString: process.env["DATABASE_URL"] });
const database = drizzle(pool);
const filter = compileFilter("severity >= $least and source.ip in $nets");
const e = alias(events, "e");
const rows = await database
  .select({ id: e.id })
  .from(e)
  .where(
    and(
      lt(e.detectTime, new Date()),
      condition(filter.sql({ least: "medium", nets: ["192.0.2.0/24"] }, { alias: "e" })),
    ),
  )
  .orderBy(desc(e.detectTime))
  .limit(10)
  .offset(0);
await pool.end();
console.log(JSON.stringify(rows.map(({ id }) => id)));
