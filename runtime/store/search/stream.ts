/** Streaming events: constant memory, back-pressure, one snapshot. */
import { isSpread } from "../../../compiler/catalogue/spread.js";
import type { Session } from "../../postgres/session.js";
import { recordToIdea, type IdeaEvent } from "../../events/idea-event.js";
import type { CallOptions } from "../../postgres/statement.js";
import type { StoreContext } from "../context.js";
import { bindFilter } from "../filter-argument.js";
import { planningEach } from "../slices/sessions.js";
import { slicesOf } from "../slices/slices.js";
import type { CatalogueNames } from "../../client.js";
import type { FilterArgument, SearchResult, StreamEventsOptions } from "../types/events.js";
import { checkSort, newest, searchEvents } from "./search.js";

/** Events of one page, where a stream is made of pages. */
const PAGE = 1_000;

/**
 * All matching events, newest first unless another order is given; with `raw` their stored texts. Leaving the loop ends the query. Where the store has more partitions than one
 * statement should lock, each slice of the time is a query of its own; an order by the time of storing, and any within a transaction, is made of pages.
 */
export async function* streamEvents(
  session: Session,
  context: StoreContext,
  options: StreamEventsOptions<CatalogueNames>,
): AsyncGenerator<IdeaEvent | string, void, undefined> {
  const filter = bindFilter(options, context);
  const sort = checkSort(options.sort ?? newest(context.tables), context.tables);
  if (filter.matchesNone) return;
  if (isSpread(context.catalogue))
    return yield* streamPages(session, context, { ...options, sort: sort.key });
  const slices = await slicesOf(session, context, filter, options);
  const client = context.connect(session);
  const read = (text: string): IdeaEvent | string => (options.raw === true ? text : recordToIdea(text));
  if (slices.length === 1)
    yield* eventsOf(client.streamEvents({ filter: filter.slot, sort: sort.key }, options), read);
  // A transaction would keep the locks of all slices that it has read.
  else if (context.inTransaction || sort.field !== context.tables.roles.time.name)
    yield* streamPages(planningEach(session, context), context, { ...options, sort: sort.key });
  else
    for (const slice of sort.descending ? slices.toReversed() : slices)
      yield* eventsOf(
        slice.client.streamSlice({ filter: slice.filter, texts: slice.textSpan, sort: sort.key }, options),
        read,
      );
}

/** The events of a stream; one that is being deleted at the moment is left out. */
async function* eventsOf<E>(
  rows: AsyncIterable<{ readonly event: string | null }>,
  read: (text: string) => E,
): AsyncGenerator<E, void, undefined> {
  for await (const { event } of rows) if (event !== null) yield read(event);
}

async function* streamPages(
  session: Session,
  context: StoreContext,
  options: StreamEventsOptions<CatalogueNames> & { readonly sort: string; readonly ghost?: boolean },
): AsyncGenerator<IdeaEvent | string, void, undefined> {
  let after: string | null = null;
  do {
    const page: SearchResult<IdeaEvent | string> = await searchEvents(session, context, {
      ...options,
      limit: PAGE,
      after,
    });
    yield* page.events;
    after = page.next;
  } while (after !== null);
}

/** Identifiers of all matching events, newest first. Leaving the loop ends the query. */
export async function* streamEventIds(
  session: Session,
  context: StoreContext,
  options: FilterArgument & CallOptions,
): AsyncGenerator<string, void, undefined> {
  const filter = bindFilter(options, context);
  if (filter.matchesNone) return;
  const slices = await slicesOf(session, context, filter, options);
  if (context.inTransaction && slices.length > 1) {
    const pages = streamPages(planningEach(session, context), context, {
      ...options,
      sort: newest(context.tables),
      ghost: true,
    });
    for await (const event of pages) if (typeof event !== "string") yield event.ID;
    return;
  }
  for (const { client, filter: part } of slices.toReversed())
    for await (const { id } of client.streamEventIds(part, options)) yield id;
}
