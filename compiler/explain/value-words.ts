/** The values on the right of a test in plain English. */
import { OPERATORS, type TextOp } from "../../grammar/operators.js";
import type { IpRelation } from "../tree.js";
import type {
  CalendarUnit,
  IpSet,
  NumberSet,
  PatternSet,
  RelativeTime,
  TimeBound,
  TimeSet,
  WordSet,
} from "../values/filter-values.js";
import { formatIpRange } from "../values/ip-range.js";
import type { PatternOp } from "../values/text.js";
import { formatMicros } from "../values/time.js";

/** Longer lists are cut here, with the number of the rest. */
const SHOWN_ITEMS = 6;

/** What is said of a field that meets the test of an operator, or of one that does not. */
export function explained(operator: ExplainedOperator, negated: boolean): string {
  return OPERATORS[operator].explained[negated ? 1 : 0];
}

/** The operators that have words of their own. */
type ExplainedOperator = IpRelation | TextOp;

/** Patterns of one operator have one verb; the LIKE patterns tell which operator they came from. */
export function patternWords({ values, slots }: PatternSet, fold: boolean, negated: boolean): string {
  const parts = [...values.map(readPattern), ...slots.map(({ op, name }) => ({ op, text: `$${name}` }))];
  const verbs = [...new Set(parts.map(({ op }) => op))].map((op) => {
    const texts = parts.filter((part) => part.op === op).map(({ text }) => text);
    return `${explained(op, negated)} ${listWords(texts)}`;
  });
  return `${verbs.join(negated ? " and " : " or ")} (${fold ? "ignoring case" : "case counts"})`;
}

/** The operator that a LIKE pattern may have come from, and its argument as a text in quotes. */
function readPattern(pattern: string): { readonly op: PatternOp; readonly text: string } {
  const [, before, middle = "", after] = /^(%?)((?:[^\\%_]|\\[^])*)(%?)$/.exec(pattern) ?? [];
  const quoted = (text: string) => JSON.stringify(text);
  if (before === undefined || (before === "" && after === ""))
    return { op: "like", text: quoted(pattern.replace(/\\([^])|[%_]|[*?]/g, globSign)) };
  const op = before === "" ? "starts with" : after === "" ? "ends with" : "contains";
  return { op, text: quoted(middle.replace(/\\([^])/g, "$1")) };
}

function globSign(sign: string, escaped: string | undefined): string {
  const plain = escaped ?? sign;
  if (escaped === undefined && (sign === "%" || sign === "_")) return sign === "%" ? "*" : "?";
  return /[*?\\]/.test(plain) ? `\\${plain}` : plain;
}

function listWords(items: readonly string[]): string {
  if (items.length === 0) return "nothing";
  const shown = items.slice(0, SHOWN_ITEMS);
  const more = items.length - shown.length;
  if (more > 0) return `${shown.join(", ")} or one of ${more} more`;
  return shown.length === 1 ? shown[0]! : `${shown.slice(0, -1).join(", ")} or ${shown.at(-1)}`;
}

const ORDER_WORDS = { "=": "", "<": "below ", "<=": "at most ", ">": "above ", ">=": "at least " } as const;

/** `high, critical or at least $min`. */
export function wordWords(set: WordSet): string {
  const slots = set.slots.map(({ name, op }) => `${ORDER_WORDS[op]}$${name}`);
  return listWords([...set.values, ...slots]);
}

/** `10.0.0.0/8 or $net`. */
export function addressWords(set: IpSet): string {
  return listWords([...set.ranges.map(formatIpRange), ...set.slots.map(({ name }) => `$${name}`)]);
}

/** `22, 80 or from 8000 to 8100`. */
export function numberWords({ points, ranges }: NumberSet): string {
  const text = (value: number | bigint | { readonly name: string }) =>
    typeof value === "object" ? `$${value.name}` : String(value);
  return listWords([
    ...points.map(text),
    ...ranges.map(({ low, high, lowInclusive, highInclusive }) => {
      const from = low === null ? null : `${lowInclusive ? "at least" : "above"} ${text(low)}`;
      const to = high === null ? null : `${highInclusive ? "at most" : "below"} ${text(high)}`;
      if (low !== null && high !== null && lowInclusive && highInclusive)
        return `from ${text(low)} to ${text(high)}`;
      return [from, to].filter((part) => part !== null).join(" and ") || "any number";
    }),
  ]);
}

/** `from A to before B`, `until the end of the day of today`. */
export function timeWords({ ranges }: TimeSet): string {
  return listWords(
    ranges.map(({ from, to }) => {
      if (from === null) return to === null ? "at any time" : endWords(to);
      if (to === null) return isEnd(from) ? startWords(from) : `${startWords(from)} on`;
      return `${startWords(from)} ${isEnd(to) ? "" : "to "}${endWords(to)}`;
    }),
  );
}

/** The start of a range, which belongs to it; an end as the start of `>` does not. */
function startWords(bound: TimeBound): string {
  return `${isEnd(bound) ? "after" : "from"} ${boundWords(bound)}`;
}

/** The end of a range, which does not belong to it; the end of a unit closes a range that includes the unit. */
function endWords(bound: TimeBound): string {
  return `${isEnd(bound) ? "until" : "before"} ${boundWords(bound)}`;
}

function isEnd(bound: TimeBound): boolean {
  return "edge" in bound && bound.edge === "end";
}

const UNITS: Readonly<Record<CalendarUnit, string>> = {
  ms: "millisecond",
  s: "second",
  m: "minute",
  h: "hour",
  d: "day",
  w: "week",
  mo: "month",
  y: "year",
};

function offsetWords(base: string, offsets: RelativeTime["offsets"]): string {
  return offsets.reduce<string>(
    (words, { sign, amount, unit }) =>
      `${words} ${sign < 0 ? "-" : "+"} ${amount} ${UNITS[unit]}${amount === 1 ? "" : "s"}`,
    base,
  );
}

function boundWords(bound: TimeBound): string {
  switch (bound.kind) {
    case "instant":
      return formatMicros(bound.micros);
    case "time-slot":
      return `$${bound.slot.name}`;
    case "window-slot":
      return `now - $${bound.slot.name}`;
    case "relative": {
      const { base, offsets, truncate, after = [], unit } = bound.expression;
      const shifted = offsetWords(base, offsets);
      const rounded = truncate === null ? shifted : `the start of the ${UNITS[truncate]} of ${shifted}`;
      const instant = offsetWords(rounded, after);
      if (bound.edge !== "end" || unit === null) return instant;
      return `the end of the ${UNITS[unit]} of ${after.length === 0 ? shifted : instant}`;
    }
  }
}
