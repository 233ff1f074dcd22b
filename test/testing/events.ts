/** Arbitrary events, built from the paths of a catalogue. */
import fc from "fast-check";
import { IDEA_CATALOGUE } from "../../compiler/catalogue/idea.js";
import type { Catalogue, StoredField } from "../../compiler/catalogue/model.js";
import { hostileValue, tidyValue, untidyValue } from "./event-values.js";

/**
 * `valid`: as the catalogue says. `untidy`: as careless senders write, with wrong types, single values for lists, misspelt words.
 * `hostile`: made to break a store, with U+0000, half surrogates, SQL, extreme numbers, keys such as `__proto__`.
 */
export type EventKind = "valid" | "untidy" | "hostile";

/** How {@link ideaEvents} and {@link catalogueEvents} choose. */
export interface EventOptions {
  /** `valid` when absent. */
  readonly kind?: EventKind | undefined;
}

/** How {@link events} chooses. */
export interface CatalogueEventOptions extends EventOptions {
  /** IDEA's when absent. */
  readonly catalogue?: Catalogue | undefined;
}

/** An event as JSON has it. */
export type JsonEvent = Readonly<Record<string, unknown>>;

/**
 * IDEA events that can be stored: what is required (identifier, times of detection and of storing) is there and well-formed. Their values come from
 * the same pool as those of {@link filters}. Shrinks to an event with few keys.
 */
export function ideaEvents(options: EventOptions = {}): fc.Arbitrary<JsonEvent> {
  return catalogueEvents(IDEA_CATALOGUE, options).map((event) => ({ Format: "IDEA0", ...event }));
}

/**
 * Events of a catalogue, IDEA's when absent: JSON objects that can be stored, with values at the paths of its fields; see {@link ideaEvents}.
 *
 * @param given the catalogue, or options with it
 */
export function events(given: Catalogue | CatalogueEventOptions = {}): fc.Arbitrary<JsonEvent> {
  const { catalogue, kind } = "fields" in given ? { catalogue: given, kind: undefined } : given;
  return catalogue === undefined || catalogue === IDEA_CATALOGUE
    ? ideaEvents({ kind })
    : catalogueEvents(catalogue, { kind });
}

/** Events of any catalogue: JSON objects with values at the paths of its stored fields; see {@link ideaEvents}. */
export function catalogueEvents(
  catalogue: Catalogue,
  { kind = "valid" }: EventOptions = {},
): fc.Arbitrary<JsonEvent> {
  return objectOf(pathTree(catalogue), "", { catalogue, kind });
}

/** The keys of the catalogue's paths as a tree. */
interface PathNode {
  readonly fields: StoredField[];
  readonly children: Map<string, PathNode>;
}

function pathTree(catalogue: Catalogue): PathNode {
  const root: PathNode = { fields: [], children: new Map() };
  for (const field of catalogue.fields) {
    if (field.kind !== "stored") continue;
    for (const path of field.paths) {
      let node = root;
      for (const key of path.split(".")) {
        let child = node.children.get(key);
        if (child === undefined) node.children.set(key, (child = { fields: [], children: new Map() }));
        node = child;
      }
      node.fields.push(field);
    }
  }
  return root;
}

interface Making {
  readonly catalogue: Catalogue;
  readonly kind: EventKind;
}

function objectOf(node: PathNode, path: string, making: Making): fc.Arbitrary<JsonEvent> {
  const entries: Record<string, fc.Arbitrary<unknown>> = {};
  const requiredKeys: string[] = [];
  for (const [key, child] of node.children) {
    const inner = path === "" ? key : `${path}.${key}`;
    entries[key] = valueAt(child, inner, making);
    if (isIndispensable(child, inner)) requiredKeys.push(key);
  }
  return fc.record(entries, { requiredKeys, noNullPrototype: true });
}

/** Whether there is something that an event must have at the path or below: without it the event is refused, or stamped when it is stored. */
function isIndispensable({ fields, children }: PathNode, path: string): boolean {
  return (
    fields.some(({ required, paths }) => required === true && paths[0] === path) ||
    [...children].some(([key, child]) => isIndispensable(child, `${path}.${key}`))
  );
}

function valueAt(node: PathNode, path: string, making: Making): fc.Arbitrary<unknown> {
  const [field] = node.fields;
  if (field !== undefined) return leafOf(field, path, making, isIndispensable(node, path));
  const element = objectOf(node, path, making);
  const isList = making.catalogue.groups.some((group) => group.path === path);
  if (!isList) return element;
  const list = fc.array(element, { maxLength: 3, size: "max" });
  if (making.kind === "valid") return list;
  return fc.oneof(
    { weight: 4, arbitrary: list },
    element,
    list.map((elements) => [elements, null, "no object", {}]),
    fc.constantFrom<unknown>(null, [], {}, "text", 1),
  );
}

function leafOf(
  field: StoredField,
  path: string,
  { catalogue, kind }: Making,
  indispensable: boolean,
): fc.Arbitrary<unknown> {
  const tidy = tidyValue(field, path, catalogue);
  if (indispensable) return tidy;
  const value =
    kind === "valid"
      ? tidy
      : kind === "untidy"
        ? untidyValue(field, path, catalogue)
        : hostileValue(field, path, catalogue);
  if (!field.list || field.single === true) return value;
  const list = fc.array(value, { maxLength: 4, size: "max" });
  return kind === "valid" ? list : fc.oneof({ weight: 4, arbitrary: list }, value);
}
