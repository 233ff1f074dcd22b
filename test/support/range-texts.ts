/** A generator of numbers in [0, 1) that gives the same sequence for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Dotted or grouped text of an address from its value. */
function addressText(family: 4 | 6, value: bigint): string {
  const width = family === 4 ? 8n : 16n;
  const parts = Array.from({ length: family === 4 ? 4 : 8 }, (_, index) => {
    const shift = width * BigInt((family === 4 ? 3 : 7) - index);
    return (value >> shift) & ((1n << width) - 1n);
  });
  return family === 4 ? parts.join(".") : parts.map((part) => part.toString(16)).join(":");
}

/**
 * Random range texts of every form that ip4r takes: single addresses, prefixes, first-last (also reversed), `-`; both families; half of
 * them in few networks, so that pairs overlap and contain each other.
 *
 * @param count how many
 * @param seed the same seed gives the same texts
 * @param related texts of which some are repeated, so that pairs of equal ranges occur
 */
export function randomRangeTexts(count: number, seed: number, related: readonly string[] = []): string[] {
  const random = seeded(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const bits = (length: number): bigint => {
    let value = 0n;
    for (let bit = 0; bit < length; bit += 1) value = (value << 1n) | BigInt(below(2));
    return value;
  };
  return Array.from({ length: count }, (_, index) => {
    const repeated = related[index];
    if (repeated !== undefined && below(8) === 0) return repeated;
    const family = below(2) === 0 ? 4 : 6;
    const length = family === 4 ? 32 : 128;
    const common = family === 4 ? 0x0a000000n : 0x20010db8n << 96n;
    const value = below(2) === 0 ? bits(length) : common | bits(below(16));
    switch (below(16)) {
      case 0:
        return "-";
      case 1:
      case 2:
      case 3:
      case 4:
        return addressText(family, value);
      case 5:
      case 6:
      case 7:
      case 8: {
        const host = BigInt(below(length + 1));
        return `${addressText(family, (value >> host) << host)}/${BigInt(length) - host}`;
      }
      default: {
        const other = below(2) === 0 ? bits(length) : common | bits(below(20));
        return `${addressText(family, value)}-${addressText(family, other)}`;
      }
    }
  });
}
