/** The counts of a timeline, bucket by bucket: from the counters, the roll-ups, or a scan of the events. */
import type { StoredField } from "../../../compiler/catalogue/model.js";
import type { TimeBounds } from "../../../compiler/time-bounds.js";
import { formatMicros, type Micros } from "../../../compiler/values/time.js";
import type { Session } from "../../postgres/session.js";
import type { CallOptions } from "../../postgres/statement.js";
import type { StoreContext } from "../context.js";
import type { BoundFilter } from "../filter-argument.js";
import { sliceLimits, overSlices, slicesOf, type Slice } from "../slices/slices.js";
import { withStaleRows } from "../slices/stale-rows.js";
import type { AggregateRow } from "../types/dashboards.js";
import { MICROS_PER_HOUR } from "../../../compiler/values/civil.js";
import { combinedSlots, type CombinedSlots } from "./combined.js";
import { columnsOfFields, decodeValue, type CountedField } from "./field-values.js";
import { addTallies, MAX_TALLIED, topTallies } from "./tallies.js";
import { STALE_DAYS, WHOLE_BUCKET } from "./timeline-statements.js";

/** What is counted. */
export interface CellRequest {
  readonly axis: StoredField;
  /** The fields that each bucket is split by. */
  readonly fields: readonly CountedField[];
  readonly filter: BoundFilter;
  /** Most values of a field that are told apart. */
  readonly limit: number;
  /** The boundaries of the buckets, ascending. */
  readonly marks: readonly Micros[];
}

/** A count of a bucket. */
export interface Cell {
  /** Position of the field that the bucket is split by, from 0. */
  readonly panel: number;
  /** Position of the bucket, from 0. */
  readonly bucket: number;
  readonly value: AggregateRow["value"];
  /** Position of the value in the order of totals, from 1; 0 for the remainder, {@link WHOLE_BUCKET} for the events of the bucket. */
  readonly rank: number;
  readonly count: number;
}

/** The counts that are not 0. */
export async function countCells(
  session: Session,
  context: StoreContext,
  request: CellRequest,
  options: CallOptions,
): Promise<readonly Cell[]> {
  const { axis, fields, filter, marks } = request;
  const isOfHours =
    axis.name === context.tables.roles.time.name && marks.every((mark) => mark % MICROS_PER_HOUR === 0n);
  const isCounted = context.catalogue.table.plain === undefined;
  const isRolled =
    isCounted && isOfHours && filter.matchesAll && fields.every(({ rollup }) => rollup === "all");
  const combined =
    isOfHours && !filter.matchesAll ? await combinedSlots(session, context, filter, options) : null;
  const rows =
    (combined && (await combinedRows(session, context, { ...request, combined }, options))) ??
    (await cellRows(session, context, { ...request, isRolled }, options));
  // Written out: for the buckets of a year, to spread their rows takes longer than the server for all of it.
  return rows.map(({ panel, bucket, value, rank, count }) => ({
    panel,
    bucket: bucket - 1,
    value: decodeValue(value, fields[panel]?.type ?? "text"),
    rank,
    count,
  }));
}

/** A row of a statement: buckets are numbered from 1. */
interface CellRow {
  readonly panel: number;
  readonly bucket: number;
  readonly value: string | null;
  readonly rank: number;
  readonly count: number;
}

/** Rows as those of a panel. */
const ofPanel =
  (panel: number) =>
  ({ bucket, value, rank, count }: Omit<CellRow, "panel">): CellRow => ({
    panel,
    bucket,
    value,
    rank,
    count,
  });

async function cellRows(
  session: Session,
  context: StoreContext,
  request: CellRequest & { readonly isRolled: boolean },
  options: CallOptions,
): Promise<readonly CellRow[]> {
  if (request.fields.length === 0) {
    if (!request.isRolled) return scannedRows(session, context, request, options);
    const rows = await context.connect(session).timelineHours(spanOf(request), options);
    return rows.map(ofPanel(0));
  }
  return (
    (request.isRolled ? await rolledRows(session, context, request, options) : null) ??
    splitRows(session, context, request, options)
  );
}

function spanOf({ marks }: CellRequest) {
  const times = marks.map(formatMicros);
  return { from: times[0]!, to: times.at(-1)!, marks: times };
}

/** The slices of the events within the timeline. */
function slicesOfTimeline(
  session: Session,
  context: StoreContext,
  { axis, filter, marks }: CellRequest,
  options: CallOptions,
): Promise<readonly [Slice, ...Slice[]]> {
  const [first, last] = [marks[0], marks.at(-1)];
  const isPartitioned = axis.name === context.tables.roles.time.name;
  const bounds = (field: string): TimeBounds => {
    const { from, to } = filter.bounds(field);
    if (!isPartitioned || first === undefined || last === undefined) return { from, to };
    return {
      from: from === null || from < first ? first : from,
      to: to === null || to > last ? last : to,
    };
  };
  return slicesOf(session, context, { slot: filter.slot, bounds }, options);
}

async function scannedRows(
  session: Session,
  context: StoreContext,
  request: CellRequest,
  options: CallOptions,
): Promise<readonly CellRow[]> {
  const slices = await slicesOfTimeline(session, context, request, options);
  const parts = await overSlices(slices, options, ({ client, filter }, left) =>
    client.timelineRows({ filter, axis: request.axis.name }, spanOf(request), left),
  );
  const rows = parts.flat().map(ofPanel(0));
  return parts.length === 1 ? rows : wholeBuckets(rows);
}

