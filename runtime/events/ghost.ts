/** The event that the columns of a row speak of: less than the event itself, and read without its JSON. */
import { searchedColumns, type FieldColumn, type SearchedColumn } from "../../compiler/catalogue/columns.js";
import { groupFields, indexCatalogue } from "../../compiler/catalogue/lookup.js";
import type { Catalogue, ElementGroup, StoredField } from "../../compiler/catalogue/model.js";
import { IDEA_CATALOGUE } from "../../compiler/catalogue/idea.js";
import { decodeTextArray } from "../../compiler/values/array.js";
import { isPlain, shown } from "../../compiler/values/checks.js";
import { argumentError, DataError } from "../../compiler/values/errors.js";
import { dateToMicros, formatMicros, parsePgTimestamp } from "../../compiler/values/time.js";
import type { WireRow } from "../postgres/statement.js";
import type { ElementValue, ScalarValue } from "./column-value.js";
import type { IdeaEvent } from "./idea-event.js";

type GhostColumn = Exclude<SearchedColumn, { kind: "tokens" | "count" }>;
type JsonTree = { [key: string]: unknown };

/** The columns to read for {@link recordToIdeaGhost}, in order. */
export function ghostColumns(catalogue: Catalogue): readonly string[] {
  return ghostLayout(catalogue).map(({ name }) => name);
}

/** A row as queries return it: columns by name, with the values that `pg` gives them. */
export type GhostRecord = Readonly<Record<string, unknown>>;

/**
 * A minimal event from the columns of {@link ghostColumns}: in their order and in PostgreSQL's text form, or by name, as the query of
 * `buildQuery(…, "select_ghost")` returns them. Every value is on its own side and element again; normalised values stay normalised, times
 * are in UTC. Mapping the ghost gives the same values; a Date, which `pg` makes of a time, has no microseconds.
 *
 * @throws DataError for what is no such row, and when a text is not of the column's type
 */
export function recordToIdeaGhost(
  row: WireRow | GhostRecord,
  catalogue: Catalogue = IDEA_CATALOGUE,
): IdeaEvent {
  const columns = ghostLayout(catalogue);
  const values = new Map<StoredField, readonly ScalarValue[]>();
  const elements = new Map<ElementGroup, readonly ElementValue[]>();
  const cellOf = cellReader(row, columns);
  columns.forEach((column, index) => {
    const cell = cellOf(column, index);
    if (cell === null || cell === undefined) return;
    try {
      if (column.kind === "field") values.set(column.field, decodeField(cell, column));
      else elements.set(column.group, decodeElements(cell));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const message = `recordToIdeaGhost: the column ${column.name} can't be read: ${reason}`;
      throw new DataError(message, { operation: "recordToIdeaGhost", cause: error });
    }
  });
  return buildEvent(catalogue, values, elements) as IdeaEvent;
}

const layouts = new WeakMap<Catalogue, readonly GhostColumn[]>();

function ghostLayout(catalogue: Catalogue): readonly GhostColumn[] {
  let layout = layouts.get(catalogue);
  if (layout === undefined) {
    layout = searchedColumns(catalogue).filter(
      ({ kind }) => kind === "field" || kind === "elements",
    ) as GhostColumn[];
    layouts.set(catalogue, layout);
  }
  return layout;
}

type CellReader = (column: GhostColumn, index: number) => unknown;

/** @throws DataError for a row that has none of the columns: it belongs to another query or catalogue */
function cellReader(row: WireRow | GhostRecord, columns: readonly GhostColumn[]): CellReader {
  if (isWireRow(row)) return (_, index) => row[index];
  if (isPlain(row) && columns.some(({ name }) => Object.hasOwn(row, name))) return ({ name }) => row[name];
  throw argumentError(
    "recordToIdeaGhost",
    `the record is a row of the query of select_ghost, not ${shown(row)}`,
  );
}

function isWireRow(row: WireRow | GhostRecord): row is WireRow {
  return Array.isArray(row);
}

function decodeField(cell: unknown, { field }: FieldColumn): readonly ScalarValue[] {
  const items: readonly unknown[] =
    field.list && typeof cell === "string" ? decodeTextArray(cell) : [cell].flat();
  return items.map((item) => decodeItem(item, field));
}

function decodeItem(item: unknown, { type }: StoredField): ScalarValue {
  switch (type) {
    case "integer":
      // Digits that a number does not hold stay a text, which is read as the same number.
      return Number.isSafeInteger(Number(item)) ? Number(item) : String(item);
    case "float":
      return Number(item);
    case "boolean":
      return item === true || item === "t";
    case "time":
      // Within an array PostgreSQL quotes timestamps, which the array codec takes off.
      return formatMicros(item instanceof Date ? dateToMicros(item) : parsePgTimestamp(String(item)));
    case "duration":
      return typeof item === "string" ? item : durationText(item);
    default:
      return String(item);
  }
}

