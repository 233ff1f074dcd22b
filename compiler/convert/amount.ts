/**
 * Sums of constants. Numbers, lengths of time and times add up to an amount; what is left of it at the end is again a
 * number, a length or a time, or nothing that can be written.
 */
import type { Span } from "../../grammar/ast.js";
import { END_EVENT_TIME, MIN_EVENT_TIME } from "../values/time.js";
import type { LegacyConstant } from "./constants.js";
import type { Dialect } from "./dialect.js";
import { exactText } from "./instant.js";
import { refuse } from "./refusal.js";

/** What a sum of constants comes to. */
export interface Amount {
  readonly number: number;
  readonly micros: bigint;
  /** Times minus subtracted times: 1 makes the amount a time, 0 a number or length. */
  readonly points: number;
  /** How many of the points are the time of execution. */
  readonly nows: number;
  /** A time or length took part. */
  readonly timed: boolean;
}

/** Nothing. */
export const ZERO: Amount = { number: 0, micros: 0n, points: 0, nows: 0, timed: false };

/** A constant as an amount. @throws Refusal E604 for what cannot be added */
export function amountOf(constant: LegacyConstant): Amount {
  switch (constant.kind) {
    case "number":
      return { ...ZERO, number: constant.value };
    case "duration":
      return { ...ZERO, micros: constant.micros, timed: true };
    case "instant":
      return { ...ZERO, micros: constant.micros, points: 1, timed: true };
    case "now":
      return { ...ZERO, micros: constant.micros, points: 1, nows: 1, timed: true };
    default:
      return refuse(
        "E604",
        "arithmetic is converted for numbers, times and lengths of time only",
        constant.span,
      );
  }
}

/** `a + sign · b`. */
export function add(a: Amount, b: Amount, sign: 1 | -1 = 1): Amount {
  return {
    number: a.number + sign * b.number,
    micros: a.micros + BigInt(sign) * b.micros,
    points: a.points + sign * b.points,
    nows: a.nows + sign * b.nows,
    timed: a.timed || b.timed,
  };
}

/** The constant that an amount comes to. @throws Refusal E604 when it is none: two times added, a number beside a time */
export function constantOf(amount: Amount, span: Span, dialect: Dialect): LegacyConstant {
  const seconds = amount.timed && dialect.numbersAreSeconds ? amount.number : 0;
  const number = amount.number - seconds;
  const micros = amount.micros + BigInt(Math.round(seconds * 1e6));
  if (!amount.timed) {
    if (!Number.isFinite(number)) return refuse("E604", "the result is no number", span);
    return { kind: "number", value: number, span };
  }
  if (number !== 0) return refuse("E604", `${dialect.name} does not add a number to a time`, span);
  if (amount.points === 0 && amount.nows === 0) return { kind: "duration", micros, span };
  if (amount.points === 1 && amount.nows === 1) return { kind: "now", micros, span };
  if (amount.points !== 1 || amount.nows !== 0)
    return refuse("E604", "the sum of these times is neither a time nor a length of time", span);
  if (micros < MIN_EVENT_TIME || micros >= END_EVENT_TIME)
    return refuse("E607", "the time lies outside the years 1 to 9999", span);
  return { kind: "instant", micros, text: exactText(micros), exact: true, span };
}
