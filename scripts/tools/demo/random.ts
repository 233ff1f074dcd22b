/** Reproducible randomness for demo data: the same seed gives the same sequence on every machine. */

/** A source of random values. */
export interface Random {
  /** A whole number from 0 to `count - 1`. */
  below(count: number): number;
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number;
  /** True with that probability, 0 to 1. */
  chance(probability: number): boolean;
  pick<const T extends readonly [unknown, ...unknown[]]>(items: T): T[number];
  /** A number from 0 to `count - 1` of which small ones are much more frequent: rank r about in proportion to 1/r. */
  skewed(count: number): number;
  /** One of the items, as often as its weight says; undefined where all weights are 0. */
  weighted<T>(items: readonly T[], weights: readonly number[]): T | undefined;
  /** `length` values. */
  list<T>(length: number, make: () => T): T[];
  /** That many hexadecimal digits. */
  hex(digits: number): string;
}

/** A xoroshiro64** generator (Blackman and Vigna, public domain) seeded with a whole number. */
export function createRandom(seed: number): Random {
  let low = scramble(seed);
  let high = scramble(low + 1);
  if (low === 0 && high === 0) high = 1;

  const next = (): number => {
    const result = Math.imul(rotate(Math.imul(low, 0x9e3779bb), 5), 5) >>> 0;
    high ^= low;
    low = rotate(low, 26) ^ high ^ (high << 9);
    high = rotate(high, 13);
    return result;
  };
  const unit = (): number => next() / 2 ** 32;
  const below = (count: number): number => Math.floor(unit() * count);

  return {
    below,
    between: (from, to) => from + below(to - from + 1),
    chance: (probability) => unit() < probability,
    pick: (items) => items[below(items.length)],
    skewed: (count) => Math.min(count - 1, Math.floor((count + 1) ** unit()) - 1),
    weighted: (items, weights) => {
      let rest = unit() * weights.reduce((sum, weight) => sum + weight, 0);
      return items.find((_, index) => (rest -= weights[index] ?? 0) < 0);
    },
    list: (length, make) => Array.from({ length }, make),
    hex: (digits) => {
      let text = "";
      while (text.length < digits) text += next().toString(16).padStart(8, "0");
      return text.slice(0, digits);
    },
  };
}

/** How often a key was counted; 0 where it was not. */
export function learned(counts: Readonly<Record<string, number>>, key: string): number {
  return Object.hasOwn(counts, key) ? (counts[key] ?? 0) : 0;
}

/** A well-mixed 32-bit number from any whole number; also a hash that gives ranks fixed attributes. */
export function scramble(value: number): number {
  let mixed = (value ^ Math.floor(value / 2 ** 32)) | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
  return (mixed ^ (mixed >>> 15)) | 0;
}

function rotate(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}
