/**
 * The typed tree: a filter after every name is resolved and every literal is read against the type of its field.
 *
 * It is the one meaning of a filter. `lower` turns it into SQL, `evaluate` runs it over one event, `explain` puts it into
 * words; the passes rewrite it. Logic is two-valued: an atom over a missing field is false, and negation is exact complement.
 */
import type { Span } from "../grammar/ast.js";
import type { AddressOp } from "../grammar/operators.js";
import type {
  IpSet,
  NumberSet,
  PatternSet,
  RegexSlot,
  Slot,
  TimeSet,
  WordSet,
} from "./values/filter-values.js";
import type { ElementGroup, StoredField } from "./catalogue/model.js";
import type { Regex } from "./values/regex.js";

export type * from "./values/filter-values.js";

/** A whole typed condition. */
export type Condition = Constant | Junction | Exclusive | Negation | Atom | HasElement;

/** A condition that holds for every event, or for none. */
export interface Constant {
  readonly kind: "constant";
  readonly value: boolean;
  readonly span: Span;
}

/** n-ary `and` / `or`. */
export interface Junction {
  readonly kind: "and" | "or";
  readonly operands: readonly Condition[];
  readonly span: Span;
}

/** `a xor b xor c`: true for an odd number of true operands. */
export interface Exclusive {
  readonly kind: "xor";
  readonly operands: readonly Condition[];
  readonly span: Span;
}

/** The negation of a condition. */
export interface Negation {
  readonly kind: "not";
  readonly operand: Condition;
  readonly span: Span;
}

/**
 * Some element of the group (`negated`: none) meets `condition`, whose atoms speak of that element only; with `count`, the number of those that
 * meet it is in that set (`negated`: is not).
 */
export interface HasElement {
  readonly kind: "has";
  readonly group: ElementGroup;
  readonly condition: Condition;
  readonly count?: NumberSet;
  readonly negated: boolean;
  readonly span: Span;
}

/**
 * One test of one field. `fields` are the stored fields whose lists, joined, are tested: one for a stored field, several
 * for a union such as `host.ip`. With `quantifier` "any" some element meets the test; with "all" there is an element and every
 * one meets it. `negated` is the exact complement of the whole.
 */
export interface Atom {
  readonly kind: "atom";
  readonly name: string;
  readonly fields: readonly StoredField[];
  /** The field or union is a list (its quantifiers and counts make sense). */
  readonly list: boolean;
  readonly quantifier: "any" | "all";
  readonly test: AtomTest;
  readonly negated: boolean;
  readonly span: Span;
}

/** The test of an atom. */
export type AtomTest =
  | PresenceTest
  | CountTest
  | SizeTest
  | BooleanTest
  | WordTest
  | NumberTest
  | TimeTest
  | ClockTest
  | IpTest
  | IpFamilyTest
  | PrefixLengthTest
  | UnderTest
  | PatternTest
  | RegexTest;

/** There is an element. */
export interface PresenceTest {
  readonly kind: "exists";
}

/** The number of elements, 0 for a missing list, is in the set. */
export interface CountTest {
  readonly kind: "count";
  readonly set: NumberSet;
  /** Only the elements that meet it are counted, or with `not` those that don't. */
  readonly of?: {
    readonly test: Exclude<AtomTest, CountTest | SizeTest | PresenceTest>;
    readonly not: boolean;
  };
}

/** The number of addresses that the elements cover together, 0 for a missing list, is in the set. */
export interface SizeTest {
  readonly kind: "size";
  readonly set: NumberSet;
}

/** The hour (0 to 23) or the day of the week (1, Monday, to 7) that clocks of the zone show at the instant is in the set. */
export interface ClockTest {
  readonly kind: "clock";
  readonly part: "hour" | "weekday";
  readonly zone: string;
  readonly set: NumberSet;
}

/** The element is this value. */
export interface BooleanTest {
  readonly kind: "boolean";
  readonly value: boolean | Slot;
}

/** The element is one of these words: text, enum, id and ordered fields. */
export interface WordTest {
  readonly kind: "word";
  readonly set: WordSet;
  /** Compare under ASCII case folding. The words of the set are folded already. */
  readonly fold: boolean;
}

/** Integer or float in a set of points and ranges. */
export interface NumberTest {
  readonly kind: "number";
  readonly set: NumberSet;
}

/** Instant (time field) or length (duration field) in a set of half-open ranges of microseconds. */
export interface TimeTest {
  readonly kind: "time";
  readonly set: TimeSet;
}

/** What a stored range is asked: whether it is the range (`=`), or one of the set operators of addresses. */
export type IpRelation = AddressOp | "=";

/** The stored range is in the relation to one of the ranges. */
export interface IpTest {
  readonly kind: "ip";
  readonly relation: IpRelation;
  readonly set: IpSet;
}

/** The family of the stored range is one of these. */
export interface IpFamilyTest {
  readonly kind: "family";
  readonly set: NumberSet;
}

/** The stored range is a network whose prefix length is in the set; an odd range has no prefix length. */
export interface PrefixLengthTest {
  readonly kind: "prefix-length";
  readonly set: NumberSet;
}

/** The element is one of the words or lies below one of them in the dotted hierarchy. */
export interface UnderTest {
  readonly kind: "under";
  readonly set: WordSet;
  /** As of {@link WordTest}. */
  readonly fold: boolean;
}

/** The element matches one of the LIKE patterns (PostgreSQL syntax: `%`, `_`, `\` escapes). */
export interface PatternTest {
  readonly kind: "pattern";
  readonly patterns: PatternSet;
  /** Under ASCII case folding: element and pattern folded. */
  readonly fold: boolean;
}

/** A text matches a regular expression: one of the filter, or one or a list of them that is given at run time. */
export interface RegexTest {
  readonly kind: "regex";
  readonly regex: Regex | RegexSlot;
}
