/**
 * Prefix tokens: small integers that let a GIN index find the events whose addresses may meet a condition.
 *
 * A stored network p/n gets the token E(p cut to the nearest kept length up to n) and, at every level above it, the token I(p cut to
 * the level). A query q/m asks for E of each of its own prefixes of a kept length (stored networks that contain it, and some beside it). For
 * stored networks inside it, it asks at the next level that is not above it: for I of each of its subnetworks there, and for E of those of
 * the kept lengths on the way; where they would be too many, for I of the level above it, which has some networks beside it. So a stored range
 * that shares an address with a queried one shares a token with it: tokens never lose an event, and the exact operator is always applied
 * after them.
 */
import { ADDRESS_BITS, type IpFamily } from "./ip-address.js";
import { splitCidrs, type Cidr, type IpRange } from "./ip-range.js";

/**
 * Prefix lengths at which inner tokens are kept. Level 0 of IPv6 is there for every network of a side, so that queries wider than the
 * next level have an answer too; of IPv4 such a query asks for all the networks of level 8 in it.
 */
const LEVELS: Readonly<Record<IpFamily, readonly number[]>> = { 4: [8, 16, 24], 6: [0, 32, 48, 64] };

/** Number of levels of the family that has most. */
const LEVEL_COUNT = 4;

/**
 * Subnetworks that a query asks for at most instead of the one network of the level above it. Each costs some probes of the index in every
 * day; the one network may be that of a whole campus, all of whose events are then read.
 */
const SUBNETWORKS = 64;

/**
 * Prefix lengths at which exact tokens are kept, dense where networks are usual. Each is one probe of the index in every day that
 * is searched: all 129 lengths of IPv6 cost more than the rechecks that these 17 bring.
 */
const EXACT_LENGTHS: Readonly<Record<IpFamily, readonly number[]>> = {
  4: [0, 8, 12, 16, 20, 22, 24, 26, 28, 30, 32],
  6: [0, 16, 20, 24, 28, 32, 36, 40, 44, 48, 52, 56, 60, 64, 96, 112, 128],
};

/** Networks that a stored range is split into at most; an odd range is then covered by coarser ones. */
const EVENT_CIDRS = 8;

/** The same for a queried range: exact, because an odd range has 254 networks at most. */
const QUERY_CIDRS = 256;

/** Tokens of one query; beyond them the query is covered by coarser networks. */
const MAX_QUERY_TOKENS = 20_000;

const EXACT = 1;
const INNER = 2;

/**
 * The tokens of the addresses of one side of an event, without repeats, as signed 32-bit integers.
 *
 * @param side number of the column of addresses; tokens of different sides differ
 * @param cap most networks for one range, 1 at least
 */
export function eventTokens(side: number, ranges: readonly IpRange[], cap = EVENT_CIDRS): number[] {
  const tokens: Distinct = { list: [], set: null };
  for (const range of ranges) {
    for (const cidr of splitCidrs(range, cap)) {
      const address = addressWords(cidr);
      addDistinct(tokens, prefixToken(side, EXACT, address, keptLength(cidr)));
      for (const level of LEVELS[cidr.family]) {
        if (level < cidr.length) addDistinct(tokens, prefixToken(side, INNER, address, level));
      }
    }
  }
  return tokens.list;
}

/** Numbers without repeats, in the order in which they came: the set is made only for more than a few. */
interface Distinct {
  readonly list: number[];
  set: Set<number> | null;
}

/** A list of numbers up to this length is searched in less time than it takes to fill a set. */
const SHORT_LIST = 64;

function addDistinct(distinct: Distinct, value: number): void {
  const { list, set } = distinct;
  if (set === null ? list.includes(value) : set.has(value)) return;
  list.push(value);
  if (set !== null) set.add(value);
  else if (list.length === SHORT_LIST) distinct.set = new Set(list);
}

/**
 * Tokens of which every event has one whose addresses on that side share an address with one of the ranges; so also every
 * event with a range inside, around or equal to one of them. More than `cap` tokens are avoided by asking for coarser networks.
 */
export function queryTokens(side: number, ranges: readonly IpRange[], cap = MAX_QUERY_TOKENS): number[] {
  const cidrs = ranges.flatMap((range) => splitCidrs(range, QUERY_CIDRS));
  const subnetworks = Math.min(SUBNETWORKS, cap / cidrs.length);
  // As they are at first, then level by level wider, down to the widest.
  for (let level = LEVEL_COUNT; ; level--) {
    const tokens = tokensOf(side, coarsen(cidrs, level), subnetworks);
    if (tokens.size <= cap || level === 0) return [...tokens];
  }
}

