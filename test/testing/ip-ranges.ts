/** Arbitrary address ranges. */
import fc from "fast-check";
import { ADDRESS_BITS, type IpFamily, type IpRange } from "../../compiler/values/ip-range.js";
import { POOL_RANGES } from "./pool.js";

/** How {@link ipRanges} chooses. */
export interface IpRangeOptions {
  /** Only this family; both when absent. */
  readonly family?: IpFamily | undefined;
  /** Only single addresses. */
  readonly single?: boolean | undefined;
}

/**
 * Address ranges: single addresses, networks and odd ranges; at the edges of the address space, inside one another, side by
 * side, and anywhere. They gather in few networks, so that two of them are often related. Shrinks towards 10.0.0.1.
 *
 * @example
 * fc.assert(fc.property(ipRanges(), ipRanges(), (a, b) => rangesOverlap(a, b) === rangesOverlap(b, a)));
 */
export function ipRanges({ family, single = false }: IpRangeOptions = {}): fc.Arbitrary<IpRange> {
  const pool = POOL_RANGES.filter((range) => family === undefined || range.family === family);
  const known = fc.constantFrom(...pool);
  if (single) return fc.oneof(known, near(known)).map(firstOf);
  return fc.oneof(
    { weight: 3, arbitrary: known },
    { weight: 2, arbitrary: near(known) },
    network(known),
    anywhere(family),
  );
}

const firstOf = ({ family, first }: IpRange): IpRange => ({ family, first, last: first });

const lastAddress = (family: IpFamily): bigint => (1n << BigInt(ADDRESS_BITS[family])) - 1n;

/** Both ends moved a little. */
function near(ranges: fc.Arbitrary<IpRange>): fc.Arbitrary<IpRange> {
  const step = fc.bigInt(-2n, 2n);
  return fc.tuple(ranges, step, step).map(([{ family, first, last }, below, above]) => {
    const clamp = (value: bigint): bigint =>
      value < 0n ? 0n : value > lastAddress(family) ? lastAddress(family) : value;
    return between(family, clamp(first + below), clamp(last + above));
  });
}

/** The network of any size around a range's first address. */
function network(ranges: fc.Arbitrary<IpRange>): fc.Arbitrary<IpRange> {
  return fc.tuple(ranges, fc.nat({ max: 128 })).map(([{ family, first }, bits]) => {
    const hostMask = (1n << BigInt(bits % (ADDRESS_BITS[family] + 1))) - 1n;
    return { family, first: first & ~hostMask, last: first | hostMask };
  });
}

function anywhere(wanted: IpFamily | undefined): fc.Arbitrary<IpRange> {
  const families: readonly IpFamily[] = wanted === undefined ? [4, 6] : [wanted];
  return fc.constantFrom(...families).chain((family) => {
    const end = fc.bigInt(0n, lastAddress(family));
    return fc.tuple(end, end).map(([one, other]) => between(family, one, other));
  });
}

function between(family: IpFamily, one: bigint, other: bigint): IpRange {
  return one <= other ? { family, first: one, last: other } : { family, first: other, last: one };
}
