/**
 * The SQL of a search: the bounded recent scan, and the days by their indexes.
 *
 * Why not one plain ordered statement: the planner takes every filter for common and walks the time index, which for a rare address reads
 * whole days (1.9 s at a million events). So dense filters are answered by a walk over the newest rows that stops after a bounded number, and
 * all others day by day with an order that no index has. One statement does both: what the walk makes needless is planned, but never run.
 *
 * The first row is the version of the partitions and the number of hits of a walk that was gathered, with null for the rest; the others are
 * hits: null, the number of their table, the JSON, id, seq, partitioning time, value of the sort column, further columns. Those of the days come
 * in order and fill the page at most; those outside the days come after them.
 */
import { searchedColumns } from "../../../compiler/catalogue/columns.js";
import type { Catalogue } from "../../../compiler/catalogue/model.js";
import { storeTables } from "../../../compiler/catalogue/tables.js";
import { identifier } from "../../../compiler/sql/fragment.js";
import {
  catalogType,
  column,
  nullable,
  operation,
  parameter,
  type OperationColumn,
  type OperationSpec,
} from "../../../compiler/sql/operation.js";
import { choice, each, INSTANT, NUMBER, TABLE } from "../../../compiler/sql/slots.js";
import { storeNames, type StoreNames } from "../../../compiler/sql/store-names.js";
import type { SlotSpecs, SlotValues, TemplateSpec } from "../../../compiler/sql/template.js";
import { ghostColumns } from "../../events/ghost.js";
import { partitionsVersion } from "./partition-statements.js";

/** Rows that the recent scan reads: some milliseconds of work at most. */
export const RECENT_ROWS = 5000;
/** Rows that tell whether the walk is worth its time: a filter that few of the newest rows meet is left to the indexes at once. */
const PROBE_ROWS = 250;

const LIMIT = "$1::bigint";
const TIME = "$2::timestamptz";
const ID = "$3::text";

/** Which of the statements of a page. */
interface PageForm {
  readonly name: string;
  readonly description: string;
  /** Events are built from their columns, which come along; their JSON is not read. */
  readonly ghost: boolean;
  /** After the key of the page before. */
  readonly keyed: boolean;
}

const FORMS: readonly PageForm[] = [
  { name: "searchEvents", description: "The first events that match", ghost: false, keyed: false },
  { name: "searchEventsAfter", description: "The events that match after a key", ghost: false, keyed: true },
  {
    name: "searchGhosts",
    description: "The first events that match, by their columns",
    ghost: true,
    keyed: false,
  },
  {
    name: "searchGhostsAfter",
    description: "The events that match after a key, by their columns",
    ghost: true,
    keyed: true,
  },
];

/** The statements of a page, without and with a key, with JSON and with columns. */
export function pageOperations(catalogue: Catalogue): readonly OperationSpec[] {
  return FORMS.map((form) => pageOperation(catalogue, form));
}

function pageOperation(catalogue: Catalogue, form: PageForm): OperationSpec {
  const names = storeNames(catalogue);
  const search: Search = {
    names,
    keyed: form.keyed,
    further: form.ghost
      ? ghostColumns(catalogue)
          .map((name) => `, ${identifier(name)}`)
          .join("")
      : "",
  };
  const nulls = ["text", ...HIT].map(() => "null").join(", ") + search.further.replace(/, [^,]+/gu, ", null");
  return operation({
    name: form.name,
    operation: "searchEvents",
    description: `${form.description}: one step of a search, see runtime/store/search/page-statements.ts`,
    cardinality: "many",
    plan: "fixed",
    parameters: [
      parameter("limit", "most events of the step", "int8"),
      ...(form.keyed
        ? [
            parameter("time", "value of the sort column of the last event before", "timestamptz"),
            parameter("id", "identifier of the last event before", "text"),
          ]
        : []),
    ],
    columns: [...HIT_COLUMNS, ...(form.ghost ? ghosts(catalogue) : [])],
    text: `{walk}select ${partitionsVersion(catalogue)} as version, {walked} as hit_part, ${nulls}{hits}`,
    slots: pageSlots(search, catalogue),
    example: pageExample(catalogue),
  });
}

const HIT = ["hit_id", "hit_seq", "hit_time", "hit_sorted"] as const;

