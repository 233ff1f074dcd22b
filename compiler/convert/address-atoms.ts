/** Conditions on addresses. Where a stored range and an operand meet, the two old languages ask different questions. */
import type { Expr, Item, SetOp } from "../../grammar/ast.js";
import {
  ADDRESS_BITS,
  formatAddress,
  mergeRanges,
  rangeContains,
  rangesEqual,
  type IpRange,
} from "../values/ip-range.js";
import * as build from "./build.js";
import { itemsOf, type AddressConstant, type LegacyConstant, type NameConstant } from "./constants.js";
import type { ConversionContext } from "./context.js";
import { subjectOf, type FieldUse } from "./fields.js";
import { addressText, readLegacyAddress } from "./literals.js";
import type { Ordering } from "../values/ordering.js";
import { isLowerBound } from "./ordering.js";
import { refuse } from "./refusal.js";
import { nameValue, refuseType } from "./values.js";

/** How an address field is asked about something else than order: `member` is `v in F`. */
export type AddressRelation = "=" | "==" | "in" | "member";

type AddressItem = AddressConstant | NameConstant;

/** A condition on addresses. @throws Refusal E607 for another family and for what is no address */
export function addressAtom(
  use: FieldUse,
  relation: AddressRelation,
  constant: LegacyConstant,
  context: ConversionContext,
): Expr {
  const items = addressItems(use, constant, context);
  if (items.length === 0) return build.constant(false);
  const bracketed = constant.kind === "list";
  if (context.dialect.name === "pynspect") {
    // A literal in front was swapped after the operator, so that a list there is a list after "in".
    if (relation === "in" || (relation === "member" && bracketed))
      return insideAny(use, items, bracketed, context);
    return sameAsAny(use, items, constant, context);
  }
  switch (relation) {
    case "in":
      return insideAny(use, items, true, context);
    case "==":
      context.report("C11", use.span);
      return sameAsAny(use, items, constant, context);
    case "=":
      return relatedToAny(use, items, constant, context);
    case "member":
      return build.inSet(subjectOf(use), "covers", items.map(itemValue));
  }
}

function addressItems(
  use: FieldUse,
  constant: LegacyConstant,
  context: ConversionContext,
): readonly AddressItem[] {
  return itemsOf(constant).map((item) => addressItem(use, item, context));
}

function addressItem(use: FieldUse, item: LegacyConstant, context: ConversionContext): AddressItem {
  if (item.kind === "name") return item;
  if (item.kind === "text" && !context.dialect.quotedLiterals)
    context.report("C17", item.span, { note: `"${item.value}" was a text, which no address equals` });
  const address = item.kind === "text" ? readLegacyAddress(item.value, item.span, context) : item;
  if (address.kind !== "address") return refuseType(use, item);
  if (use.family !== null && use.family !== address.range.family)
    refuse(
      "E607",
      `${use.path} holds IPv${use.family} addresses, ${addressText(address)} is IPv${address.range.family}`,
      item.span,
      {
        proposal: `name the path of the IPv${address.range.family} addresses`,
      },
    );
  return address;
}

const isSingle = (item: AddressItem): boolean =>
  item.kind === "address" && item.range.first === item.range.last;

function itemValue(item: AddressItem): Item {
  if (item.kind === "name") return nameValue(item, "set");
  if (item.form !== "dots" || isSingle(item)) return build.atom(addressText(item));
  const { family, first, last } = item.range;
  return build.range(build.atom(formatAddress(family, first)), build.atom(formatAddress(family, last)));
}

function insideAny(
  use: FieldUse,
  items: readonly AddressItem[],
  bracketed: boolean,
  context: ConversionContext,
): Expr {
  const [only] = items;
  if (items.length === 1 && only !== undefined && isSingle(only)) return equalTo(use, only);
  if (!bracketed) context.report("C06", use.span);
  reportTouching(use, items, context);
  return build.inSet(subjectOf(use), "in", items.map(itemValue));
}

function reportTouching(use: FieldUse, items: readonly AddressItem[], context: ConversionContext): void {
  const ranges = items.flatMap((item) => (item.kind === "address" ? [item.range] : []));
  const widest = ranges.filter(
    (range, index) => !ranges.some((other, at) => holds(other, range, at < index)),
  );
  if (mergeRanges(widest).length < widest.length) context.report("C08", use.span);
}

