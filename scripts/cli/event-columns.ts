/** Events as rows of text: any field of the catalogue is a column, and so is a side of the event with addresses and ports. */
import { indexCatalogue, storedFields, type CatalogueIndex } from "../../compiler/catalogue/lookup.js";
import type { ElementGroup, Field } from "../../compiler/catalogue/model.js";
import { elementReader } from "../../compiler/extract/element-reader.js";
import { fieldReader } from "../../compiler/extract/field-reader.js";
import type { StoredValue } from "../../compiler/extract/value.js";
import { didYouMean, nearest } from "../../compiler/values/suggest.js";
import type { Catalogue } from "../../compiler/catalogue/model.js";
import { formatIpRange } from "../../compiler/values/ip-range.js";
import { formatMicros } from "../../compiler/values/time.js";
import { UsageError } from "./errors.js";
import { timeField } from "./time-field.js";
import type { TextColumn } from "./render/table.js";
import type { StyleName } from "./render/terminal.js";
import { formatInstant } from "./render/time.js";

/** A column of events. */
export interface EventColumn {
  readonly name: string;
  /** The values of an event as text, none where it has none. */
  readonly read: (event: unknown) => readonly string[];
  readonly table: TextColumn;
}

/** Columns of `search` as a table: what an analyst looks at first. A group of elements shows `address:port` of each. */
const TABLE_COLUMNS = ["detect_time", "category", "severity", "source", "target", "description", "id"];

/** Columns of `search` as CSV: one field each, for spreadsheets. */
const CSV_COLUMNS = [
  "id",
  "detect_time",
  "category",
  "severity",
  "event_class",
  "source.ip",
  "source.port",
  "target.ip",
  "target.port",
  "protocol",
  "node.name",
  "description",
];

/** Columns of the table of a catalogue that does not have those of IDEA. */
const MAX_COLUMNS = 8;

/** The columns of a table where none are named. */
export function tableColumns(catalogue: Catalogue): readonly string[] {
  return hasAll(TABLE_COLUMNS, catalogue) ? TABLE_COLUMNS : ownColumns(catalogue).slice(0, MAX_COLUMNS);
}

/** The columns of CSV where none are named. */
export function csvColumns(catalogue: Catalogue): readonly string[] {
  return hasAll(CSV_COLUMNS, catalogue) ? CSV_COLUMNS : ownColumns(catalogue);
}

function hasAll(names: readonly string[], catalogue: Catalogue): boolean {
  const { fields, groups } = indexCatalogue(catalogue);
  return names.every((name) => fields.has(name) || groups.has(name));
}

/** The time that events are ordered by, then all others as they are described. */
function ownColumns(catalogue: Catalogue): readonly string[] {
  const time = timeField(catalogue);
  const names = catalogue.fields.flatMap(({ kind, name }) => (kind === "stored" ? [name] : []));
  return [...names.filter((name) => name === time), ...names.filter((name) => name !== time)];
}

const SEVERITY_STYLES: Readonly<Record<string, StyleName>> = {
  critical: "red",
  high: "red",
  medium: "yellow",
  low: "green",
  info: "dim",
};

/** How the columns of the table behave; any other field may shrink to 8 columns and goes last. */
const LAYOUT: Readonly<Record<string, Partial<TextColumn>>> = {
  category: { minWidth: 9, dispensable: 1 },
  severity: { style: (text) => SEVERITY_STYLES[text] ?? null, dispensable: 3 },
  source: { minWidth: 13 },
  target: { minWidth: 11, dispensable: 2 },
  description: { minWidth: 12 },
  id: { minWidth: 9, yields: true, style: () => "dim" },
};

/** How times are shown: in a zone for people, or as ISO texts. */
export type TimeStyle = { readonly kind: "zone"; readonly timeZone: string } | { readonly kind: "iso" };

/**
 * The columns of these names.
 *
 * @throws UsageError for a name that is neither a field nor a group of elements
 */
export function eventColumns(
  names: readonly string[],
  catalogue: Catalogue,
  times: TimeStyle,
): EventColumn[] {
  const index = indexCatalogue(catalogue);
  return names.map((name) => {
    const group = index.groups.get(name);
    const field = index.fields.get(name) ?? index.aliases.get(name);
    const read =
      field !== undefined
        ? readField(field, index, times)
        : group !== undefined
          ? readEndpoints(group, catalogue)
          : null;
    if (read === null) throw unknownField(name, index);
    const isTime = field?.type === "time";
    const title = isTime && times.kind === "zone" ? `${name} (${times.timeZone})` : name;
    const layout = LAYOUT[name] ?? (isTime ? shortTime(times) : { minWidth: 8, dispensable: 4 });
    return { name, read, table: { title, ...layout } };
  });
}

/** Times without what all of them have in common: the year, else the century and the seconds. */
function shortTime(times: TimeStyle): Partial<TextColumn> {
  if (times.kind === "iso") return {};
  const cells = (texts: readonly string[]): readonly string[] => {
    const years = new Set(texts.map((text) => text.slice(0, 4)));
    return texts.map((text) => (years.size === 1 ? text.slice(5) : text.slice(2, 16)));
  };
  return { short: { title: times.timeZone, cells, minWidth: SHORT_TIME } };
}

/** Columns of `05-01 22:30:05`. */
const SHORT_TIME = 14;

/** The refusal of a name that is no field, with the nearest that is. */
export function unknownField(name: string, index: CatalogueIndex): UsageError {
  const suggestion = didYouMean(nearest(name, [...index.fields.keys(), ...index.aliases.keys()]), '"');
  return new UsageError(`unknown field "${name}"`, suggestion || "`eventstore fields` lists them all");
}

/** A value as text. */
export function formatValue(value: StoredValue, field: Pick<Field, "type">, times: TimeStyle): string {
  if (typeof value === "object") return formatIpRange(value);
  if (typeof value !== "bigint") return String(value);
  if (field.type !== "time") return `${value / 1_000_000n}s`;
  return times.kind === "iso" ? formatMicros(value) : formatInstant(value, times.timeZone);
}

function readField(field: Field, index: CatalogueIndex, times: TimeStyle): EventColumn["read"] {
  const readers = storedFields(index, field).map((stored) => fieldReader(stored, index.catalogue));
  return (event) => readers.flatMap((read) => read(event).map((value) => formatValue(value, field, times)));
}

/** `address:port` for each element: what an element has, its host names where it has no address. */
function readEndpoints(group: ElementGroup, catalogue: Catalogue): EventColumn["read"] {
  const { elements, fields } = elementReader(group, catalogue);
  const values = (element: unknown, name: string): string[] => {
    const inner = fields.find((field) => field.name === name);
    return (inner?.read(element) ?? []).map((value) =>
      formatValue(value, inner?.field ?? { type: "text" }, { kind: "iso" }),
    );
  };
  return (event) =>
    elements(event).flatMap((element) => {
      const [ports, addresses] = [values(element, "port"), values(element, "ip")];
      const hosts =
        addresses.length > 0 ? addresses : [...values(element, "hostname"), ...values(element, "name")];
      const port = shorten(ports, 3, ",");
      if (port === "") return hosts;
      if (hosts.length === 0) return [`:${port}`];
      return hosts.map((host) => (host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`));
    });
}

/** The first `most` values, and how many more there are. */
export function shorten(values: readonly string[], most: number, separator: string): string {
  const shown = values.slice(0, most).join(separator);
  return values.length > most ? `${shown} +${values.length - most}` : shown;
}
