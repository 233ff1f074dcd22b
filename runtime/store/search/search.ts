/** Searching: one page of events, with the key of the next. */
import { argumentError } from "../../../compiler/values/errors.js";
import type { StoreTables } from "../../../compiler/catalogue/tables.js";
import type { CatalogueNames } from "../../client.js";
import { DataError } from "../../postgres/errors.js";
import { readEvent } from "../../postgres/wire.js";
import type { Session } from "../../postgres/session.js";
import { recordToIdea, type IdeaEvent } from "../../events/idea-event.js";
import { recordToIdeaGhost } from "../../events/ghost.js";
import { countMatching } from "../count/count.js";
import { bindFilter } from "../filter-argument.js";
import type { StoreContext } from "../context.js";
import type { SearchOptions, SearchResult } from "../types/events.js";
import { decodeKey, encodeKey } from "./key.js";
import type { DecodeEvent } from "./page.js";
import { layoutPages } from "./pages.js";
import type { PageShape } from "./step-slots.js";

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 100_000;
const MAX_PAGE = 2 ** 32 - 1;

/** One page of events; see {@link SearchOptions}. @throws DataError for a limit, page, key or order that makes no sense */
export async function searchEvents(
  session: Session,
  context: StoreContext,
  options: SearchOptions<CatalogueNames>,
): Promise<SearchResult<IdeaEvent | string>> {
  const pages = layoutPages(context);
  const limit = checkCount("limit", options.limit ?? DEFAULT_LIMIT, MAX_LIMIT);
  const sort = checkSort(options.sort ?? newest(context.tables), context.tables);
  const skip = options.page === undefined ? 0 : (checkCount("page", options.page, MAX_PAGE) - 1) * limit;
  const after = typeof options.after === "string" ? decodeKey(sort.key, options.after) : null;
  if (options.page !== undefined && after !== null)
    throw argumentError("searchEvents", `give either "after" or "page", not both`);
  const filter = bindFilter(options, context);
  const shape: PageShape = {
    sort: sort.field,
    descending: sort.descending,
    ghost: options.ghost === true,
    // Of a page far from the first, all rows before it are found too.
    texts: options.ghost !== true && skip === 0,
  };
  const read: DecodeEvent<IdeaEvent | string> = options.raw === true ? readEvent : recordToIdea;
  const request = { session, context, shape, filter, read, after, options, count: skip + limit + 1 };
  const [{ found, partitions }, total] = await Promise.all([
    pages.find(request),
    options.total === true ? countMatching(session, context, filter, options) : undefined,
  ]);
  const page = found.slice(skip, skip + limit);
  const hasMore = found.length > skip + limit;
  const last = page.at(-1);
  const events =
    options.ghost === true
      ? page.map(({ columns }) => recordToIdeaGhost(columns, context.catalogue))
      : await pages.read({ session, context, partitions, read, options }, page);
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
  throw argumentError(operation, `${name} is a whole number from 1 to ${most}, not ${String(value)}`);
}

interface Sort {
  readonly key: string;
  /** Name of the field that is sorted by. */
  readonly field: string;
  readonly descending: boolean;
}

/** The order of a search that names none. */
export function newest({ roles }: StoreTables): string {
  return `${roles.time.name}.desc`;
}

/** The order that a sort key names. @throws DataError for any other key */
export function checkSort(key: string, { roles: { time, stored } }: StoreTables): Sort {
  for (const field of [time, stored])
    for (const direction of ["desc", "asc"])
      if (key === `${field.name}.${direction}`)
        return { key, field: field.name, descending: direction === "desc" };
  throw new DataError(
    `there is no order "${key}"; use ${time.name}.desc, ${time.name}.asc, ${stored.name}.desc or ${stored.name}.asc`,
    { operation: "searchEvents" },
  );
}
