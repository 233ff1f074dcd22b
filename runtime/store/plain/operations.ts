/** The operations over a table that something else keeps, put together for a session. What needs our own layout is refused by name. */
import { parsePgTimestamp, formatMicros } from "../../../compiler/values/time.js";
import { recordToIdea, type IdeaEvent } from "../../events/idea-event.js";
import { DataError, EventStorageError } from "../../postgres/errors.js";
import type { Session } from "../../postgres/session.js";
import type { CallOptions, FilterSource } from "../../postgres/statement.js";
import type { StoreContext } from "../context.js";
import { countMatching } from "../count/count.js";
import { countMethods } from "../count/operations.js";
import { dashboardMethods } from "../dashboards/operations.js";
import { bindFilter } from "../filter-argument.js";
import { refusedMethods } from "../operation-row.js";
import { OPERATIONS, type EventOperations } from "../operations.js";
import { readingScope } from "../scope.js";
import { decodeKey, encodeKey } from "../search/key.js";
import { searchMethods } from "../search/operations.js";
import { checkCount } from "../search/search.js";
import { statusMethods } from "../status/operations.js";
import type { SearchOptions, SearchResult, StreamEventsOptions } from "../types/events.js";
import type { CatalogueNames } from "../../client.js";

/** The statements of a plain table that other stores don't have, or have in another shape. */
interface PlainClient {
  fetchEvent(
    params: { readonly id: string },
    options?: CallOptions,
  ): Promise<{ readonly event: string | null } | null>;
  plainPage(
    slots: PageSlots,
    params: { readonly limit: number; readonly skipped: number },
    options?: CallOptions,
  ): Promise<readonly PlainRow[]>;
  plainPageAfter(
    slots: PageSlots & { readonly sign: string },
    params: { readonly limit: number; readonly time: string; readonly key: string },
    options?: CallOptions,
  ): Promise<readonly PlainRow[]>;
  streamEvents(slots: PageSlots, options?: CallOptions): AsyncIterable<{ readonly event: string | null }>;
}

interface PageSlots {
  readonly filter: FilterSource;
  readonly sort: string;
}

interface PlainRow {
  readonly event: string | null;
  readonly key: string;
  readonly time: string;
}

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 100_000;

/** Says why an operation makes no sense over a table that something else keeps. */
export function refusal(operation: string, table: string, reason: string): EventStorageError {
  return new EventStorageError(
    `${operation}: the table ${table} was not made by this store: ${reason}; search, count, aggregate, timeline, pivot, summarize, stream and ` +
      `explain work on it`,
    { operation, code: "schema_foreign" },
  );
}

/** The operations over a session. */
export function createPlainOperations(session: Session, context: StoreContext): EventOperations {
  const scope = readingScope(session, context);
  return {
    ...refusedMethods(OPERATIONS, "foreign", (operation, reason) =>
      refusal(operation, context.catalogue.table.name, reason),
    ),
    fetchEvent: ((id, options) => fetchEvent(session, context, id, options)) as EventOperations["fetchEvent"],
    ...only(countMethods(scope), "countEvents"),
    searchEvents: ((options: SearchOptions = {}) =>
      searchEvents(session, context, options)) as EventOperations["searchEvents"],
    streamEvents: ((options: StreamEventsOptions = {}) =>
      streamEvents(session, context, options)) as EventOperations["streamEvents"],
    ...only(searchMethods(scope), "streamEventIds"),
    ...only(
      dashboardMethods(scope),
      "aggregateEvents",
      "timelineEvents",
      "pivotEvents",
      "summarizeEvents",
      "distinctValues",
    ),
    ...only(statusMethods(scope), "searchColumnWith"),
    watchdogEvents: async (interval, options) => {
      if (Number.isFinite(interval) && interval >= 0)
        return (await context.connect(session).watchdogEvents({ interval }, options)).alive;
      const problem = `watchdogEvents: the interval is a number of seconds, not ${String(interval)}`;
      throw new DataError(problem, { operation: "watchdogEvents" });
    },
    query: (text, values, options) => session.query(text, values, options),
    transaction: (work, options) =>
      session.transaction((transaction) => work(createPlainOperations(transaction, context)), options),
  };
}

