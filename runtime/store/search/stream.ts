/** Streaming events: constant memory, back-pressure, one snapshot. */
import { createClient } from "../../../generated/index.js";
import { identifier } from "../../../compiler/sql/fragment.js";
import { readEvent, readNullable } from "../../postgres/wire.js";
import type { Session } from "../../postgres/session.js";
import { recordToIdea, type IdeaEvent } from "../../events/idea-event.js";
import type { CallOptions } from "../../postgres/statement.js";
import { dynamicStatement } from "../dynamic-statement.js";
import { bindFilter } from "../filter-argument.js";
import { checkSort, type StoreContext } from "./search.js";
import type { FilterArgument, SortKey } from "../types.js";

/** All matching events, newest first unless another order is given. Leaving the loop ends the query. */
export async function* streamEvents(
  session: Session,
  context: StoreContext,
  options: FilterArgument & CallOptions & { readonly sort?: SortKey | undefined },
): AsyncGenerator<IdeaEvent, void, undefined> {
  const { events, json, time, id } = context.layout;
  const filter = bindFilter(options, context.filterOptions);
  if (filter.matchesNone) return;
  if (options.sort === undefined || options.sort === `${time.name}.desc`) {
    for await (const { event } of createClient(session).streamEvents(filter.slot, options))
      if (event !== null) yield recordToIdea(event);
    return;
  }
  const sort = checkSort(options.sort, context.layout);
  const direction = sort.descending ? "desc" : "asc";
  const slot = filter.slot(1);
  // Sorted before the JSON is read: the sort stays small.
  const statement = dynamicStatement(
    `select (select j.event from ${json} j where j.seq = hit.seq and j.${time.column} = hit.${time.column}) ` +
      `from (select seq, ${time.column} from ${events} where ${slot.text} ` +
      `order by ${identifier(sort.column)} ${direction}, ${id.column} ${direction}) as hit`,
    { operation: "streamEvents", cardinality: "many", decode: ([event]) => readNullable(event, readEvent) },
  );
  for await (const event of session.stream(statement, slot.values, options))
    if (event !== null) yield recordToIdea(event);
}
