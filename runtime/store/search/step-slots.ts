/** What goes into the slots of a step of a search: the tables that it names, and how they are read. */
import type { SearchEventsSlots } from "../../../generated/index.js";
import type { SearchedDay, PartitionTables, SearchStep } from "./steps.js";

/** What the rows of a page are made of, besides their place in the order. */
export interface PageShape {
  /** Name of the field that is sorted by. */
  readonly sort: string;
  readonly descending: boolean;
  /** The columns come with the rows, for events that are built from them alone. */
  readonly ghost: boolean;
  /** The JSON comes with the rows. */
  readonly texts: boolean;
}

/** The slots but for the filter. */
export function stepSlots(
  { sort, descending, texts }: PageShape,
  step: SearchStep,
): Omit<SearchEventsSlots, "all" | "rows" | "within" | "span"> {
  const { recent, recentOnly, days, outside } = step;
  const direction = descending ? "desc" : "asc";
  const tables = [...days, ...outside];
  const isGathered = recent.length > 0 && !recentOnly;
  const strays = outside.map((table, index) => dayPart({ ...table, whole: false }, days.length + index));
  return {
    column: sort,
    direction,
    sign: direction,
    boundSign: direction,
    walk: isGathered ? [{ part: "walk" }] : [],
    ...walkedSlots(step, descending),
    walked: isGathered ? "gathered" : "none",
    hits: tables.length === 0 ? [] : [{ part: "hits" }],
    event: texts ? [{ part: "text", cases: tables.map(jsonPart) }] : [{ part: "none" }],
    pages: [...pagesOf(step), ...strays],
    days: days.map(dayPart),
  };
}

function pagesOf({ recent, recentOnly, days }: SearchStep): SearchEventsSlots["pages"] {
  if (days.length === 0) return [];
  return [{ part: recentOnly ? "walkOnly" : recent.length === 0 ? "indexed" : "both" }];
}

function dayPart({ name, whole }: SearchedDay, number: number) {
  return { part: whole ? "wholeDay" : "day", number, table: name } as const;
}

function jsonPart({ json }: PartitionTables, number: number) {
  return { part: "table", number, table: json } as const;
}

/** The tables of the recent scan, and which of them a row is from. */
function walkedSlots(
  { recent, isAll }: SearchStep,
  descending: boolean,
): Pick<SearchEventsSlots, "probed" | "looked" | "walkedPart" | "bounds"> {
  const tables = recent.map(({ name }) => ({ part: "table" as const, table: name }));
  const [only, ...others] = tables;
  const looked =
    only === undefined
      ? []
      : isAll
        ? [{ part: "all" as const, tables }]
        : others.length === 0
          ? [{ part: "one" as const, table: only.table }]
          : [{ part: "several" as const, tables }];
  if (others.length === 0) return { probed: looked, looked, walkedPart: [{ part: "one" }], bounds: [] };
  const bounds = recent
    .slice(0, -1)
    .flatMap(({ day }, number) =>
      day === null ? [] : [{ part: "bound" as const, instant: descending ? day.from : day.to, number }],
    );
  return { probed: looked, looked, walkedPart: [{ part: "several", number: recent.length - 1 }], bounds };
}
