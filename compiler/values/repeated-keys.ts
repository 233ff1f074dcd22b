/**
 * Keys that occur twice in one object of a JSON text. The tree has the last value, as RFC 8259 leaves it to readers; the others are in the text
 * alone. Where there were any is remembered beside the tree.
 */
import { endOfString } from "./exact-json.js";

/** A place in a tree: keys and indexes. */
export type JsonPlace = readonly (string | number)[];

const repeated = new WeakMap<object, readonly JsonPlace[]>();

/** The places of a tree's repeated keys, as far as {@link noteRepeatedKeys} found any. */
export function repeatedKeys(tree: object): readonly JsonPlace[] {
  return repeated.get(tree) ?? NONE;
}

const NONE: readonly JsonPlace[] = [];

/** Remembers the keys that are repeated in the text that a tree was read from. */
export function noteRepeatedKeys(tree: unknown, text: string): void {
  if (typeof tree !== "object" || tree === null) return;
  if (signsOfKeys(text) === keysOf(tree) && !BLANKS_BEFORE_COLON.test(text)) return;
  const places = findRepeated(text);
  if (places.length > 0) repeated.set(tree, places);
}

const BLANKS_BEFORE_COLON = /"[ \t\r\n]+:/;

/** How often a quote is followed by a colon: once for each key, unless a text within has both, or there are blanks between them. */
function signsOfKeys(text: string): number {
  let count = 0;
  for (let at = text.indexOf('":'); at >= 0; at = text.indexOf('":', at + 2)) count++;
  return count;
}

/** The number of keys of all objects in a tree, which JSON text was read into. */
function keysOf(tree: object): number {
  let count = 0;
  const waiting: object[] = [tree];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (Array.isArray(node)) for (const value of node as readonly unknown[]) enqueue(value, waiting);
    else
      for (const key in node) {
        count++;
        enqueue((node as Readonly<Record<string, unknown>>)[key], waiting);
      }
  }
  return count;
}

function enqueue(value: unknown, waiting: object[]): void {
  if (typeof value === "object" && value !== null) waiting.push(value);
}

/** An object or list that is open: the keys it has had, null for a list, and the key or index that is being read. */
interface Open {
  readonly keys: Set<string> | null;
  step: string | number;
}

/** The text is known to be JSON. */
function findRepeated(text: string): readonly JsonPlace[] {
  const places: JsonPlace[] = [];
  const open: Open[] = [];
  let isKeyDue = false;
  for (let at = 0; at < text.length; at++) {
    const top = open.at(-1);
    switch (text[at]) {
      case "{":
      case "[":
        isKeyDue = text[at] === "{";
        open.push(isKeyDue ? { keys: new Set(), step: "" } : { keys: null, step: 0 });
        break;
      case "}":
      case "]":
        open.pop();
        break;
      case ",":
        isKeyDue = top?.keys instanceof Set;
        if (typeof top?.step === "number") top.step += 1;
        break;
      case '"': {
        const end = endOfString(text, at);
        if (isKeyDue && top !== undefined) {
          top.step = JSON.parse(text.slice(at, end + 1)) as string;
          if (top.keys?.has(top.step) === true) places.push(open.map(({ step }) => step));
          top.keys?.add(top.step);
        }
        isKeyDue = false;
        at = end;
      }
    }
  }
  return places;
}
