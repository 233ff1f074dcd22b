/** Searching: one page of events, with the key of the next. */
import type { FilterOptions } from "../../../compiler/compile.js";
import { identifier } from "../../../compiler/lower/fragment.js";
import { DataError } from "../../errors.js";
import type { Session } from "../../execute/session.js";
import { recordToIdea, type IdeaEvent } from "../../idea/idea-event.js";
import { ghostColumns, recordToIdeaGhost } from "../../idea/ghost.js";
import type { CallOptions } from "../../statement.js";
import { countMatching } from "../count.js";
import { dynamicStatement, required } from "../dynamic-statement.js";
import { bindFilter } from "../filter-argument.js";
import type { Layout } from "../layout.js";
import type { SearchOptions, SearchResult, SortKey } from "../types.js";
import type { Partition } from "./days.js";
import { decodeKey, encodeKey } from "./key.js";
import { findPage, type Found } from "./page.js";
import { jsonStatement, type PageShape } from "./statements.js";

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 10_000;

/** What the operations over events share. */
export interface StoreContext {
  readonly layout: Layout;
  readonly filterOptions: FilterOptions;
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
  };
  const after = options.after === undefined ? null : decodeKey(sort.key, options.after);
  const request = { session, shape, filter, after, options, count: skip + limit + 1 };
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
      : await readEvents(session, page, context.layout, partitions, options);
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

/** The events of a page from the JSON of their days; one that was deleted since is left out. */
async function readEvents(
  session: Session,
  page: readonly Found[],
  partitions: readonly Partition[],
  options: SearchOptions,
): Promise<readonly (IdeaEvent | string)[]> {
  const texts = await readJson(session, page, context, partitions, options);
  const stored = page.map(({ seq }) => texts.get(seq)).filter((text) => text !== undefined);
  return options.raw === true ? stored : stored.map(recordToIdea);
}

/** JSON text by seq. */
export async function readJson(
  session: Session,
  page: readonly Pick<Found, "seq" | "time">[],
  partitions: readonly Partition[],
  options: CallOptions,
): Promise<ReadonlyMap<string, string>> {
  const byPartition = new Map<string, string[]>();
  for (const { seq, time } of page) {
    const partition = partitions.find(({ day }) => day === null || (day.from <= time && time < day.to));
    if (!partition) continue;
    const seqs = byPartition.get(partition.json);
    if (seqs) seqs.push(seq);
    else byPartition.set(partition.json, [seq]);
  }
  const texts = new Map<string, string>();
  for (const [json, seqs] of byPartition) {
    const statement = dynamicStatement(jsonStatement({ json }), {
      operation: "searchEvents",
      cardinality: "many",
      decode: ([seq, event]): readonly [string, string] => [required(seq), required(event)],
    });
    for (const [seq, event] of await session.run(statement, [`{${seqs.join(",")}}`], options))
      texts.set(seq, event);
  }
  return texts;
}
