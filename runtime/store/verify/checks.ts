/** What has to hold between the tables of a store: one check each, which counts what is wrong and says how it is mended. */
import { listedFields } from "../../../compiler/catalogue/columns.js";
import type { Catalogue } from "../../../compiler/catalogue/model.js";
import { DROPPED_VERSION, storeTables } from "../../../compiler/catalogue/tables.js";
import { dayStart, partitionName, type DaySpan } from "../../../compiler/schema/day.js";
import { identifier, stringLiteral } from "../../../compiler/sql/fragment.js";
import type { Session } from "../../postgres/session.js";

/** A part of the events that is looked at in one statement: a partition of our own, or all that lies in the default partition. */
export interface Slice {
  readonly events: string;
  readonly json: string;
  readonly span: DaySpan | null;
}

/** The slices of a store with partitions of these spans. */
export function slicesOf(catalogue: Catalogue, spans: readonly DaySpan[]): readonly Slice[] {
  const { events, json } = storeTables(catalogue);
  return [...spans, null].map((span) => ({
    events: identifier(partitionName(events.name, span)),
    json: identifier(partitionName(json.name, span)),
    span,
  }));
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

/** Values of `$1` to `$4`: the bounds of a slice, or for the default partition those of all others, their starts and their ends. */
function sliceValues({ span }: Slice, spans: readonly DaySpan[]): readonly unknown[] {
  const at = (day: number): string => dayStart(day).toISOString();
  return span === null
    ? [null, null, spans.map(({ from }) => at(from)), spans.map(({ to }) => at(to))]
    : [dayStart(span.from), dayStart(span.to), null, null];
}

/** Condition of the times of a slice, with {@link sliceValues}. */
function inSlice(time: string): string {
  return (
    `case when $1::timestamptz is null then not exists (select from unnest($3::timestamptz[], $4::timestamptz[]) as other (start, ending) ` +
    `where ${time} >= other.start and ${time} < other.ending) else ${time} >= $1 and ${time} < $2::timestamptz end`
  );
}

/** Hours of a slice whose counters differ from its rows. */
function wrongHours(names: Names, { events }: Slice): string {
  const { hours, time } = names;
  return (
    `counted as (select date_trunc('hour', ${time}, 'UTC') as hour, count(*) as n from ${events} group by 1), ` +
    `kept as (select hour, sum(inserted - deleted) as n from ${hours} where ${inSlice("hour")} group by 1), ` +
    `wrong as (select hour, coalesce(c.n, 0) as n from counted c full join kept k using (hour) where coalesce(c.n, 0) <> coalesce(k.n, 0))`
  );
}

/** How many hours of a slice are counted wrongly. */
export async function countWrongHours(
  session: Session,
  catalogue: Catalogue,
  slice: Slice,
  spans: readonly DaySpan[],
): Promise<number> {
  const text = `with ${wrongHours(namesOf(catalogue), slice)} select count(*)::int as n from wrong`;
  return readCount(session, text, sliceValues(slice, spans));
}

/** Counts these hours anew. What was computed from the old counts is computed again by the next refresh. */
export async function mendHours(
  session: Session,
  catalogue: Catalogue,
  slice: Slice,
  spans: readonly DaySpan[],
): Promise<void> {
  const names = namesOf(catalogue);
  const { hours, rollupHours, topDays } = names;
  await session.query(
    `with ${wrongHours(names, slice)}, ` +
      `rolled as (update ${rollupHours} set version = ${DROPPED_VERSION} where hour in (select hour from wrong)), ` +
      `listed as (delete from ${topDays} where day in (select date_trunc('day', hour, 'UTC') from wrong)), ` +
      // One shard takes the difference, so that no counter goes back.
      `mended as (insert into ${hours} as h (hour, shard, inserted, deleted) ` +
      `select w.hour, 0, greatest(w.n - k.n, 0), greatest(k.n - w.n, 0) from wrong w, ` +
      `lateral (select coalesce(sum(inserted - deleted), 0) as n from ${hours} o where o.hour = w.hour) k ` +
      `on conflict (hour, shard) do update set inserted = h.inserted + excluded.inserted, deleted = h.deleted + excluded.deleted) select`,
    sliceValues(slice, spans),
  );
}

/** Events of a slice whose identifier is not listed, so that it could be given away again. */
export async function countUnlisted(
  session: Session,
  catalogue: Catalogue,
  { events }: Slice,
): Promise<number> {
  const { ids, id, time } = namesOf(catalogue);
  return readCount(
    session,
    `select count(*)::int as n from ${events} e where not exists ` +
      `(select from ${ids} i where i.${id} = e.${id} and i.seq = e.seq and i.${time} = e.${time})`,
  );
}

/** Lists them. An identifier that is listed for another event stays with that one. */
export async function mendUnlisted(session: Session, catalogue: Catalogue, { events }: Slice): Promise<void> {
  const { ids, id, time } = namesOf(catalogue);
  await session.query(
    `insert into ${ids} as i (${id}, ${time}, seq) select ${id}, ${time}, seq from ${events} ` +
      `on conflict (${id}) do update set ${time} = excluded.${time}, seq = excluded.seq ` +
      `where not exists (select from ${identifier(storeTables(catalogue).events.name)} e where e.seq = i.seq and e.${time} = i.${time})`,
  );
}

/** Identifiers of a slice's time without an event: left by a day that went by hand. */
export async function countDangling(
  session: Session,
  catalogue: Catalogue,
  slice: Slice,
  spans: readonly DaySpan[],
): Promise<number> {
  return readCount(
    session,
    `select count(*)::int as n ${dangling(catalogue, slice)}`,
    sliceValues(slice, spans),
  );
}

/** Removes them. */
export async function mendDangling(
  session: Session,
  catalogue: Catalogue,
  slice: Slice,
  spans: readonly DaySpan[],
): Promise<void> {
  await session.query(`delete ${dangling(catalogue, slice)}`, sliceValues(slice, spans));
}

function dangling(catalogue: Catalogue, { events }: Slice): string {
  const { ids, time } = namesOf(catalogue);
  return (
    `from ${ids} i where ${inSlice(`i.${time}`)} ` +
    `and not exists (select from ${events} e where e.seq = i.seq and e.${time} = i.${time})`
  );
}

/** Events of a slice without their JSON. */
export async function countWithoutJson(
  session: Session,
  catalogue: Catalogue,
  slice: Slice,
): Promise<number> {
  const { time } = namesOf(catalogue);
  return readCount(
    session,
    `select count(*)::int as n from ${slice.events} e where not exists (select from ${slice.json} j where j.seq = e.seq and j.${time} = e.${time})`,
  );
}

/** JSON of a slice without its event in the searched table. */
export async function countOrphanedJson(
  session: Session,
  catalogue: Catalogue,
  slice: Slice,
): Promise<number> {
  return readCount(session, `select count(*)::int as n ${orphans(catalogue, slice)}`);
}

/** Takes these out, with their identifiers, and gives their bytes, for storing them again. */
export async function takeOrphanedJson(
  session: Session,
  catalogue: Catalogue,
  slice: Slice,
): Promise<readonly string[]> {
  const { ids, time } = namesOf(catalogue);
  const { rows } = await session.query(
    `with taken as (delete ${orphans(catalogue, slice)} returning j.seq, j.${time} as at, j.event), ` +
      `freed as (delete from ${ids} i using taken t where i.seq = t.seq and i.${time} = t.at) select '\\x' || encode(event, 'hex') as event from taken`,
  );
  return rows.map((row) => String(row["event"]));
}

function orphans(catalogue: Catalogue, { events, json }: Slice): string {
  const { time } = namesOf(catalogue);
  return `from ${json} j where not exists (select from ${events} e where e.seq = j.seq and e.${time} = j.${time})`;
}

/** Values of listed fields that are missing from their lists, so that searches would not find them. */
export async function countUnlistedWords(
  session: Session,
  catalogue: Catalogue,
  slice: Slice,
): Promise<number> {
  let missing = 0;
  for (const text of wordTexts(catalogue, slice))
    missing += await readCount(session, `select count(*)::int as n from (${text}) as missing`);
  return missing;
}

/** Lists them. */
export async function mendWords(session: Session, catalogue: Catalogue, slice: Slice): Promise<void> {
  for (const text of wordTexts(catalogue, slice))
    await session.query(`insert into ${wordsTable(catalogue)} (field, value) ${text} on conflict do nothing`);
}

function wordsTable(catalogue: Catalogue): string {
  return identifier(storeTables(catalogue).words.name);
}

function wordTexts(catalogue: Catalogue, { events }: Slice): readonly string[] {
  return listedFields(catalogue).map(({ name, column, list }) => {
    const values = list
      ? `select distinct x.v from ${events}, unnest(${identifier(column)}) as x (v)`
      : `select distinct ${identifier(column)} as v from ${events}`;
    const field = stringLiteral(name);
    return (
      `select ${field}, v from (${values}) as found where v is not null ` +
      `and not exists (select from ${wordsTable(catalogue)} w where w.field = ${field} and w.value = v)`
    );
  });
}

async function readCount(session: Session, text: string, values: readonly unknown[] = []): Promise<number> {
  // A parameter that a text does not name has no type for the server.
  const used = values.filter((_, at) => text.includes(`$${at + 1}`));
  const { rows } = await session.query(text, used, { operation: "verify" });
  return Number(rows[0]?.["n"] ?? 0);
}
