/** Copies the keys that are being thresholded, and the events that were withheld because of them. */
import type { EventStorage } from "../../../runtime/store/types.js";
import {
  closeText,
  COLUMN_NAMES,
  cursorText,
  fetchRowsText,
  insertLists,
  selectOrdered,
} from "./statements.js";
import { sourceError, type MentatSource } from "./source.js";

/** How many of each were copied; those that are there already stay as they are. */
export interface ThresholdCounts {
  readonly thresholds: number;
  readonly thresholded: number;
}

/** Rows sent at a time. */
const BLOCK = 2_000;

type Row = Readonly<Record<string, unknown>>;

/** Copies both tables, where the source has them. Times are naive UTC there. */
export async function copyThresholds(
  source: MentatSource,
  storage: EventStorage,
  signal: AbortSignal,
): Promise<ThresholdCounts> {
  const { thresholds, thresholded } = source.schema;
  const copied = (copy: TableCopy): Promise<number> => copyTable(source, storage, copy, signal);
  return {
    thresholds: thresholds === null ? 0 : await copied(keyCopy(thresholds, source)),
    thresholded: thresholded === null ? 0 : await copied(withheldCopy(thresholded, source)),
  };
}

/** One table: what is read, and the statement that takes a list for each of its columns. */
interface TableCopy {
  readonly select: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly into: string;
  readonly key: string;
}

const TIME = "timestamptz";

function keyCopy(table: string, { schema }: MentatSource): TableCopy {
  const columns = [
    { name: "id", type: "text" },
    ...["thresholdtime", "relapsetime", "ttltime"].map((name) => ({ name, type: TIME })),
    // The older schema has no labels of reports.
    ...(schema.thresholdsColumns.has("report_label") ? [{ name: "report_label", type: "text" }] : []),
  ];
  return {
    select: selectOrdered(selected(columns), table, "id"),
    columns,
    into: "thresholds",
    key: "id",
  };
}

function withheldCopy(table: string, { schema }: MentatSource): TableCopy {
  const columns = [
    ...["eventid", "keyid", "groupname", "eventseverity"].map((name) => ({ name, type: "text" })),
    { name: "createtime", type: TIME },
    // The older schema says nothing of targets and shadows.
    ...["istarget", "isshadow"]
      .filter((name) => schema.thresholdedColumns.has(name))
      .map((name) => ({ name, type: "boolean" })),
  ];
  return {
    select: selectOrdered(selected(columns), table, "eventid, keyid"),
    columns,
    into: "events_thresholded",
    key: "eventid, keyid",
  };
}

function selected(columns: TableCopy["columns"]): string {
  return columns
    .map(({ name, type }) => (type === TIME ? `(${name} at time zone 'UTC')::text as ${name}` : name))
    .join(", ");
}

async function copyTable(
  source: MentatSource,
  storage: EventStorage,
  copy: TableCopy,
  signal: AbortSignal,
): Promise<number> {
  const columns = await knownColumns(storage, copy);
  const insert = insertLists(copy.into, columns, copy.key);
  let copied = 0;
  const fetchBlock = async (): Promise<readonly Row[]> =>
    (await source.client.query<Row>(fetchRowsText("copied_rows", BLOCK))).rows;
  try {
    await source.client.query(cursorText("copied_rows", copy.select));
    for (let rows = await fetchBlock(); rows.length > 0; rows = await fetchBlock()) {
      const values = columns.map(({ name }) => rows.map((row) => row[name]));
      const { rowCount } = await storage.transaction((within) => within.query(insert, values), { signal });
      copied += rowCount;
    }
    await source.client.query(closeText("copied_rows"));
  } catch (error) {
    throw isOfSource(error) ? sourceError(error) : error;
  }
  return copied;
}

/** Errors of the driver that did not go through the store's own classes. */
const isOfSource = (error: unknown): boolean => error instanceof Error && !("operation" in error);

/** The columns that the target has, too. */
async function knownColumns(storage: EventStorage, copy: TableCopy): Promise<TableCopy["columns"]> {
  const { rows } = await storage.transaction((within) => within.query(COLUMN_NAMES, [copy.into]));
  const known = new Set(rows.map(({ attname }) => String(attname)));
  return copy.columns.filter(({ name }) => known.has(name));
}