/** Whether `outer` holds `inner`; of two equal ranges only one does. */
function holds(outer: IpRange, inner: IpRange, earlier: boolean): boolean {
  return rangeContains(outer, inner) && (earlier || !rangesEqual(outer, inner));
}

function equalTo(use: FieldUse, item: AddressItem): Expr {
  const value = item.kind === "name" ? nameValue(item, "parameter") : build.atom(addressText(item));
  return build.compare(subjectOf(use), "=", value);
}

/** The very same block: what lies in it and covers it. */
function sameAs(use: FieldUse, item: AddressItem): Expr {
  if (item.kind === "name" || isSingle(item)) return equalTo(use, item);
  return build.joined(
    "and",
    (["in", "covers"] as const).map((op) => build.inSet(subjectOf(use), op, [itemValue(item)])),
  );
}

/** Each item as a condition of equality: for tests of whole lists. @throws Refusal E607 */
export function addressEqualities(
  use: FieldUse,
  constant: LegacyConstant,
  context: ConversionContext,
): readonly Expr[] {
  return addressItems(use, constant, context).map((item) => sameAs(use, item));
}

function sameAsAny(
  use: FieldUse,
  items: readonly AddressItem[],
  constant: LegacyConstant,
  context: ConversionContext,
): Expr {
  if (items.every(isSingle)) return insideAny(use, items, true, context);
  if (items.some((item) => item.kind === "address" && !isSingle(item))) {
    const inside = build.inSet(subjectOf(use), "in", items.map(itemValue));
    context.report("C05", constant.span, {
      remedy: { title: "test for addresses inside the block", expr: inside },
    });
  }
  return build.joined(
    "or",
    items.map((item) => sameAs(use, item)),
  );
}

/** ransack's `=`: one contains the other. With a single address that is `covers`. */
function relatedToAny(
  use: FieldUse,
  items: readonly AddressItem[],
  constant: LegacyConstant,
  context: ConversionContext,
): Expr {
  const [only] = items;
  const test = (op: SetOp): Expr => build.inSet(subjectOf(use), op, items.map(itemValue));
  if (items.length === 1 && only !== undefined) {
    if (only.kind === "name") return build.inSet(subjectOf(use), "overlaps", [nameValue(only, "parameter")]);
    if (isSingle(only)) return test("covers");
  }
  if (!items.every(isSingle)) {
    const either = build.joined("or", [test("in"), test("covers")]);
    context.report("C04", constant.span, { remedy: { title: "ask for one inside the other", expr: either } });
  }
  return test("overlaps");
}

/**
 * Order of addresses: ransack compares with the loose end of both sides, so that `F >= a` is "some stored range reaches a
 * or beyond". @throws Refusal E607 in pynspect, which has no order of addresses
 */
export function addressOrder(
  use: FieldUse,
  op: Ordering,
  constant: LegacyConstant,
  context: ConversionContext,
): Expr {
  if (context.dialect.name === "pynspect")
    return refuse("E607", "pynspect has no order of addresses", constant.span, {
      proposal: `write ${use.path} in [low-high]`,
    });
  const ranges = addressItems(use, constant, context).map((item) =>
    item.kind === "address" ? item.range : refuse("E604", "a name has no order among addresses", item.span),
  );
  const [first] = ranges;
  if (first === undefined) return build.constant(false);
  if (ranges.some(({ family }) => family !== first.family))
    refuse("E607", "the addresses are of both families", constant.span);
  const lower = isLowerBound(op);
  const edge = ranges
    .map((range) => (lower ? range.first : range.last))
    .reduce((a, b) => (lower === a < b ? a : b));
  const bound = edge + (op === ">" ? 1n : op === "<" ? -1n : 0n);
  if (bound < 0n || bound >> BigInt(ADDRESS_BITS[first.family]) > 0n) return build.constant(false);
  const end = build.atom(formatAddress(first.family, bound));
  return build.inSet(subjectOf(use), "overlaps", [lower ? build.range(end, null) : build.range(null, end)]);
}
