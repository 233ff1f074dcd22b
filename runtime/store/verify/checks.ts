/** What has to hold between the tables of a store: one check each, which counts what is wrong and says how it is mended. */
import type { Catalogue } from "../../../compiler/catalogue/model.js";
import { storeTables } from "../../../compiler/catalogue/tables.js";
import { dayStart, partitionName, type DaySpan } from "../../../compiler/schema/day.js";
import { identifier } from "../../../compiler/sql/fragment.js";
import { storeNames } from "../../../compiler/sql/store-names.js";
import type { Session } from "../../postgres/session.js";
import type { PartitionState } from "./partitions.js";
import * as texts from "./statements.js";
import type { CheckedSlice } from "./statements.js";

export type { CheckedSlice } from "./statements.js";

/**
 * The slices of a store with partitions of these spans.
 *
 * @param unpaired partitions without the other half: where there are such, an event of the default partition may have its own in one of them
 */
export function checkedSlices(
  catalogue: Catalogue,
  spans: readonly DaySpan[],
  unpaired: PartitionState["unpaired"],
): readonly CheckedSlice[] {
  const { events, json } = storeTables(catalogue);
  const { eventKey, time } = storeNames(catalogue);
  const columns = [...new Set([...eventKey, time])];
  return [...spans, null].map((span) => {
    const own = {
      events: identifier(partitionName(events.name, span)),
      json: identifier(partitionName(json.name, span)),
    };
    const isDefault = span === null;
    return {
      ...own,
      allEvents: texts.withOthersText(columns, own.events, isDefault ? unpaired.events : []),
      allJson: texts.withOthersText(columns, own.json, isDefault ? unpaired.json : []),
      span,
    };
  });
}

/** Values of `$1` to `$4`: the bounds of a slice, or for the default partition those of all others, their starts and their ends. */
function sliceValues({ span }: CheckedSlice, spans: readonly DaySpan[]): readonly unknown[] {
  const at = (day: number): string => dayStart(day).toISOString();
  return span === null
    ? [null, null, spans.map(({ from }) => at(from)), spans.map(({ to }) => at(to))]
    : [dayStart(span.from), dayStart(span.to), null, null];
}

/** How many hours of a slice are counted wrongly. */
export async function countWrongHours(
  session: Session,
  catalogue: Catalogue,
  slice: CheckedSlice,
  spans: readonly DaySpan[],
): Promise<number> {
  return readCount(session, texts.countWrongHoursText(catalogue, slice), sliceValues(slice, spans));
}

/** Counts these hours anew. What was computed from the old counts is computed again by the next refresh. */
export async function mendHours(
  session: Session,
  catalogue: Catalogue,
  slice: CheckedSlice,
  spans: readonly DaySpan[],
): Promise<void> {
  await session.query(texts.mendHoursText(catalogue, slice), sliceValues(slice, spans));
}

/** Events of a slice whose identifier is not listed, so that it could be given away again. */
export async function countUnlisted(
  session: Session,
  catalogue: Catalogue,
  slice: CheckedSlice,
): Promise<number> {
  return readCount(session, texts.countUnlistedText(catalogue, slice));
}

/** Lists them. An identifier that is listed for another event stays with that one. */
export async function mendUnlisted(
  session: Session,
  catalogue: Catalogue,
  slice: CheckedSlice,
): Promise<void> {
  await session.query(texts.mendUnlistedText(catalogue, slice));
  const { rows } = await session.query(texts.listedElsewhereText(catalogue, slice));
  for (const { id, seq, at, other_seq: otherSeq, other_at: otherAt } of rows) {
    const { rows: there } = await session.query(texts.isStoredText(catalogue), [otherSeq, otherAt]);
    if (there[0]?.["found"] !== true)
      await session.query(texts.takeOverText(catalogue), [id, seq, at, otherSeq]);
  }
}

/** Identifiers of a slice's time without an event: left by a day that went by hand. */
export async function countDangling(
  session: Session,
  catalogue: Catalogue,
  slice: CheckedSlice,
  spans: readonly DaySpan[],
): Promise<number> {
  return readCount(session, texts.countDanglingText(catalogue, slice), sliceValues(slice, spans));
}

/** Removes them. */
export async function mendDangling(
  session: Session,
  catalogue: Catalogue,
  slice: CheckedSlice,
  spans: readonly DaySpan[],
): Promise<void> {
  await session.query(texts.mendDanglingText(catalogue, slice), sliceValues(slice, spans));
}

/** Events of a slice without their JSON. */
export async function countWithoutJson(
  session: Session,
  catalogue: Catalogue,
  slice: CheckedSlice,
): Promise<number> {
  return readCount(session, texts.countWithoutJsonText(catalogue, slice));
}

/** JSON of a slice without its event in the searched table. */
export async function countOrphanedJson(
  session: Session,
  catalogue: Catalogue,
  slice: CheckedSlice,
): Promise<number> {
  return readCount(session, texts.countOrphanedJsonText(catalogue, slice));
}

/** Takes these out, with their identifiers, and gives their bytes, for storing them again. */
export async function takeOrphanedJson(
  session: Pick<Session, "query">,
  catalogue: Catalogue,
  slice: CheckedSlice,
): Promise<readonly string[]> {
  const { rows } = await session.query(texts.takeOrphanedJsonText(catalogue, slice));
  return rows.map((row) => String(row["event"]));
}

/** Values of listed fields that are missing from their lists, so that searches would not find them. */
export async function countUnlistedWords(
  session: Session,
  catalogue: Catalogue,
  slice: CheckedSlice,
): Promise<number> {
  let missing = 0;
  for (const text of texts.countUnlistedWordsText(catalogue, slice))
    missing += await readCount(session, text);
  return missing;
}

/** Lists them. */
export async function mendWords(session: Session, catalogue: Catalogue, slice: CheckedSlice): Promise<void> {
  for (const text of texts.mendWordsText(catalogue, slice)) await session.query(text);
}

async function readCount(session: Session, text: string, values: readonly unknown[] = []): Promise<number> {
  // A parameter that a text does not name has no type for the server.
  const used = values.filter((_, at) => text.includes(`$${at + 1}`));
  const { rows } = await session.query(text, used, { operation: "verify" });
  return Number(rows[0]?.["n"] ?? 0);
}
