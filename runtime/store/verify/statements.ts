/** The statements that count what does not hold between the tables of a store, and that mend it. */
import { listedFields } from "../../../compiler/catalogue/columns.js";
import type { Catalogue } from "../../../compiler/catalogue/model.js";
import { DROPPED_VERSION, storeTables } from "../../../compiler/catalogue/tables.js";
import type { DaySpan } from "../../../compiler/schema/day.js";
import { identifier, stringLiteral } from "../../../compiler/sql/fragment.js";
import { sameEvent, storeNames } from "../../../compiler/sql/store-names.js";

/** A part of the events that is looked at in one statement: a partition of our own, or all that lies in the default partition. */
export interface CheckedSlice {
  readonly events: string;
  readonly json: string;
  /** Number and time of what the other half of a row may be: the same tables, and for the default partition those of other names too. */
  readonly allEvents: string;
  readonly allJson: string;
  readonly span: DaySpan | null;
}

/** SQL names of a store. */
interface Names {
  readonly hours: string;
  readonly ids: string;
  readonly id: string;
  readonly time: string;
  readonly rollupHours: string;
  readonly topDays: string;
}

function namesOf(catalogue: Catalogue): Names {
  const { hours, ids, roles, rollupHours, topDays } = storeTables(catalogue);
  return {
    hours: identifier(hours.name),
    ids: identifier(ids.name),
    id: identifier(roles.id.column),
    time: identifier(roles.time.column),
    rollupHours: identifier(rollupHours.name),
    topDays: identifier(topDays.name),
  };
}

/** Condition of the times of a slice. `$1` and `$2`: its bounds; for the default partition `$3` and `$4`: the starts and ends of the others. */
function inSlice(time: string): string {
  return (
    `case when $1::timestamptz is null then not exists (select 1 from unnest($3::timestamptz[], $4::timestamptz[]) as other (start, ending) ` +
    `where ${time} >= other.start and ${time} < other.ending) else ${time} >= $1 and ${time} < $2::timestamptz end`
  );
}

/** Hours of a slice whose counters differ from its rows. */
function wrongHours(names: Names, { allEvents, span }: CheckedSlice): string {
  const { hours, time } = names;
  const within = span === null ? ` where ${inSlice(time)}` : "";
  return (
    `counted as (select date_trunc('hour', ${time}, 'UTC') as hour, count(*) as n from ${allEvents} e${within} group by 1), ` +
    `kept as (select hour, sum(inserted - deleted) as n from ${hours} where ${inSlice("hour")} group by 1), ` +
    `wrong as (select hour, coalesce(c.n, 0) as n from counted c full join kept k using (hour) where coalesce(c.n, 0) <> coalesce(k.n, 0))`
  );
}

/** A table with the rows of others, as something to select from. */
export function withOthersText(columns: readonly string[], table: string, others: readonly string[]): string {
  if (others.length === 0) return table;
  const selects = [table, ...others.map(identifier)].map(
    (name) => `select ${columns.join(", ")} from ${name}`,
  );
  return `(${selects.join(" union all ")})`;
}

/** Counts the hours of a slice that are counted wrongly; `$1` to `$4`: its time. */
export function countWrongHoursText(catalogue: Catalogue, slice: CheckedSlice): string {
  return `with ${wrongHours(namesOf(catalogue), slice)} select count(*)::int as n from wrong`;
}

/** Counts these hours anew; `$1` to `$4`: the time of the slice. */
export function mendHoursText(catalogue: Catalogue, slice: CheckedSlice): string {
  const names = namesOf(catalogue);
  const { hours, rollupHours, topDays } = names;
  return (
    `with ${wrongHours(names, slice)}, ` +
    `rolled as (update ${rollupHours} set version = ${DROPPED_VERSION} where hour in (select hour from wrong)), ` +
    `listed as (delete from ${topDays} where day in (select date_trunc('day', hour, 'UTC') from wrong)), ` +
    // One shard takes the difference, so that no counter goes back.
    `mended as (insert into ${hours} as h (hour, shard, inserted, deleted) ` +
    `select w.hour, 0, greatest(w.n - k.n, 0), greatest(k.n - w.n, 0) from wrong w, ` +
    `lateral (select coalesce(sum(inserted - deleted), 0) as n from ${hours} o where o.hour = w.hour) k ` +
    `on conflict (hour, shard) do update set inserted = h.inserted + excluded.inserted, deleted = h.deleted + excluded.deleted) select`
  );
}

/** Counts the events of a slice whose identifier is not listed. */
export function countUnlistedText(catalogue: Catalogue, { events }: CheckedSlice): string {
  const { ids, id, time } = namesOf(catalogue);
  return (
    `select count(*)::int as n from ${events} e where not exists ` +
    `(select from ${ids} i where i.${id} = e.${id} and i.seq = e.seq and i.${time} = e.${time})`
  );
}

/** Lists them, but for those whose identifier is listed with another place. */
export function mendUnlistedText(catalogue: Catalogue, { events }: CheckedSlice): string {
  const { ids, id, time } = namesOf(catalogue);
  return `insert into ${ids} (${id}, ${time}, seq) select ${id}, ${time}, seq from ${events} on conflict (${id}) do nothing`;
}

