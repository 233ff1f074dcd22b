/** Remembers compiled filters, so that the same text is compiled once. */

/** Compiled filters kept for each set of options; the one not used for longest goes first. */
const KEPT = 1000;

/** A cache for one set of options. */
export interface CompileCache<T> {
  readonly get: (text: string, make: () => T) => T;
}

/** A cache that drops what was not used for longest. */
function createCache<T>(): CompileCache<T> {
  const entries = new Map<string, T>();
  return {
    get: (text, make) => {
      let value = entries.get(text);
      if (value === undefined) {
        value = make();
        const [oldest] = entries.keys();
        if (entries.size >= KEPT && oldest !== undefined) entries.delete(oldest);
      } else entries.delete(text);
      // Moved to the end: a map keeps the order of insertion.
      entries.set(text, value);
      return value;
    },
  };
}

interface Node<T> {
  readonly byObject: WeakMap<object, Node<T>>;
  readonly byText: Map<string, CompileCache<T>>;
}

const node = <T>(): Node<T> => ({ byObject: new WeakMap(), byText: new Map() });

/**
 * Caches told apart by some objects, by identity, and a text. Objects that are gone take their caches with them.
 */
export function createCaches<T>(): (objects: readonly object[], text: string) => CompileCache<T> {
  const root = node<T>();
  return (objects, text) => {
    let place = root;
    for (const object of objects) {
      let next = place.byObject.get(object);
      if (!next) place.byObject.set(object, (next = node()));
      place = next;
    }
    let cache = place.byText.get(text);
    if (!cache) place.byText.set(text, (cache = createCache()));
    return cache;
  };
}
