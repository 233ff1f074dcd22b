/** Walks over event JSON along a catalogue path, compiled to closures. */
import type { Convert } from "./convert.js";
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

/** The value of an own key; keys such as `constructor` are data like any other. */
export function ownValue(object: JsonObject, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** Applies `visit` to a node that is no list, and to every element of a list, with lists in it flattened. */
export function flattened<T>(visit: Visit<T>): Visit<T> {
  const visitLists = (node: unknown, found: T[], log: ProblemLog | null, nesting: number): void => {
    if (!Array.isArray(node)) return visit(node, found, log);
    if (nesting === MAX_LIST_NESTING) return log?.note("lists nested too deeply");
    for (let index = 0; index < node.length; index++) {
      log?.trail.push(index);
      visitLists(node[index], found, log, nesting + 1);
      log?.trail.pop();
    }
  };
  return (node, found, log) => visitLists(node, found, log, 0);
}

/** Walks along a dotted path, lists flattened at every step, and applies `leaf` to what lies at its end. */
export function alongPath<T>(path: string, leaf: Visit<T>): Visit<T> {
  return path.split(".").reduceRight((next, key) => flattened(keyStep(key, next)), leaf);
}

function keyStep<T>(key: string, next: Visit<T>): Visit<T> {
  return (node, found, log) => {
    if (!isObject(node) || !Object.hasOwn(node, key)) return;
    log?.trail.push(key);
    next(node[key], found, log);
    log?.trail.pop();
  };
}

/** Leaf of a list field: every usable value. `single`: events give one value here, so a list is not due. */
export function listLeaf(convert: Convert, single: boolean): Visit<StoredValue> {
  const all = flattened<StoredValue>((node, found, log) => {
    if (node === null || node === undefined) return;
    const value = convert(node, log);
    if (value !== undefined) found.push(value);
  });
  if (single) return all;
  return (node, found, log) => {
    const before = found.length;
    all(node, found, log);
    if (log !== null && found.length > before && !Array.isArray(node))
      log.note("a single value where a list is due");
  };
}

/** Leaf of a scalar field: the first usable value. */
export function scalarLeaf(convert: Convert): Visit<StoredValue> {
  return flattened((node, found, log) => {
    if (node === null || node === undefined) return;
    if (found.length > 0) return log?.note("more than one value; the first is used");
    const value = convert(node, log);
    if (value !== undefined) found.push(value);
  });
}