/** `subnetworks` bounds those that one network is asked for by. */
function tokensOf(side: number, cidrs: readonly Cidr[], subnetworks: number): Set<number> {
  const tokens = new Set<number>();
  for (const cidr of cidrs) {
    const address = addressWords(cidr);
    for (const length of EXACT_LENGTHS[cidr.family]) {
      if (length <= cidr.length) tokens.add(prefixToken(side, EXACT, address, length));
    }
    addInside(tokens, side, cidr, subnetworks);
  }
  return tokens;
}

/** Tokens of the stored networks inside a queried one. */
function addInside(tokens: Set<number>, side: number, cidr: Cidr, subnetworks: number): void {
  const { family, length } = cidr;
  const bits = ADDRESS_BITS[family];
  const levels = LEVELS[family];
  const finer = levels.find((level) => level >= length) ?? bits;
  const coarser = levels.findLast((level) => level <= length);
  if (coarser !== undefined && 2 ** (finer - length) > subnetworks) {
    tokens.add(prefixToken(side, INNER, addressWords(cidr), coarser));
    return;
  }
  for (const kept of EXACT_LENGTHS[family]) {
    if (kept <= length || kept > finer) continue;
    for (const subnetwork of subnetworksOf(cidr, kept))
      tokens.add(prefixToken(side, EXACT, subnetwork, kept));
  }
  // Nothing is longer than an address.
  if (finer === bits) return;
  for (const subnetwork of subnetworksOf(cidr, finer))
    tokens.add(prefixToken(side, INNER, subnetwork, finer));
}

/** The words of the subnetworks of a length. */
function* subnetworksOf({ family, first, length }: Cidr, wanted: number): Iterable<readonly number[]> {
  const step = 1n << BigInt(ADDRESS_BITS[family] - wanted);
  const count = 2 ** (wanted - length);
  for (let index = 0; index < count; index++)
    yield addressWords({ family, first: first + BigInt(index) * step, length: wanted });
}

/** The longest kept length that is not longer than the network's own. */
function keptLength({ family, length }: Cidr): number {
  return EXACT_LENGTHS[family].findLast((kept) => kept <= length) ?? 0;
}

/** Each network widened to the level of that index, unless it is wider already; beyond the last level as it is. */
function coarsen(cidrs: readonly Cidr[], level: number): Cidr[] {
  return cidrs.map((cidr) => ({
    ...cidr,
    length: Math.min(cidr.length, LEVELS[cidr.family][level] ?? cidr.length),
  }));
}

/** The first address of a network as signed 32-bit numbers, the highest first: one for IPv4, four for IPv6. */
function addressWords({ family, first }: Cidr): readonly number[] {
  if (family === 4) return [Number(first) | 0];
  return [96n, 64n, 32n, 0n].map((shift) => Number(BigInt.asIntN(32, first >> shift)));
}

/**
 * The token of the first `length` bits of an address: a hash of them. That two of them are equal by chance costs a recheck,
 * never an event.
 */
function prefixToken(side: number, kind: number, address: readonly number[], length: number): number {
  const family: IpFamily = address.length === 1 ? 4 : 6;
  let hash = mix(mix(side, family * 8 + kind), length);
  for (let index = 0; index < address.length; index++) {
    hash = mix(hash, cut(address[index] ?? 0, length - 32 * index));
  }
  return hash;
}

/** The first `length` bits of a 32-bit number, the others zero. */
function cut(word: number, length: number): number {
  if (length <= 0) return 0;
  return length >= 32 ? word : word & (-1 << (32 - length));
}

/** One round of MurmurHash3 with its finaliser: adjacent prefixes land far apart. */
function mix(hash: number, word: number): number {
  let key = Math.imul(word, 0xcc9e2d51);
  key = Math.imul((key << 15) | (key >>> 17), 0x1b873593);
  let result = hash ^ key;
  result = Math.imul((result << 13) | (result >>> 19), 5) + 0xe6546b64;
  result = Math.imul(result ^ (result >>> 16), 0x85ebca6b);
  result = Math.imul(result ^ (result >>> 13), 0xc2b2ae35);
  return (result ^ (result >>> 16)) | 0;
}