/** `pg` makes an interval an object of its parts. */
function durationText(interval: unknown): string {
  const parts = interval as Readonly<Record<string, number | undefined>>;
  const { days = 0, hours = 0, minutes = 0, seconds = 0, milliseconds = 0 } = parts;
  const twoDigits = (value: number): string => String(value).padStart(2, "0");
  const fraction = Math.round(milliseconds * 1000);
  return (
    `${twoDigits(24 * days + hours)}:${twoDigits(minutes)}:${twoDigits(seconds)}` +
    (fraction === 0 ? "" : `.${String(fraction).padStart(6, "0")}`)
  );
}

function decodeElements(cell: unknown): readonly ElementValue[] {
  return (typeof cell === "string" ? JSON.parse(cell) : cell) as readonly ElementValue[];
}

function buildEvent(
  catalogue: Catalogue,
  values: ReadonlyMap<StoredField, readonly ScalarValue[]>,
  elements: ReadonlyMap<ElementGroup, readonly ElementValue[]>,
): JsonTree {
  const index = indexCatalogue(catalogue);
  const event: JsonTree = {};
  const inGroup = new Set<StoredField>();
  for (const group of catalogue.groups) {
    const fields = groupFields(index, group);
    for (const field of fields.values()) inGroup.add(field);
    const trees = (elements.get(group) ?? [flatElement(fields, values)]).map((element) =>
      elementTree(element, fields, group),
    );
    const isGhostly = trees.length === 1 && Object.keys(trees[0] ?? {}).length === 0;
    if (!isGhostly) setPath(event, group.path, trees);
  }
  for (const [field, found] of values) {
    if (!inGroup.has(field)) placeValues(event, field, found, "");
  }
  return event;
}

/** The only element of a group, from the flat columns. */
function flatElement(
  fields: ReadonlyMap<string, StoredField>,
  values: ReadonlyMap<StoredField, readonly ScalarValue[]>,
): ElementValue {
  const entries = [...fields].map(([name, field]) => [name, values.get(field) ?? []] as const);
  return Object.fromEntries(entries.filter(([, found]) => found.length > 0));
}

function elementTree(
  element: ElementValue,
  fields: ReadonlyMap<string, StoredField>,
  group: ElementGroup,
): JsonTree {
  const tree: JsonTree = {};
  for (const [name, field] of fields) {
    const found = element[name];
    if (found !== undefined) placeValues(tree, field, [found].flat(), `${group.path}.`);
  }
  return tree;
}

/** Puts values at the field's path, without the prefix of its group. */
function placeValues(
  tree: JsonTree,
  field: StoredField,
  found: readonly ScalarValue[],
  prefix: string,
): void {
  const paths = field.paths.map((path) => path.slice(prefix.length));
  for (const [path, part] of splitByPath(field, paths, found)) {
    const [only] = part;
    setPath(tree, path, !field.list || (field.single === true && part.length === 1) ? only : part);
  }
}

/**
 * Which of the field's paths takes which values: the first path all of them, except that an address field with two paths has
 * IPv4 on the first and IPv6 on the second.
 */
function splitByPath(
  field: StoredField,
  [first = "", second]: readonly string[],
  found: readonly ScalarValue[],
): readonly (readonly [string, readonly ScalarValue[]])[] {
  if (field.type !== "ip" || second === undefined) return [[first, found]];
  const isIpv6 = (value: ScalarValue): boolean => String(value).includes(":");
  const parts: readonly (readonly [string, readonly ScalarValue[]])[] = [
    [first, found.filter((value) => !isIpv6(value))],
    [second, found.filter(isIpv6)],
  ];
  return parts.filter(([, part]) => part.length > 0);
}

/** Sets a value at a dotted path. An inner key of IDEA holds a list of objects, but that of an extension (`_CESNET`) one object. */
function setPath(tree: JsonTree, path: string, value: unknown): void {
  const [key = "", ...rest] = path.split(".");
  if (rest.length === 0) {
    tree[key] = value;
    return;
  }
  const existing = tree[key];
  const inner = ((Array.isArray(existing) ? existing[0] : existing) ?? {}) as JsonTree;
  tree[key] = key.startsWith("_") ? inner : [inner];
  setPath(inner, rest.join("."), value);
}