/** Events of a slice whose identifier is listed with another place, and that place. */
export function listedElsewhereText(catalogue: Catalogue, { events }: CheckedSlice): string {
  const { ids, id, time } = namesOf(catalogue);
  return (
    `select e.${id} as id, e.seq::text as seq, e.${time}::text as at, i.seq::text as other_seq, i.${time}::text as other_at ` +
    `from ${events} e join ${ids} i on i.${id} = e.${id} where (i.seq, i.${time}) <> (e.seq, e.${time})`
  );
}

/** Whether there is an event at a place: `$1` its number, `$2` its time, by which the server locks one partition only. */
export function isStoredText(catalogue: Catalogue): string {
  const events = identifier(storeTables(catalogue).events.name);
  return `select exists (select 1 from ${events} where seq = $1::bigint and ${namesOf(catalogue).time} = $2::timestamptz) as found`;
}

/** Lists an event in the place of another: `$1` the identifier, `$2` and `$3` where the event is, `$4` the number of the other. */
export function takeOverText(catalogue: Catalogue): string {
  const { ids, id, time } = namesOf(catalogue);
  return `update ${ids} set seq = $2::bigint, ${time} = $3::timestamptz where ${id} = $1 and seq = $4::bigint`;
}

/** Counts the identifiers of a slice's time without an event; `$1` to `$4`: that time. */
export function countDanglingText(catalogue: Catalogue, slice: CheckedSlice): string {
  return `select count(*)::int as n ${dangling(catalogue, slice)}`;
}

/** Removes them. */
export function mendDanglingText(catalogue: Catalogue, slice: CheckedSlice): string {
  return `delete ${dangling(catalogue, slice)}`;
}

/**
 * Retention leaves identifiers of dropped days for the next refresh to sweep, and takes their counters at once: where an hour outside of all partitions
 * is not counted, nothing is wrong.
 */
function dangling(catalogue: Catalogue, { allEvents, span }: CheckedSlice): string {
  const { ids, hours, time } = namesOf(catalogue);
  const counted = ` and exists (select 1 from ${hours} h where h.hour = date_trunc('hour', i.${time}, 'UTC'))`;
  return (
    `from ${ids} i where ${inSlice(`i.${time}`)} ` +
    `and not exists (select 1 from ${allEvents} e where ${sameEvent(storeNames(catalogue), "e", "i")})${span === null ? counted : ""}`
  );
}

/** Counts the events of a slice without their JSON. */
export function countWithoutJsonText(catalogue: Catalogue, { events, allJson }: CheckedSlice): string {
  return `select count(*)::int as n from ${events} e where not exists (select 1 from ${allJson} j where ${sameEvent(storeNames(catalogue), "j", "e")})`;
}

/** Counts the JSON of a slice without its event. */
export function countOrphanedJsonText(catalogue: Catalogue, slice: CheckedSlice): string {
  return `select count(*)::int as n ${orphans(catalogue, slice)}`;
}

/** Takes these out, with their identifiers, and returns their bytes. */
export function takeOrphanedJsonText(catalogue: Catalogue, slice: CheckedSlice): string {
  const { ids, time } = namesOf(catalogue);
  return (
    `with taken as (delete ${orphans(catalogue, slice)} returning j.seq, j.${time} as at, j.event), ` +
    `freed as (delete from ${ids} i using taken t where i.seq = t.seq and i.${time} = t.at) select '\\x' || encode(event, 'hex') as event from taken`
  );
}

function orphans(catalogue: Catalogue, { allEvents, json }: CheckedSlice): string {
  return `from ${json} j where not exists (select 1 from ${allEvents} e where ${sameEvent(storeNames(catalogue), "e", "j")})`;
}

/** Counts the values of each listed field that are missing from its list. */
export function countUnlistedWordsText(catalogue: Catalogue, slice: CheckedSlice): readonly string[] {
  return wordTexts(catalogue, slice).map((text) => `select count(*)::int as n from (${text}) as missing`);
}

/** Lists them. */
export function mendWordsText(catalogue: Catalogue, slice: CheckedSlice): readonly string[] {
  return wordTexts(catalogue, slice).map(
    (text) => `insert into ${wordsTable(catalogue)} (field, value) ${text} on conflict do nothing`,
  );
}

function wordsTable(catalogue: Catalogue): string {
  return identifier(storeTables(catalogue).words.name);
}

function wordTexts(catalogue: Catalogue, { events }: CheckedSlice): readonly string[] {
  return listedFields(catalogue).map(({ name, column, list }) => {
    const values = list
      ? `select distinct x.v from ${events}, unnest(${identifier(column)}) as x (v)`
      : `select distinct ${identifier(column)} as v from ${events}`;
    const field = stringLiteral(name);
    return (
      `select ${field}, v from (${values}) as found where v is not null ` +
      `and not exists (select 1 from ${wordsTable(catalogue)} w where w.field = ${field} and w.value = v)`
    );
  });
}
