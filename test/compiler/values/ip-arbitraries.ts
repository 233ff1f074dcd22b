/** Arbitrary address ranges: single addresses, networks and odd ranges, crowded enough to meet. */
import fc from "fast-check";
import { ADDRESS_BITS, cidrRange, type IpFamily, type IpRange } from "../../../compiler/values/ip-range.js";

const family = (): fc.Arbitrary<IpFamily> => fc.constantFrom<IpFamily>(4, 6);

const between = (of: IpFamily, a: bigint, b: bigint): IpRange => ({
  family: of,
  first: a < b ? a : b,
  last: a < b ? b : a,
});

/** Any range of either family. */
export function ipRange(): fc.Arbitrary<IpRange> {
  return family().chain((of) => {
    const bits = ADDRESS_BITS[of];
    const address = fc.oneof(
      fc.bigInt({ min: 0n, max: (1n << BigInt(bits)) - 1n }),
      // Few prefixes and few hosts, so that ranges overlap.
      fc
        .tuple(
          fc.bigInt({ min: 0n, max: 3n }),
          fc.bigInt({ min: 0n, max: 40n }),
          fc.integer({ min: 0, max: bits - 8 }),
        )
        .map(([top, host, shift]) => (top << BigInt(bits - 2)) | (host << BigInt(shift))),
    );
    const network = fc.tuple(address, fc.integer({ min: 0, max: bits })).map(([value, length]) => {
      const hostBits = BigInt(bits - length);
      return cidrRange({ family: of, first: (value >> hostBits) << hostBits, length });
    });
    return fc.oneof(
      address.map((value) => between(of, value, value)),
      network,
      fc.tuple(address, address).map(([a, b]) => between(of, a, b)),
    );
  });
}

/** A range among the first hundred addresses of a family. */
export function smallRange(): fc.Arbitrary<IpRange> {
  const address = fc.bigInt({ min: 0n, max: 99n });
  return fc.tuple(family(), address, address).map(([of, a, b]) => between(of, a, b));
}
