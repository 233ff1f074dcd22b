/** Searching: one page of events, with the key of the next. */
import type { FilterOptions } from "../../../compiler/compile.js";
import { identifier } from "../../../compiler/sql/fragment.js";
import { DataError } from "../../postgres/errors.js";
import { readEvent } from "../../postgres/wire.js";
import type { Session } from "../../postgres/session.js";
import { recordToIdea, type IdeaEvent } from "../../events/idea-event.js";
import { ghostColumns, recordToIdeaGhost } from "../../events/ghost.js";
import { countMatching } from "../count/count.js";
import { bindFilter } from "../filter-argument.js";
import type { Layout } from "../layout.js";
import type { SearchOptions, SearchResult, SortKey } from "../types.js";
import type { KnownPartitions } from "./days.js";
import { decodeKey, encodeKey } from "./key.js";
import { findPage, type ReadEvent } from "./page.js";
import type { KnownReaches } from "./reach.js";
import type { PageShape } from "./statements.js";
import { readEvents } from "./events.js";

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 10_000;

/** What the operations over events share. */
export interface StoreContext {
  readonly layout: Layout;
  readonly filterOptions: FilterOptions;
  readonly partitions: KnownPartitions;
  readonly reaches: KnownReaches;
}

/** One page of events; see {@link SearchOptions}. @throws DataError for a limit, page, key or order that makes no sense */
export async function searchEvents(
  session: Session,
  context: StoreContext,
  options: SearchOptions,
): Promise<SearchResult<IdeaEvent | string>> {
  const limit = checkCount("limit", options.limit ?? DEFAULT_LIMIT, MAX_LIMIT);
  const sort = checkSort(options.sort ?? "detect_time.desc", context.layout);
  const skip = options.page === undefined ? 0 : (checkCount("page", options.page, 1_000_000) - 1) * limit;
  if (options.page !== undefined && options.after !== undefined)
    throw new DataError(`give either "after" or "page", not both`, { operation: "searchEvents" });
  const filter = bindFilter(options, context.filterOptions);
  const ghost = options.ghost === true ? ghostColumns(context.layout.catalogue) : [];
  const shape: PageShape = {
    layout: context.layout,
    column: identifier(sort.column),
    descending: sort.descending,
    columns: ghost.map(identifier),
    // Of a page far behind, all rows before it are found too.
    texts: options.ghost !== true && skip === 0,
  };
  const after = options.after === undefined ? null : decodeKey(sort.key, options.after);
  const { partitions: known, reaches } = context;
  const read: ReadEvent<IdeaEvent | string> = options.raw === true ? readEvent : recordToIdea;
  const request = { session, known, reaches, shape, filter, read, after, options, count: skip + limit + 1 };
  const [{ found, partitions }, total] = await Promise.all([
    findPage(request),
    options.total === true ? countMatching(session, context, filter, options) : undefined,
  ]);
  const page = found.slice(skip, skip + limit);
  const hasMore = found.length > skip + limit;
  const last = page.at(-1);
  const events =
    options.ghost === true
      ? page.map(({ columns }) => recordToIdeaGhost(columns, context.layout.catalogue))
      : await readEvents({ session, layout: context.layout, partitions, read, options }, page);
  return {
    events,
    hasMore,
    next: hasMore && last ? encodeKey(sort.key, last) : null,
    ...(total === undefined ? {} : { total }),
  };
}

/** A whole number from 1 to `most`. */
export function checkCount(name: string, value: number, most: number, operation = "searchEvents"): number {
  if (Number.isSafeInteger(value) && value >= 1 && value <= most) return value;
  throw new DataError(`${operation}: ${name} is a whole number from 1 to ${most}, not ${String(value)}`, {
    operation,
  });
}

interface Sort {
  readonly key: SortKey;
  readonly column: string;
  readonly descending: boolean;
}

/** The order that a sort key names. @throws DataError for any other key */
export function checkSort(key: SortKey, { time, stored }: Layout): Sort {
  for (const field of [time, stored])
    for (const direction of ["desc", "asc"])
      if (key === `${field.name}.${direction}`)
        return { key, column: field.column, descending: direction === "desc" };
  throw new DataError(
    `there is no order "${key}"; use ${time.name}.desc, ${time.name}.asc, ${stored.name}.desc or ${stored.name}.asc`,
    { operation: "searchEvents" },
  );
}
