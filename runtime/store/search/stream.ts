/** Streaming events: constant memory, back-pressure, one snapshot. */
import type { Session } from "../../postgres/session.js";
import { recordToIdea, type IdeaEvent } from "../../events/idea-event.js";
import type { CallOptions } from "../../postgres/statement.js";
import type { StoreContext } from "../context.js";
import { bindFilter } from "../filter-argument.js";
import { checkSort, newest } from "./search.js";
import type { CatalogueNames } from "../../client.js";
import type { FilterArgument, StreamEventsOptions } from "../types.js";

/** All matching events, newest first unless another order is given; with `raw` their stored texts. Leaving the loop ends the query. */
export async function* streamEvents(
  session: Session,
  context: StoreContext,
  options: StreamEventsOptions<CatalogueNames>,
): AsyncGenerator<IdeaEvent | string, void, undefined> {
  const filter = bindFilter(options, context.filterOptions);
  const { key } = checkSort(options.sort ?? newest(context.tables), context.tables);
  if (filter.matchesNone) return;
  const slots = { filter: filter.slot, sort: key };
  const read = options.raw === true ? (text: string) => text : recordToIdea;
  for await (const { event } of context.connect(session).streamEvents(slots, options))
    if (event !== null) yield read(event);
}

/** Identifiers of all matching events, newest first. Leaving the loop ends the query. */
export async function* streamEventIds(
  session: Session,
  context: StoreContext,
  options: FilterArgument & CallOptions,
): AsyncGenerator<string, void, undefined> {
  const filter = bindFilter(options, context.filterOptions);
  if (filter.matchesNone) return;
  for await (const { id } of context.connect(session).streamEventIds(filter.slot, options)) yield id;
}
