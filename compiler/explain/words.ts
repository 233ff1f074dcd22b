/** A condition in plain English, for `explain`. */
import type { IpSet, NumberSet, TimeBound, TimeSet, WordSet } from "../../runtime/codecs/filter-values.js";
import { formatIpRange } from "../../runtime/codecs/ip-range.js";
import { formatMicros } from "../../runtime/codecs/time.js";
import { assertNever } from "../assert-never.js";
import type { Atom, AtomTest, Condition, IpRelation } from "../tree.js";

/** Longer lists are cut here, with the number of the rest. */
const SHOWN_ITEMS = 6;

/** The condition in words; every part of it is there, in the order of the typed tree. */
export function conditionWords(condition: Condition): string {
  switch (condition.kind) {
    case "constant":
      return condition.value ? "every event" : "no event";
    case "and":
    case "or":
      return condition.operands.map(nested).join(condition.kind === "and" ? ", and " : ", or ");
    case "xor":
      return `an odd number of these hold: ${condition.operands.map(nested).join("; ")}`;
    case "not":
      return `it is not so that ${nested(condition.operand)}`;
    case "has":
      return `${condition.negated ? "no" : "one and the same"} ${condition.group.name} has: ${nested(condition.condition)}`;
    case "atom":
      return atomWords(condition);
    default:
      return assertNever(condition);
  }
}

function nested(condition: Condition): string {
  const words = conditionWords(condition);
  return condition.kind === "and" || condition.kind === "or" || condition.kind === "xor"
    ? `(${words})`
    : words;
}

function atomWords(atom: Atom): string {
  const { test, negated, list, quantifier, fields } = atom;
  const name =
    fields.length > 1 ? fields.map((field) => field.name).join(" or ") : (fields[0]?.name ?? atom.name);
  if (test.kind === "exists") return `${name} has ${negated ? "no value" : list ? "some value" : "a value"}`;
  if (test.kind === "count")
    return `the number of ${name} values ${negated ? "is not" : "is"} ${numberWords(test.set)}`;
  const subject = list
    ? `${quantifier === "all" ? (negated ? "not every" : "every") : negated ? "no" : "some"} ${name}`
    : name;
  const missing = negated && !fields.every((field) => field.required) ? ` (or there is no ${name})` : "";
  const verb = testWords(test, !list && negated);
  return `${subject} ${verb}${missing}`;
}

const RELATIONS: Readonly<Record<IpRelation, readonly [positive: string, negative: string]>> = {
  in: ["lies wholly inside", "does not lie inside"],
  overlaps: ["shares an address with", "shares no address with"],
  covers: ["contains", "does not contain"],
  equals: ["is", "is not"],
};

function testWords(test: Exclude<AtomTest, { kind: "exists" | "count" }>, negated: boolean): string {
  const is = negated ? "is not" : "is";
  switch (test.kind) {
    case "boolean":
      return `${is} ${typeof test.value === "boolean" ? String(test.value) : `$${test.value.name}`}`;
    case "word":
      return `${is} ${wordWords(test.set)}${test.fold ? " (ignoring case)" : ""}`;
    case "number":
      return `${is} ${numberWords(test.set)}`;
    case "time":
      return `${negated ? "is not" : "is"} ${timeWords(test.set)}`;
    case "ip":
      return `${RELATIONS[test.relation][negated ? 1 : 0]} ${addressWords(test.set)}`;
    case "family":
      return `${is} an IPv${test.set.points.map(String).join(" or IPv")} address`;
    case "prefix-length":
      return `${is} a network whose prefix length is ${numberWords(test.set)}`;
    case "under":
      return `${is} ${wordWords(test.set)} or below it`;
    case "pattern": {
      const patterns = [
        ...test.patterns.values.map((value) => JSON.stringify(value)),
        ...test.patterns.slots.map((slot) => `$${slot.name}`),
      ];
      return `${negated ? "does not match" : "matches"} ${listWords(patterns)} (% is any text${test.fold ? ", ignoring case" : ""})`;
    }
    case "regex":
      return `${negated ? "does not match" : "matches"} /${test.regex.source}/${test.regex.ignoreCase ? "i" : ""}`;
  }
}

function listWords(items: readonly string[]): string {
  if (items.length === 0) return "nothing";
  const shown = items.slice(0, SHOWN_ITEMS);
  const more = items.length - shown.length;
  if (more > 0) return `${shown.join(", ")} or one of ${more} more`;
  return shown.length === 1 ? shown[0]! : `${shown.slice(0, -1).join(", ")} or ${shown.at(-1)}`;
}

function wordWords(set: WordSet): string {
  const slots = set.slots.map(({ name, op }) => (op === "=" ? `$${name}` : `${op} $${name}`));
  return listWords([...set.values, ...slots]);
}

function addressWords(set: IpSet): string {
  return listWords([...set.ranges.map(formatIpRange), ...set.slots.map(({ name }) => `$${name}`)]);
}

function numberWords({ points, ranges }: NumberSet): string {
  const text = (value: number | { readonly name: string }) =>
    typeof value === "number" ? String(value) : `$${value.name}`;
  return listWords([
    ...points.map(text),
    ...ranges.map(({ low, high, lowInclusive, highInclusive }) => {
      const from = low === null ? null : `${lowInclusive ? "at least" : "above"} ${text(low)}`;
      const to = high === null ? null : `${highInclusive ? "at most" : "below"} ${text(high)}`;
      return [from, to].filter((part) => part !== null).join(" and ") || "any number";
    }),
  ]);
}

function timeWords({ ranges }: TimeSet): string {
  return listWords(
    ranges.map(({ from, to }) => {
      const start = from === null ? null : `from ${boundWords(from)}`;
      const end = to === null ? null : `before ${boundWords(to)}`;
      return [start, end].filter((part) => part !== null).join(" and ") || "at any time";
    }),
  );
}

function boundWords(bound: TimeBound): string {
  switch (bound.kind) {
    case "instant":
      return formatMicros(bound.micros);
    case "time-slot":
      return bound.edge === "end" ? `just after $${bound.slot.name}` : `$${bound.slot.name}`;
    case "relative": {
      const { base, offsets, truncate, unit } = bound.expression;
      const text = offsets.reduce<string>(
        (words, { sign, amount, unit: of }) => `${words} ${sign < 0 ? "-" : "+"} ${amount}${of}`,
        base,
      );
      const rounded = truncate === null ? text : `${text}, start of its ${truncate}`;
      if (bound.edge === "start") return rounded;
      return unit === null ? `just after ${rounded}` : `the end of the ${unit} of ${rounded}`;
    }
  }
}
