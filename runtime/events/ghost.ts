/** The event that the columns of a row speak of: less than the event itself, and read without its JSON. */
import { searchedColumns, type FieldColumn, type SearchedColumn } from "../../compiler/catalogue/columns.js";
import { groupFields, indexCatalogue } from "../../compiler/catalogue/lookup.js";
import type { Catalogue, ElementGroup, StoredField } from "../../compiler/catalogue/model.js";
import { decodeTextArray } from "../../compiler/values/array.js";
import { formatMicros, parsePgTimestamp } from "../../compiler/values/time.js";
import type { WireRow } from "../postgres/statement.js";
import type { ElementValue, ScalarValue } from "./column-value.js";
import type { IdeaEvent } from "./idea-event.js";

type GhostColumn = Exclude<SearchedColumn, { kind: "tokens" | "count" }>;
type JsonTree = { [key: string]: unknown };

/** The columns to read for {@link recordToIdeaGhost}, in order. */
export function ghostColumns(catalogue: Catalogue): readonly string[] {
  return ghostLayout(catalogue).map(({ name }) => name);
}

/**
 * A minimal event from the columns of {@link ghostColumns}, in PostgreSQL's text form. Every value stands on its own side and
 * element again; normalised values stay normalised, times are in UTC. Mapping the ghost gives the same values.
 *
 * @throws RangeError when a text is not of the column's type
 */
export function recordToIdeaGhost(row: WireRow, catalogue: Catalogue): IdeaEvent {
  const columns = ghostLayout(catalogue);
  const values = new Map<StoredField, readonly ScalarValue[]>();
  const elements = new Map<ElementGroup, readonly ElementValue[]>();
  columns.forEach((column, index) => {
    const text = row[index];
    if (text === null || text === undefined) return;
    if (column.kind === "field") values.set(column.field, decodeField(text, column));
    else elements.set(column.group, JSON.parse(text) as readonly ElementValue[]);
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

function decodeField(text: string, { field }: FieldColumn): readonly ScalarValue[] {
  const texts = field.list ? decodeTextArray(text) : [text];
  switch (field.type) {
    case "integer":
      // Digits that a number does not hold stay a text, which is read as the same number.
      return texts.map((value) => (Number.isSafeInteger(Number(value)) ? Number(value) : value));
    case "float":
      return texts.map(Number);
    case "boolean":
      return texts.map((value) => value === "t");
    case "time":
      // Within an array PostgreSQL quotes timestamps, which the array codec takes off.
      return texts.map((value) => formatMicros(parsePgTimestamp(value)));
    default:
      return texts;
  }
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