const HIT_COLUMNS: readonly OperationColumn[] = [
  nullable(column("version", "version of the partitions in the first row; null in all others", "text")),
  column(
    "part",
    "number of the table within the step; of the first row the hits of a gathered walk",
    "int8",
    "number",
  ),
  nullable(column("event", "the JSON text", "bytea", "event")),
  nullable(column("id", "identifier of the event", "text")),
  nullable(column("seq", "number of the event", "int8", "wire")),
  nullable(column("time", "the time that partitions go by", "timestamptz", "wire")),
  nullable(column("sorted", "value of the sort column", "timestamptz", "wire")),
];

/** The columns of an event that is built from them. */
export function ghosts(catalogue: Catalogue): readonly OperationColumn[] {
  const columns = new Map(searchedColumns(catalogue).map((searched) => [searched.name, searched]));
  return ghostColumns(catalogue).map((name) => {
    const searched = columns.get(name);
    const type = catalogType(searched?.pgType ?? "text");
    // Names of the row come first: a column may be called id or time.
    return nullable(column(`column_${name}`, searched?.description ?? name, type, "wire"));
  });
}

/** What the pieces of a statement have in common. */
interface Search {
  readonly names: StoreNames;
  readonly keyed: boolean;
  /** Further columns, each with a comma before it. */
  readonly further: string;
}

function pageSlots(search: Search, catalogue: Catalogue): SlotSpecs {
  const { time, stored } = storeNames(catalogue);
  const { time: timeField, stored: storedField } = storeTables(catalogue).roles;
  return {
    all: { kind: "filter" },
    rows: { kind: "filter" },
    within: { kind: "filter" },
    span: { kind: "filter" },
    column: choice("sortColumns", { [timeField.name]: time, [storedField.name]: stored }),
    direction: choice("directions", { desc: "desc", asc: "asc" }),
    sign: choice("signs", { desc: "<", asc: ">" }),
    boundSign: choice("boundSigns", { desc: ">=", asc: "<" }),
    ...walkSlots(search),
    walked: choice("walkedHits", { none: "0", gathered: WALKED }),
    hits: each("", {
      hits: ` union all select null, hit_part, {event}, ${HIT.join(", ")}${search.further} from ({pages}) as hit`,
    }),
    event: eventSlot(search),
    pages: pagesSlot(search),
    days: each(" union all ", daySlots(search)),
  };
}

const WALKED = "(select count(*) from walked)";

function order(column: string, id: string): string {
  return `order by ${column} {direction}, ${id} {direction}`;
}

/** The pages of the walk and of the indexes; the days that no order includes come by themselves. */
function pagesSlot(search: Search) {
  const byIndex = `select * from ({days}) as days limit ${LIMIT}`;
  const byWalk = `(select * from walked where ${WALKED} >= ${LIMIT} ${order("hit_sorted", "hit_id")} limit ${LIMIT})`;
  return each(" union all ", {
    indexed: `(${byIndex})`,
    both: `${byWalk} union all (select * from (${byIndex}) as days where ${WALKED} < ${LIMIT})`,
    // A page that the walk is known to fill. Nothing counts or gathers its rows first: each is on its way as soon as it is found, and is
    // unpacked there while the server looks for the next ones.
    walkOnly: `(${walkedRows(search, "{looked}", "")} ${order("{column}", search.names.id)} limit ${LIMIT})`,
    ...daySlots(search),
  });
}

/**
 * The hits of one table, sorted. Adding nothing to the sort column hides it from the planner: it neither walks the column's index nor reads all
 * of it for the sake of the key, but takes the filter's own indexes and sorts what they give. Of a whole day, which lies within the filter's
 * bounds, these are not tested: the planner would have answered the test by the time's index.
 */
function daySlots(search: Search): Readonly<Record<string, TemplateSpec>> {
  const column = "({column} + interval '0')";
  const after = search.keyed ? `${afterKey(search, column)} and ` : "";
  const day = (condition: string): TemplateSpec => ({
    text:
      `(select ${selection(search, "{number}")} from {table} where ${after}${condition} ` +
      `${order(column, search.names.id)} limit ${LIMIT})`,
    slots: { table: TABLE, number: NUMBER },
  });
  return { day: day("{all}"), wholeDay: day("{within}") };
}

