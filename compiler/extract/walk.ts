/** Walks over event JSON along a catalogue path, compiled to closures. */
import { exactValue } from "../values/exact-json.js";
import type { Convert } from "./convert.js";
import { spellingFinder, type KeyMatching } from "./names.js";
import { textElement } from "./text-element.js";
import type { ProblemLog, StoredValue } from "./value.js";

/** Appends what it finds in `node` to `found`. */
export type Visit<T> = (node: unknown, found: T[], log: ProblemLog | null) => void;

/** A JSON object, keys unknown. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Lists in lists are flattened to this depth; what lies deeper is no value. */
const MAX_LIST_NESTING = 8;

/** Whether a value is an object and no list. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A value in the list under a key as the object that it is, or stands for; null where it is none. */
export function elementObject(value: unknown, key: string | null, matching: KeyMatching): JsonObject | null {
  if (isObject(value)) return value;
  return key === null || matching === "exact" ? null : textElement(key, value);
}

/** The value of an own key; keys such as `constructor` are data like any other. */
export function ownValue(object: JsonObject, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** Applies `visit` to a node that is no list, and to every element of a list, with lists in it flattened. */
export function flattened<T>(visit: Visit<T>): Visit<T> {
  const visitList = (list: readonly unknown[], found: T[], log: ProblemLog | null, nesting: number): void => {
    if (nesting > MAX_LIST_NESTING) return log?.note("lists nested too deeply");
    const step = log === null ? 0 : log.trail.push(0) - 1;
    for (let index = 0; index < list.length; index++) {
      if (log !== null) log.trail[step] = index;
      const node = exactValue(list, index);
      if (Array.isArray(node)) visitList(node, found, log, nesting + 1);
      else visit(node, found, log);
    }
    log?.trail.pop();
  };
  return (node, found, log) => {
    if (Array.isArray(node)) visitList(node, found, log, 1);
    else visit(node, found, log);
  };
}

/** A dotted path and what is to be applied to what lies at its end. */
export interface Route<T> {
  readonly path: string;
  /** The path is one key, dots included. */
  readonly whole?: boolean;
  readonly visit: Visit<T>;
}

/**
 * Walks along all routes at once, lists flattened at every step; a step that several routes share is taken once, and keys are
 * looked for in the order of the routes. Where the case of names does not matter, other spellings of a key come after the key itself, and a text
 * under `listKey`, the key that led here, may stand for an object.
 */
export function alongRoutes<T>(
  routes: readonly Route<T>[],
  matching: KeyMatching,
  listKey: string | null = null,
): Visit<T> {
  const byKey = new Map<string, Visit<T>[]>();
  const deeper = new Map<string, Route<T>[]>();
  for (const { path, whole = false, visit } of routes) {
    const dot = whole ? -1 : path.indexOf(".");
    const key = dot < 0 ? path : path.slice(0, dot);
    const visits = getOrAdd(byKey, key);
    if (dot < 0) visits.push(visit);
    else getOrAdd(deeper, key).push({ path: path.slice(dot + 1), visit });
  }
  for (const [key, inner] of deeper) getOrAdd(byKey, key).push(alongRoutes(inner, matching, key));
  const steps = [...byKey].map(([key, visits]) => ({ key, visits }));
  const otherSpellings = matching === "exact" ? () => null : spellingFinder([...byKey.keys()]);
  return flattened((given, found, log) => {
    const node = elementObject(given, listKey, matching);
    if (node === null) return;
    const spellings = otherSpellings(node);
    for (const step of steps) {
      const { key, visits } = step;
      // Most keys are absent, and a plain read finds that out sooner than asking for an own key does.
      if (node[key] !== undefined && Object.hasOwn(node, key)) takeStep(step, node, found, log);
      if (spellings === null) continue;
      for (const spelling of spellings.get(key) ?? []) takeStep({ key: spelling, visits }, node, found, log);
    }
  });
}

function takeStep<T>(
  { key, visits }: { readonly key: string; readonly visits: readonly Visit<T>[] },
  node: JsonObject,
  found: T[],
  log: ProblemLog | null,
): void {
  const inner = exactValue(node, key);
  log?.trail.push(key);
  for (const visit of visits) visit(inner, found, log);
  log?.trail.pop();
}

function getOrAdd<T>(map: Map<string, T[]>, key: string): T[] {
  const present = map.get(key);
  if (present !== undefined) return present;
  const added: T[] = [];
  map.set(key, added);
  return added;
}

/** The values at the end of one route; undefined until there is one. A walk that reads values fills one slot for each of its routes. */
export type ValueSlot = StoredValue[] | undefined;

const isList = (value: StoredValue | readonly StoredValue[]): value is readonly StoredValue[] =>
  Array.isArray(value);

/** Leaf of a list field, which puts every usable value into its slot. `single`: events give one value here, so a list is not due. */
export function listLeaf(convert: Convert, single: boolean, slot: number): Visit<ValueSlot> {
  const add = (node: unknown, found: ValueSlot[], log: ProblemLog | null): boolean => {
    if (node === null || node === undefined) return false;
    const value = convert(node, log);
    if (value === undefined) return false;
    const values = found[slot];
    if (values === undefined) found[slot] = isList(value) ? [...value] : [value];
    else if (isList(value)) values.push(...value);
    else values.push(value);
    return true;
  };
  const addAll = flattened(add);
  if (single) return addAll;
  return (node, found, log) => {
    if (Array.isArray(node)) addAll(node, found, log);
    else if (add(node, found, log)) log?.note("a single value where a list is due");
  };
}

/** Leaf of a scalar field, which puts the first usable value into its slot. */
export function scalarLeaf(convert: Convert, slot: number): Visit<ValueSlot> {
  return flattened((node, found, log) => {
    if (node === null || node === undefined) return;
    if (found[slot] !== undefined) return log?.note("more than one value; the first is used");
    const value = convert(node, log);
    if (value !== undefined) found[slot] = isList(value) ? value.slice(0, 1) : [value];
  });
}
