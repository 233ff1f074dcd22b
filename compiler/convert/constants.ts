/** The values of legacy filters: literals, and what arithmetic on them gives. */
import type { Span } from "../../grammar/ast.js";
import type { IpRange } from "../values/ip-range.js";

/** A constant of a legacy filter. */
export type LegacyConstant =
  | NumberConstant
  | TextConstant
  | AddressConstant
  | InstantConstant
  | DurationConstant
  | NowConstant
  | RangeConstant
  | ListConstant
  | NameConstant;

/** A number. */
export interface NumberConstant {
  readonly kind: "number";
  readonly value: number;
  /** Digits as written, where they are plain ones: keeps those that a double has no room for. */
  readonly digits?: string;
  readonly span: Span;
}

/** A quoted text. */
export interface TextConstant {
  readonly kind: "text";
  readonly value: string;
  readonly span: Span;
}

/** An address, network or range. `form` is how it was written: `dash` is `a-b`, `dots` is `a..b`. */
export interface AddressConstant {
  readonly kind: "address";
  readonly range: IpRange;
  readonly form: "block" | "dash" | "dots";
  readonly span: Span;
}

/** A time. */
export interface InstantConstant {
  readonly kind: "instant";
  readonly micros: bigint;
  readonly text: string;
  readonly exact: boolean;
  readonly span: Span;
}

/** A length of time. */
export interface DurationConstant {
  readonly kind: "duration";
  readonly micros: bigint;
  readonly span: Span;
}

/** The time of execution, moved by `micros`. */
export interface NowConstant {
  readonly kind: "now";
  readonly micros: bigint;
  readonly span: Span;
}

/** `low..high` of numbers or times, in ascending order as far as that is known. */
export interface RangeConstant {
  readonly kind: "range";
  readonly low: LegacyConstant;
  readonly high: LegacyConstant;
  readonly span: Span;
}

/** A list of constants. */
export interface ListConstant {
  readonly kind: "list";
  readonly items: readonly LegacyConstant[];
  readonly span: Span;
}

/** A name of the caller's context (ransack). */
export interface NameConstant {
  readonly kind: "name";
  readonly name: string;
  readonly span: Span;
}

/** The items of a list, nested lists opened; anything else is its own only item. */
export function itemsOf(constant: LegacyConstant): readonly LegacyConstant[] {
  return constant.kind === "list" ? constant.items.flatMap(itemsOf) : [constant];
}

/** What a constant is called in messages. */
export function describeConstant(constant: LegacyConstant): string {
  switch (constant.kind) {
    case "number":
      return `the number ${constant.digits ?? String(constant.value)}`;
    case "text":
      return `the text "${constant.value}"`;
    case "address":
      return "an address";
    case "instant":
    case "now":
      return "a time";
    case "duration":
      return "a length of time";
    case "range":
      return "a range";
    case "list":
      return "a list";
    case "name":
      return `the name ${constant.name}`;
  }
}

/**
 * Order of two constants: negative, zero or positive. Null where they have none: kinds that differ, texts (whose order the old
 * languages see differently), the time of execution beside a fixed one.
 */
export function orderOf(a: LegacyConstant, b: LegacyConstant): number | null {
  if (a.kind === "number" && b.kind === "number") return a.value - b.value;
  if (a.kind === "address" && b.kind === "address" && a.range.family === b.range.family)
    return sign(a.range.first - b.range.first);
  if (a.kind !== b.kind) return null;
  if (a.kind === "instant" || a.kind === "duration" || a.kind === "now")
    return sign(a.micros - (b as InstantConstant | DurationConstant | NowConstant).micros);
  return null;
}

function sign(difference: bigint): number {
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}