function selection({ names, further }: Search, part: string): string {
  return `${part} as hit_part, ${names.id} as hit_id, seq as hit_seq, ${names.time} as hit_time, {column} as hit_sorted${further}`;
}

/** After the key of the page before, by a column that holds the sort value. */
function afterKey({ names }: Search, column: string): string {
  return `${column} {sign}= ${TIME} and (${column} {sign} ${TIME} or ${names.id} {sign} ${ID})`;
}

/**
 * The newest (oldest) rows that meet the filter, among the first that are looked at. Few of them tell whether the rest is worth a look. Rows of one
 * time are looked at together: in the order of the index alone, which has no ids, no row is copied and sorted.
 */
function walkSlots(search: Search): SlotSpecs {
  const hits = (looked: string, condition: string): string =>
    `${walkedRows(search, looked, condition)} ${firstInOrder(`(${LIMIT})`)}`;
  const found = "(select count(*) from probe)";
  const promising = `${found} < ${LIMIT} and ${found} * ${RECENT_ROWS / PROBE_ROWS} >= ${LIMIT} and `;
  return {
    walk: each("", {
      walk:
        `with probe as materialized (${hits("{probed}", "")}), walk as materialized (${hits("{looked}", promising)}), ` +
        `walked as materialized (select * from probe where ${found} >= ${LIMIT} union all select * from walk) `,
    }),
    probed: lookedSlot(search, PROBE_ROWS),
    looked: lookedSlot(search, RECENT_ROWS),
    walkedPart: each("", {
      one: "0",
      several: {
        text: "case {bounds} else {number} end",
        slots: { number: NUMBER },
      },
    }),
    bounds: each(" ", {
      bound: {
        text: `when ${search.names.time} {boundSign} {instant} then {number}`,
        slots: { instant: INSTANT, number: NUMBER },
      },
    }),
  };
}

/**
 * Those of the first rows of the walk that meet the filter. Its tests are tried in the order that they have: left to the planner, which sorts
 * operands of `and` by its own estimates, the overlap of two lists comes before a word, and 5,000 rows take half as long again.
 */
function walkedRows(search: Search, looked: string, condition: string): string {
  return `select ${selection(search, "{walkedPart}")} from (${looked}) as looked where ${condition}{rows} is true`;
}

/** The first rows of a table or of several, within a span of time; or all of them. */
function lookedSlot(search: Search, rows: number) {
  const after = search.keyed ? `${afterKey(search, "{column}")} and ` : "";
  const first = firstInOrder(String(rows));
  const all = `select * from {table} where ${after}{span}`;
  const several = (text: string, end: string) => ({
    text: `select * from ({tables}) as days${end}`,
    slots: { tables: each(" union all ", { table: { text, slots: { table: TABLE } } }) },
  });
  return each("", {
    one: { text: `${all} ${first}`, slots: { table: TABLE } },
    several: several(`(${all} ${first})`, ` ${first}`),
    all: several(all, ""),
  });
}

/** The first rows in the order of the sort column, with those that are equal to the last. */
function firstInOrder(rows: string): string {
  return `order by {column} {direction} fetch first ${rows} rows with ties`;
}

/** The JSON of a hit from the partition that belongs to its table. */
function eventSlot({ names }: Search) {
  return each("", {
    none: "null",
    text: {
      text: "case hit_part {cases} end",
      slots: {
        cases: each(" ", {
          table: {
            text: `when {number} then (select j.event from {table} as j where j.seq = hit_seq and j.${names.time} = hit_time)`,
            slots: { number: NUMBER, table: TABLE },
          },
        }),
      },
    },
  });
}

function pageExample(catalogue: Catalogue): SlotValues {
  const { events, json, roles } = storeTables(catalogue);
  return {
    column: roles.time.name,
    direction: "desc",
    sign: "desc",
    boundSign: "desc",
    walk: [{ part: "walk" }],
    probed: [{ part: "one", table: events.name }],
    looked: [{ part: "one", table: events.name }],
    walkedPart: [{ part: "one" }],
    walked: "gathered",
    hits: [{ part: "hits" }],
    event: [{ part: "text", cases: [{ part: "table", number: 0, table: json.name }] }],
    pages: [{ part: "both" }, { part: "day", number: 1, table: events.name }],
    days: [{ part: "wholeDay", number: 0, table: events.name }],
    bounds: [],
  };
}
