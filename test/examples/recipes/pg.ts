/** pg: a filter as one condition of a bigger query. */
import { compileFilter } from "idea-eventstore";
import pg from "pg";

const filter = compileFilter("severity >= $least and source.ip in $nets");

// The alias of the events in the query, and the number of the first parameter that is free.
const { text, values } = filter.sql(
  { least: "medium", nets: ["192.0.2.0/24"] },
  { alias: "e", firstParameter: 2 },
);
const query = `
  select e.id, count(*) over () as total
  from events e
  where e.detect_time < $1 and (${text})
  order by e.detect_time desc, e.id desc
  limit 10 offset 0`;

const pool = new pg.Pool({ connectionString: process.env["DATABASE_URL"] });
const { rows } = await pool.query<{ id: string; total: string }>(query, [new Date(), ...values]);
await pool.end();
console.log(JSON.stringify(rows.map(({ id }) => id)));
