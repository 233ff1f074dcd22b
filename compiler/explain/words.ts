/** A condition in plain English, for `explain`. */
import { assertNever } from "../assert-never.js";
import type {
  Atom,
  AtomTest,
  ClockTest,
  Condition,
  CountTest,
  HasElement,
  NumberSet,
  RegexTest,
} from "../tree.js";
import { addressWords, explained, numberWords, patternWords, timeWords, wordWords } from "./value-words.js";

/** The condition in words; every part of it is there, in the order of the typed tree. */
export function conditionWords(condition: Condition): string {
  return wordsOf(condition, new Set());
}

/** `present` are the fields that a condition joined by `and` asks to be there, by {@link nameOf}. */
function wordsOf(condition: Condition, present: ReadonlySet<string>): string {
  switch (condition.kind) {
    case "constant":
      return condition.value ? "every event" : "no event";
    case "and": {
      const known = new Set([...present, ...condition.operands.flatMap(presentField)]);
      return condition.operands.map((operand) => nested(operand, known)).join(", and ");
    }
    case "or":
      return condition.operands.map((operand) => nested(operand, present)).join(", or ");
    case "xor":
      return `an odd number of these hold: ${condition.operands.map((operand) => nested(operand, present)).join("; ")}`;
    case "not":
      return `it is not so that ${nested(condition.operand, present)}`;
    case "has":
      if (condition.count !== undefined) return countWords(condition, condition.count);
      if (condition.condition.kind === "constant" && condition.condition.value)
        return `there is ${condition.negated ? "no" : "some"} ${condition.group.name}`;
      return `${condition.negated ? "no" : "one and the same"} ${condition.group.name} has: ${nested(condition.condition, new Set())}`;
    case "atom":
      return atomWords(condition, present);
    default:
      return assertNever(condition);
  }
}

function countWords({ group, condition, negated }: HasElement, count: NumberSet): string {
  const which = condition.kind === "constant" ? "" : ` with: ${nested(condition, new Set())}`;
  return `the number of ${group.name} elements${which} ${negated ? "is not" : "is"} ${numberWords(count)}`;
}

function nested(condition: Condition, present: ReadonlySet<string>): string {
  const words = wordsOf(condition, present);
  return condition.kind === "and" || condition.kind === "or" || condition.kind === "xor"
    ? `(${words})`
    : words;
}

function nameOf({ fields, name }: Atom): string {
  return fields.length > 1 ? fields.map((field) => field.name).join(" or ") : (fields[0]?.name ?? name);
}

function presentField(condition: Condition): readonly string[] {
  return condition.kind === "atom" &&
    !condition.negated &&
    condition.test.kind !== "count" &&
    condition.test.kind !== "size"
    ? [nameOf(condition)]
    : [];
}

function atomWords(atom: Atom, present: ReadonlySet<string>): string {
  const { test, negated, list, quantifier, fields } = atom;
  const name = nameOf(atom);
  if (test.kind === "exists") return `${name} has ${negated ? "no value" : list ? "some value" : "a value"}`;
  if (test.kind === "count")
    return `the number of ${name} values${countedWords(test)} ${negated ? "is not" : "is"} ${numberWords(test.set)}`;
  if (test.kind === "size")
    return `the number of addresses that ${name} covers ${negated ? "is not" : "is"} ${numberWords(test.set)}`;
  const subject = list
    ? `${quantifier === "all" ? (negated ? "not every" : "every") : negated ? "no" : "some"} ${name}`
    : name;
  const mayBeMissing = negated && !present.has(name) && !fields.every((field) => field.required);
  const verb = testWords(test, !list && negated);
  return `${subject} ${verb}${mayBeMissing ? ` (or there is no ${name})` : ""}`;
}

/** ` that lie wholly inside 10.0.0.0/8`. */
function countedWords({ of }: CountTest): string {
  if (of === undefined) return "";
  const words = testWords(of.test, of.not);
  return `, of those each of which ${words},`;
}

const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;

/** `is at an hour from 22 to 23`, `is on Saturday or Sunday`. */
function clockWords({ part, set, zone }: ClockTest, negated: boolean): string {
  const is = negated ? "is not" : "is";
  const where = zone === "UTC" ? "" : ` (${zone})`;
  if (part === "hour") return `${is} at an hour that is ${numberWords(set)}${where}`;
  const days = numberWords(set).replace(/\b[1-7]\b/g, (day) => WEEKDAYS[Number(day) - 1] ?? day);
  return `${is} on a day of the week that is ${days}${where}`;
}

function regexWords(regex: RegexTest["regex"]): string {
  if (regex.kind === "regex") return `/${regex.source}/${regex.ignoreCase ? "i" : ""}`;
  return `${regex.list ? "one of " : ""}$${regex.name}`;
}

function testWords(test: Exclude<AtomTest, { kind: "exists" | "count" | "size" }>, negated: boolean): string {
  const is = negated ? "is not" : "is";
  switch (test.kind) {
    case "boolean":
      return `${is} ${typeof test.value === "boolean" ? String(test.value) : `$${test.value.name}`}`;
    case "word":
      return `${is} ${wordWords(test.set)}${test.fold ? " (ignoring case)" : ""}`;
    case "number":
      return `${is} ${numberWords(test.set)}`;
    case "time":
      return `${is} ${timeWords(test.set)}`;
    case "clock":
      return clockWords(test, negated);
    case "ip":
      return `${explained(test.relation, negated)} ${addressWords(test.set)}`;
    case "family":
      return `${is} an address of family ${numberWords(test.set)}`;
    case "prefix-length":
      return `${is} a network whose prefix length is ${numberWords(test.set)}`;
    case "under":
      return `${is} ${wordWords(test.set)} or below it${test.fold ? " (ignoring case)" : ""}`;
    case "pattern":
      return patternWords(test.patterns, test.fold, negated);
    case "regex":
      return `${explained("matches", negated)} ${regexWords(test.regex)}`;
  }
}