/** The events of each bucket, which several slices may have a part of. */
function wholeBuckets(rows: readonly CellRow[]): readonly CellRow[] {
  const counts = new Map<number, number>();
  for (const { bucket, rank, count } of rows)
    if (rank === WHOLE_BUCKET) counts.set(bucket, (counts.get(bucket) ?? 0) + count);
  return [...counts].map(([bucket, count]) => ({
    panel: 0,
    bucket,
    value: null,
    rank: WHOLE_BUCKET,
    count,
  }));
}

async function rolledRows(
  session: Session,
  context: StoreContext,
  request: CellRequest,
  options: CallOptions,
): Promise<readonly CellRow[] | null> {
  const params = { ...spanOf(request), limit: request.limit };
  const cells: CellRow[] = [];
  for (const [panel, { name }] of request.fields.entries()) {
    const own = await withStaleRows(session, context, options, async (client, rows, left) => {
      const found = await client.timelineRollups({ dimension: name, items: name, rows }, params, left);
      return {
        result: found.filter(({ rank }) => rank !== STALE_DAYS),
        staleDays: found.find(({ rank }) => rank === STALE_DAYS)?.value ?? null,
      };
    });
    if (own === null) return null;
    cells.push(...own.map(ofPanel(panel)));
  }
  return cells;
}

/** From the counts by combination; null where these can't tell all of the fields, or a scan does better. */
async function combinedRows(
  session: Session,
  context: StoreContext,
  { combined, ...request }: CellRequest & { readonly combined: CombinedSlots },
  options: CallOptions,
): Promise<readonly CellRow[] | null> {
  const { fields, limit } = request;
  if (!fields.every(({ parts }) => parts.length === 1 && parts[0]?.combined === true)) return null;
  const span = spanOf(request);
  const cells: CellRow[] = [];
  for (const [panel, name] of fields.length === 0
    ? [[0, null] as const]
    : fields.map((f, at) => [at, f.name] as const)) {
    const own = await withStaleRows(session, context, options, async (client, rows, left) => {
      const slots = { ...combined, rows };
      const found =
        name === null
          ? await client.timelineCombinations(slots, span, left)
          : await client.timelineSplitCombinations({ ...slots, items: name }, { ...span, limit }, left);
      const stale = found.find(({ rank }) => rank === STALE_DAYS);
      const isWhole = stale?.count === 0;
      return {
        result: isWhole ? found.filter(({ rank }) => rank !== STALE_DAYS) : null,
        staleDays: isWhole ? stale.value : null,
      };
    });
    if (own === null) return null;
    cells.push(...own.map(ofPanel(panel)));
  }
  return cells;
}

/** The columns that the fields need, each once, and a count of each field. */
function panelSlots(fields: readonly CountedField[]) {
  return {
    columns: columnsOfFields(fields),
    panels: fields.map(({ name }, number) => ({ part: "panel" as const, number, items: name })),
  };
}

async function splitRows(
  session: Session,
  context: StoreContext,
  request: CellRequest,
  options: CallOptions,
): Promise<readonly CellRow[]> {
  const { axis, fields, filter, limit } = request;
  const slots = { axis: axis.name, ...panelSlots(fields) };
  const slices = await slicesOfTimeline(session, context, request, options);
  if (slices.length > 1) {
    const params = { ...spanOf(request), limit: MAX_TALLIED };
    const parts = await overSlices(slices, options, (slice, left) =>
      slice.client.timelineSplitRows({ ...slots, filter: slice.filter }, params, left),
    );
    const merged = await mergeSplit(parts, request, slices[0].client, sliceLimits(options));
    if (merged !== null) return merged;
  }
  const params = { ...spanOf(request), limit };
  return context.connect(session).timelineSplitRows({ ...slots, filter: filter.slot }, params, options);
}

/** The rows of all slices as those of one statement; null where there are too many different values. */
async function mergeSplit(
  parts: readonly (readonly CellRow[])[],
  { fields, limit }: CellRequest,
  client: Slice["client"],
  options: CallOptions,
): Promise<readonly CellRow[] | null> {
  const merged: CellRow[] = [...wholeBuckets(parts.flat())];
  for (const [panel, { name }] of fields.entries()) {
    const cells = parts.map((part) => part.filter((row) => row.panel === panel && row.rank !== WHOLE_BUCKET));
    if (cells.some((part) => part.some(({ rank }) => rank === 0))) return null;
    const sums = addTallies(cells);
    if (sums === null) return null;
    const tops = await topTallies(sums, limit, name, client, options);
    const ranks = new Map(tops.map(({ value }, position) => [value, position + 1]));
    merged.push(...rankedCells(cells.flat(), panel, ranks));
  }
  return merged;
}

/** The cells of a field with the ranks of its values; those of values without one are the remainder of their bucket. */
function rankedCells(
  cells: readonly CellRow[],
  panel: number,
  ranks: ReadonlyMap<string | null, number>,
): Iterable<CellRow> {
  const counts = new Map<string, CellRow>();
  for (const { bucket, value, count } of cells) {
    const rank = ranks.get(value) ?? 0;
    const key = `${bucket} ${rank}`;
    const before = counts.get(key)?.count ?? 0;
    counts.set(key, { panel, bucket, value: rank === 0 ? null : value, rank, count: before + count });
  }
  return counts.values();
}
