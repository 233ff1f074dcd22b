/** Streaming events: constant memory, back-pressure, one snapshot. */
import type { Session } from "../execute/session.js";
import { recordToIdea, type IdeaEvent } from "../idea/idea-event.js";
import type { CallOptions } from "../statement.js";
import { dynamicStatement, required } from "./dynamic-statement.js";
import { bindFilter } from "./filter-argument.js";
import { checkSort, type StoreContext } from "./search/search.js";
import type { FilterArgument, SortKey } from "./types.js";

/** All matching events, in the given order or, without one, in the order of storage. Leaving the loop ends the query. */
export async function* streamEvents(
  session: Session,
  context: StoreContext,
  options: FilterArgument & CallOptions & { readonly sort?: SortKey | undefined },
): AsyncGenerator<IdeaEvent, void, undefined> {
  const { events, json, time, id } = context.layout;
  const filter = bindFilter(options, context.filterOptions);
  if (filter.matchesNone) return;
  const slot = filter.slot(1);
  const sort = options.sort === undefined ? null : checkSort(options.sort, context.layout);
  const direction = sort?.descending === true ? "desc" : "asc";
  const order = sort ? ` order by e.${sort.column} ${direction}, e.${id.column} ${direction}` : "";
  // The filter names bare columns, which the table of the JSON shares: it is applied before the join.
  const statement = dynamicStatement(
    `select j.event from (select * from ${events} where ${slot.text}) e ` +
      `join ${json} j on j.seq = e.seq and j.${time.column} = e.${time.column}${order}`,
    { operation: "streamEvents", cardinality: "many", decode: ([event]) => required(event) },
  );
  for await (const text of session.stream(statement, slot.values, options)) yield recordToIdea(text);
}
