/** The statements of the legacy search parameters: a caller gets their texts and runs them with `query`. */
import type { Catalogue } from "../../../compiler/catalogue/model.js";
import { storeTables } from "../../../compiler/catalogue/tables.js";
import { indexCatalogue } from "../../../compiler/catalogue/lookup.js";
import { identifier } from "../../../compiler/sql/fragment.js";
import { storeNames } from "../../../compiler/sql/store-names.js";
import { ghostColumns } from "../../events/ghost.js";
import { deleteText } from "../retention/statements.js";
import { itemsSlot } from "../rollups/field-statements.js";

/** What the statements are made of. Expressions are placeholders, of values that a caller has already. */
export interface LegacyParts {
  readonly catalogue: Catalogue;
  /** The condition of the parameters. */
  readonly condition: string;
}

/** Which part of the matching events, in which order. */
export interface LegacyPage {
  readonly field: string;
  readonly direction: "asc" | "desc";
  /** Placeholders; null for none. */
  readonly limit: string | null;
  readonly offset: string | null;
}

/** Events by their columns and JSON. */
export function selectText(parts: LegacyParts, page: LegacyPage): string {
  const { json, id, time } = storeNames(parts.catalogue);
  const event = `(select j.event from ${json} j where j.seq = hit.seq and j.${time} = hit.${time})`;
  return `select hit.${id}, ${event} as event from (${pageText(parts, "*", page)}) as hit ${orderText(parts, page)}`;
}

/** Events by their columns alone. */
export function selectGhostText(parts: LegacyParts, page: LegacyPage): string {
  return pageText(parts, ghostColumns(parts.catalogue).map(identifier).join(", "), page);
}

/** The order of a page; that of a subquery is none of its own to a distributed server. */
function orderText({ catalogue }: LegacyParts, { field, direction }: LegacyPage): string {
  const { id, time } = storeNames(catalogue);
  const sorted = indexCatalogue(catalogue).fields.get(field);
  const column = sorted?.kind === "stored" ? identifier(sorted.column) : time;
  return `order by ${column} ${direction}, ${id} ${direction}`;
}

function pageText(parts: LegacyParts, columns: string, page: LegacyPage): string {
  const { limit, offset } = page;
  return (
    `select ${columns} from ${storeNames(parts.catalogue).events} where ${parts.condition} ${orderText(parts, page)}` +
    (limit === null ? "" : ` limit ${limit}`) +
    (offset === null ? "" : ` offset ${offset}`)
  );
}

/** How many match. */
export function countText({ catalogue, condition }: LegacyParts): string {
  return `select count(*) from ${storeNames(catalogue).events} where ${condition}`;
}

/** Deletes what matches, in all tables. */
export function legacyDeleteText({ catalogue, condition }: LegacyParts): string {
  return deleteText(catalogue, condition);
}

/** Events by the values of a field, all of them where there is no limit. */
export function aggregateText(
  { catalogue, condition }: LegacyParts,
  field: string,
  limit: string | null,
): string {
  const items = itemsSlot(catalogue).texts[field] ?? "";
  return (
    `select u.v as set, count(*) as count from (select * from ${storeNames(catalogue).events} where ${condition}) as e ` +
    `left join lateral ${items} as u(v) on true group by u.v order by count(*) desc, u.v nulls last` +
    (limit === null ? "" : ` limit ${limit}`)
  );
}

/** The axis of a timeline, and what its buckets are split by. Expressions are placeholders. */
export interface LegacyAxis {
  readonly step: string;
  /** Start of the first bucket; null where the events say it. */
  readonly from: string | null;
  /** End, which belongs to the last bucket; null where the events say it. */
  readonly to: string | null;
  /** Name of a field whose values are told apart. */
  readonly field: string | null;
  /** Most values; null for all. */
  readonly limit: string | null;
}

/**
 * Events by time, in steps of one length from the start of the axis, with the buckets that have none: `bucket, count`, or `bucket, set, count` for
 * each value of a field, the most frequent first.
 */
export function timelineText({ catalogue, condition }: LegacyParts, axis: LegacyAxis): string {
  const { events, time } = storeNames(catalogue);
  const { step, from, to, field, limit } = axis;
  const first = from ?? `date_bin(${step}, oldest, timestamptz '2000-01-01 00:00:00Z')`;
  // An end is no start of a bucket, but an event of that instant is one of the last.
  const last = to === null ? `newest` : `greatest(${first}, ${to} - interval '1 microsecond')`;
  const parts = [
    `hits as materialized (select * from ${events} where ${condition})`,
    `span as (select ${first} as first, ${last} as last from (select min(${time}) as oldest, max(${time}) as newest from hits) as ends)`,
    `buckets as materialized (select generate_series(first, last, ${step}) as bucket from span)`,
    `placed as (select e.*, least(date_bin(${step}, e.${time}, span.first), (select max(bucket) from buckets)) as bucket from hits as e cross join span)`,
  ];
  if (field === null) {
    const tally = `tally as (select bucket, count(*) as n from placed group by bucket)`;
    return (
      `with ${[...parts, tally].join(", ")} ` +
      `select bucket, coalesce(n, 0) as count from buckets left join tally using (bucket) order by bucket`
    );
  }
  const items = itemsSlot(catalogue).texts[field] ?? "";
  parts.push(
    `tally as materialized (select bucket, u.v, count(*) as n from placed as e left join lateral ${items} as u(v) on true group by bucket, u.v)`,
    `tops as (select v, sum(n) as total from tally group by v order by total desc, v nulls last${limit === null ? "" : ` limit ${limit}`})`,
  );
  return (
    `with ${parts.join(", ")} select buckets.bucket, tops.v as set, coalesce(tally.n, 0) as count from buckets cross join tops ` +
    `left join tally on tally.bucket = buckets.bucket and tally.v is not distinct from tops.v ` +
    `order by buckets.bucket, tops.total desc, tops.v nulls last`
  );
}

/** The field that a search is sorted by when nothing is said. */
export function legacySortField(catalogue: Catalogue): string {
  return storeTables(catalogue).roles.time.name;
}
