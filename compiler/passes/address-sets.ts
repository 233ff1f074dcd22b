/** Pass: puts the address sets of ip tests into their canonical form. */
import { mergeRanges, wholeFamily, rangesEqual, type IpRange } from "../values/ip-range.js";
import { mapAtoms } from "../condition-parts.js";
import type { Atom, Condition, IpTest } from "../tree.js";

/**
 * Merges overlapping and contiguous ranges of `in` and `overlaps`, whose list means the union, and turns a test
 * against the whole address space into one of the family: every stored range of a family lies inside it and overlaps it.
 */
export function canonicalAddressSets(condition: Condition): Condition {
  return mapAtoms(condition, (atom) => (atom.test.kind === "ip" ? canonical(atom, atom.test) : atom));
}

function canonical(atom: Atom, test: IpTest): Condition {
  if (test.relation !== "in" && test.relation !== "overlaps") return atom;
  const ranges = mergeRanges(test.set.ranges);
  if (test.set.slots.length > 0) return { ...atom, test: { ...test, set: { ...test.set, ranges } } };
  const families = ranges.filter(isWholeFamily).map(({ family }) => family);
  if (families.length === 2) return { ...atom, test: { kind: "exists" } };
  if (families.length === 1 && ranges.length === 1)
    return { ...atom, test: { kind: "family", set: { points: families, ranges: [] } } };
  return { ...atom, test: { ...test, set: { ...test.set, ranges } } };
}

function isWholeFamily(range: IpRange): boolean {
  return rangesEqual(range, wholeFamily(range.family));
}
