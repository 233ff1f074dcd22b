/**
 * Names of the tables of a store and of their indexes. All follow from the name of the searched table, so that no two stores share one; those of
 * a store of `events` are what scripts know: `event_json`, `event_ids`, `thresholds` …
 */
import type { Catalogue } from "./model.js";

/** The tables beside the searched one, and the sequence, by what they are for. */
export interface TableNames {
  readonly json: string;
  readonly ids: string;
  readonly hours: string;
  readonly rollups: string;
  readonly rollupHours: string;
  readonly topDays: string;
  readonly words: string;
  readonly thresholds: string;
  readonly thresholded: string;
  readonly versions: string;
  readonly sequence: string;
}

const EVENTS = "events";

const NAMES_OF_EVENTS: TableNames = {
  json: "event_json",
  ids: "event_ids",
  hours: "event_hours",
  rollups: "event_rollups",
  rollupHours: "event_rollup_hours",
  topDays: "event_top_days",
  words: "event_words",
  thresholds: "thresholds",
  thresholded: "events_thresholded",
  versions: "eventstore_schema",
  sequence: "event_seq",
};

/** Bytes of the longest name of PostgreSQL; it cuts longer ones, and two names that are cut may be the same. */
const MAX_BYTES = 63;
/** The longest ending of a derived name: `_thresholded_keyid_idx`, `_json_seq_idx_20240131`. */
const LONGEST_ENDING = 22;
/** The longest ending of the name of a partition. */
const PARTITION_ENDING = "_20240131".length;

/**
 * The names that go with a catalogue's table.
 *
 * @throws Error when the name is too long, or when one of the tables would be that of a store of `events`
 */
export function tableNames({ name: catalogue, table: { name } }: Catalogue): TableNames {
  if (name === EVENTS) return NAMES_OF_EVENTS;
  const most = MAX_BYTES - LONGEST_ENDING;
  if (name === "" || bytesOf(name) > most)
    throw new Error(
      `catalogue "${catalogue}": table.name has to have 1 to ${most} bytes, "${name}" does not`,
    );
  const names = namesBeside(name);
  const taken = new Set([EVENTS, ...allNames(NAMES_OF_EVENTS)]);
  const shared = [name, ...allNames(names)].find((candidate) => taken.has(candidate));
  if (shared === undefined) return names;
  throw new Error(
    `catalogue "${catalogue}": a store of the table "${name}" would have the table "${shared}", which is one of a store of "${EVENTS}"; ` +
      `choose another table.name`,
  );
}

function allNames(names: TableNames): readonly string[] {
  return Object.values<string>({ ...names });
}

function namesBeside(table: string): TableNames {
  return {
    json: `${table}_json`,
    ids: `${table}_ids`,
    hours: `${table}_hours`,
    rollups: `${table}_rollups`,
    rollupHours: `${table}_rollup_hours`,
    topDays: `${table}_top_days`,
    words: `${table}_words`,
    thresholds: `${table}_thresholds`,
    thresholded: `${table}_thresholded`,
    versions: `${table}_schema`,
    sequence: `${table}_seq`,
  };
}

/** Name of the index of a column; one that would be too long with the day of a partition after it is cut and gets a hash of the whole. */
export function indexName(table: string, column: string, ending: string): string {
  const name = `${table}_${column}_${ending}`;
  if (bytesOf(name) + PARTITION_ENDING <= MAX_BYTES) return name;
  const end = `_${hash(name)}_${ending}`;
  const room = MAX_BYTES - PARTITION_ENDING - end.length;
  let start = name;
  while (bytesOf(start) > room) start = start.slice(0, -1);
  return start + end;
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** FNV-1a with 32 bits, in base 36: tells the few columns of a table apart. */
function hash(text: string): string {
  let value = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) value = Math.imul(value ^ byte, 0x01000193) >>> 0;
  return value.toString(36);
}
