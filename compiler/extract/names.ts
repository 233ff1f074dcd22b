/** Finding the keys of an object by name, where a definition says that the case of names does not matter. */
import type { Catalogue } from "../catalogue/model.js";
import { asciiFold } from "../values/text.js";

/** A JSON object, keys unknown. */
type JsonObject = Readonly<Record<string, unknown>>;

/** How keys are compared with names: as they are, or without regard to the case of ASCII letters. */
export type KeyMatching = "exact" | "any-case";

/** How the keys of a catalogue's events are compared. */
export function keyMatching({ definition }: Catalogue): KeyMatching {
  return definition === "idea0" ? "any-case" : "exact";
}

/** The keys of an object that are other spellings of given names, by name; null where there are none, as nearly always. */
export type SpellingFinder = (node: JsonObject) => ReadonlyMap<string, readonly string[]> | null;

/** Spellings that are remembered; where there are more, the memory begins anew. */
const MAX_REMEMBERED = 4_096;

/** The finder of other spellings of `names`. */
export function spellingFinder(names: readonly string[]): SpellingFinder {
  const exact = new Set(names);
  const byFold = new Map(names.map((name) => [asciiFold(name), name]));
  const remembered = new Map<string, string | null>();
  const nameOf = (key: string): string | null => {
    let name = remembered.get(key);
    if (name !== undefined) return name;
    if (remembered.size >= MAX_REMEMBERED) remembered.clear();
    name = byFold.get(asciiFold(key)) ?? null;
    remembered.set(key, name);
    return name;
  };
  return (node) => {
    let found: Map<string, string[]> | null = null;
    for (const key in node) {
      if (exact.has(key)) continue;
      const name = nameOf(key);
      if (name === null || !Object.hasOwn(node, key)) continue;
      found ??= new Map<string, string[]>();
      const spellings = found.get(name);
      if (spellings === undefined) found.set(name, [key]);
      else spellings.push(key);
    }
    return found;
  };
}

/** The value under a name: of the key that is spelt so, else of the first that is another spelling of it. */
export function namedValue(node: JsonObject, name: string, matching: KeyMatching): unknown {
  const value = Object.hasOwn(node, name) ? node[name] : undefined;
  if (value !== undefined || matching === "exact") return value;
  const folded = asciiFold(name);
  const key = Object.keys(node).find((candidate) => asciiFold(candidate) === folded);
  return key === undefined ? undefined : node[key];
}
