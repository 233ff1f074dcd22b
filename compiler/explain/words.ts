/** A condition in plain English, for `explain`. */
import { assertNever } from "../assert-never.js";
import type { Atom, AtomTest, Condition, IpRelation } from "../tree.js";
import { addressWords, numberWords, patternWords, timeWords, wordWords } from "./value-words.js";

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
      return `${is} ${timeWords(test.set)}`;
    case "ip":
      return `${RELATIONS[test.relation][negated ? 1 : 0]} ${addressWords(test.set)}`;
    case "family":
      return `${is} an IPv${test.set.points.map(String).join(" or IPv")} address`;
    case "prefix-length":
      return `${is} a network whose prefix length is ${numberWords(test.set)}`;
    case "under":
      return `${is} ${wordWords(test.set)} or below it${test.fold ? " (ignoring case)" : ""}`;
    case "pattern":
      return patternWords(test.patterns, test.fold, negated);
    case "regex":
      return `${negated ? "does not match" : "matches"} /${test.regex.source}/${test.regex.ignoreCase ? "i" : ""}`;
  }
}
