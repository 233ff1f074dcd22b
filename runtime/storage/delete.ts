/** Deleting events that match a filter, with everything that belongs to them. */
import { DataError } from "../errors.js";
import type { Session } from "../execute/session.js";
import { dynamicStatement } from "./dynamic-statement.js";
import { bindFilter } from "./filter-argument.js";
import type { Layout } from "./layout.js";
import { checkCount, type StoreContext } from "./search/search.js";
import type { DeleteOptions } from "./types.js";

/**
 * Deletes the matching events and returns how many there were.
 *
 * @throws DataError for a condition that every event meets, unless `all` is given
 */
export async function deleteEvents(
  session: Session,
  context: StoreContext,
  options: DeleteOptions,
): Promise<number> {
  const filter = bindFilter(options, context.filterOptions);
  if (filter.matchesAll && options.all !== true)
    throw new DataError(
      "this would delete every event: give a filter that is not always true, or { all: true }",
      {
        operation: "deleteEvents",
      },
    );
  if (filter.matchesNone) return 0;
  const batch = options.batch === undefined ? null : checkCount("batch", options.batch, 1_000_000, "deleteEvents");
  const slot = filter.slot(batch === null ? 1 : 2);
  const statement = dynamicStatement(deleteStatement(context.layout, slot.text, batch !== null), {
    operation: "deleteEvents",
    cardinality: "one",
    idempotent: false,
    decode: ([count]) => Number(count),
  });
  const values = batch === null ? slot.values : [String(batch), ...slot.values];
  let deleted = 0;
  for (;;) {
    const slice = await session.run(statement, values, options);
    deleted += slice;
    if (batch === null || slice < batch) return deleted;
  }
}

/** One statement for all tables, so that there is no moment at which an event is half gone. */
function deleteStatement({ events, json, time, id }: Layout, condition: string, sliced: boolean): string {
  // The row's address is unique within its partition only, so a slice is told by time and number.
  const chosen = sliced
    ? `(${time.column}, seq) in (select ${time.column}, seq from ${events} where ${condition} limit $1::bigint)`
    : condition;
  return (
    `with gone as (delete from ${events} where ${chosen} returning ${id.column} as id, seq, ${time.column} as at), ` +
    `texts as (delete from ${json} j using gone g where j.seq = g.seq and j.detect_time = g.at), ` +
    `ids as (delete from event_ids i using gone g where i.id = g.id and i.seq = g.seq), ` +
    `hours as (insert into event_hours (hour, shard, inserted, deleted) ` +
    `select date_trunc('hour', at, 'UTC'), pg_backend_pid() % 16, 0, count(*) from gone group by 1 order by 1 ` +
    `on conflict (hour, shard) do update set deleted = event_hours.deleted + excluded.deleted) ` +
    `select count(*) from gone`
  );
}