/** Of the methods of a feature those whose statements such a table has too: a new operation is not among them until that is said here. */
function only<Methods, Name extends keyof Methods>(
  methods: Methods,
  ...names: readonly Name[]
): Pick<Methods, Name> {
  return Object.fromEntries(names.map((name) => [name, methods[name]])) as Pick<Methods, Name>;
}

const plainClient = (session: Session, context: StoreContext): PlainClient =>
  context.connect(session) as unknown as PlainClient;

async function fetchEvent(
  session: Session,
  context: StoreContext,
  id: string,
  options: (CallOptions & { readonly raw?: boolean | undefined }) | undefined,
): Promise<IdeaEvent | string | null> {
  const { name, plain } = context.catalogue.table;
  if (plain?.key === undefined)
    throw refusal("fetchEvent", name, "its catalogue names no table.plain.key to fetch by");
  const row = await plainClient(session, context).fetchEvent({ id }, options);
  if (row === null || row.event === null) return null;
  return options?.raw === true ? row.event : recordToIdea(row.event);
}

/** One page of events, in the order of time. */
async function searchEvents(
  session: Session,
  context: StoreContext,
  options: SearchOptions<CatalogueNames>,
): Promise<SearchResult<IdeaEvent | string>> {
  const limit = checkCount("limit", options.limit ?? DEFAULT_LIMIT, MAX_LIMIT);
  const sort = checkSort(options.sort, context);
  if (options.page !== undefined && options.after !== undefined && options.after !== null)
    throw new DataError(`give either "after" or "page", not both`, { operation: "searchEvents" });
  const skip = options.page === undefined ? 0 : (checkCount("page", options.page, 1_000_000) - 1) * limit;
  const filter = bindFilter(options, context);
  const slots = { filter: filter.slot, sort };
  const after = options.after === undefined || options.after === null ? null : decodeKey(sort, options.after);
  const client = plainClient(session, context);
  const wanted = { limit: limit + 1 };
  const place = after && { ...wanted, time: formatMicros(after.micros), key: after.id };
  const [rows, total] = await Promise.all([
    filter.matchesNone
      ? []
      : place === null
        ? client.plainPage(slots, { ...wanted, skipped: skip }, options)
        : client.plainPageAfter({ ...slots, sign: sort }, place, options),
    options.total === true ? countMatching(session, context, filter, options) : undefined,
  ]);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const hasMore = rows.length > limit;
  const texts = page.flatMap(({ event }) => event ?? []);
  return {
    events: options.raw === true ? texts : texts.map(recordToIdea),
    hasMore,
    next: hasMore && last ? encodeKey(sort, { micros: parsePgTimestamp(last.time), id: last.key }) : null,
    ...(total === undefined ? {} : { total }),
  };
}

/** The order that a sort key names; the newest first when absent. @throws DataError for any other key */
function checkSort(key: string | undefined, { tables }: StoreContext): string {
  const { name } = tables.roles.time;
  const orders = [`${name}.desc`, `${name}.asc`];
  if (key === undefined) return `${name}.desc`;
  if (orders.includes(key)) return key;
  throw new DataError(`there is no order "${key}"; use ${orders.join(" or ")}`, {
    operation: "searchEvents",
  });
}

/** All matching events, newest first unless another order is given. Leaving the loop ends the query. */
async function* streamEvents(
  session: Session,
  context: StoreContext,
  options: StreamEventsOptions<CatalogueNames>,
): AsyncGenerator<IdeaEvent | string, void, undefined> {
  const filter = bindFilter(options, context);
  const sort = checkSort(options.sort, context);
  if (filter.matchesNone) return;
  const rows = plainClient(session, context).streamEvents({ filter: filter.slot, sort }, options);
  const read = options.raw === true ? (text: string) => text : recordToIdea;
  for await (const { event } of rows) if (event !== null) yield read(event);
}
