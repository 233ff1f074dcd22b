/** Resolving one predicate: checks the operator against the type and hands the values to the reader of that type. */
import type { HasTest, Predicate, Test } from "../../grammar/ast.js";
import { isOfAllValues } from "../../grammar/functions.js";
import type { Operator } from "../../grammar/operators.js";
import type { NumberSet } from "../values/filter-values.js";
import type { Atom, AtomTest, Condition, CountTest } from "../tree.js";
import { problem } from "../../grammar/codes.js";
import { readBooleanTest } from "./booleans.js";
import type { Comparison } from "./comparison.js";
import type { ResolveContext } from "./context.js";
import { readFamilyTest, readIpTest } from "./addresses.js";
import { lintMissing } from "./lints.js";
import { isSingle } from "./named-sets.js";
import { readNumberSet } from "./numbers.js";
import { resolveOperand } from "./operand.js";
import { isNegated, reportNull, reportOperator, reportQuantifier } from "./operators.js";
import { readPatternTest } from "./patterns.js";
import type { Target } from "./target.js";
import { wordContext } from "./alternatives.js";
import { readDurationTest, readLastTest, readTimeTest } from "./times.js";
import { readUnderTest, readWordTest } from "./words.js";

/** A test other than `has`. */
export type PlainTest = Exclude<Test, HasTest>;

/** A predicate whose test is not `has`, which resolve.ts takes apart. */
export type PlainPredicate = Predicate & { readonly test: PlainTest | null };

/** Resolves a predicate other than `has`; null when something in it is wrong, which has been reported. */
export function resolvePredicate(predicate: PlainPredicate, context: ResolveContext): Condition | null {
  const { test, quantifier, span } = predicate;
  const target = resolveOperand(predicate.operand, test === null ? wordContext(predicate, context) : context);
  if (!target) return null;
  const operator = operatorOf(test);
  if (!target.operators.includes(operator)) {
    reportOperator(target, operator, predicate, context);
    return null;
  }
  if (reportNull(target, test, context)) return null;
  if (quantifier !== null && isOfAllValues(target.func)) {
    reportQuantifier(target, quantifier, predicate, context);
    return null;
  }
  const of = countedTest(predicate, context);
  if (of === null) return null;
  const read = readTest(target, test, context);
  if (read === null) return null;
  if (!asksForPresence(predicate) && isNegative(predicate) !== context.complemented)
    lintMissing(target, span, context);
  return quantified(target, read.kind === "count" && of !== undefined ? { ...read, of } : read, predicate);
}

/** What the values meet that `count(f test)` counts: undefined where all are counted, null after an error. */
function countedTest({ operand }: Predicate, context: ResolveContext): CountTest["of"] | null | undefined {
  const { func, test } = operand;
  if (test === undefined) return undefined;
  const target = resolveOperand({ ...operand, func: null }, context);
  if (!target) return null;
  const name = `${func ?? ""}( )`;
  if (test.kind === "has" || func?.toLowerCase() !== "count") {
    const operator = test.kind === "has" ? "has" : operatorOf(test);
    context.report(problem("E104.ofFunction", { operator, name }), test.span, {
      notes: ["count( ) takes a test of the values that it counts"],
    });
    return null;
  }
  const operator = operatorOf(test);
  if (!target.operators.includes(operator) || operator === "missing") {
    const written: PlainPredicate = {
      kind: "predicate",
      quantifier: null,
      operand,
      test,
      span: operand.span,
    };
    reportOperator(target, operator, written, context);
    return null;
  }
  const read = readTest(target, test, context);
  if (read === null || read.kind === "count" || read.kind === "size") return null;
  return read.kind === "exists" ? undefined : { test: read, not: isNegated(test) };
}

/** Whether the predicate is about the field being there; a missing list has 0 values and addresses. */
function asksForPresence({ test, operand }: Predicate): boolean {
  return test?.kind === "exists" || test?.kind === "missing" || isOfAllValues(operand.func);
}

/** Whether an event without the field meets the predicate. */
function isNegative({ quantifier, test }: Predicate): boolean {
  return quantifier === null ? isNegated(test) : quantifier === "none" && !isNegated(test);
}

/**
 * The condition that quantifier, test and negation make. Without a quantifier a negated test is the exact complement of the
 * positive one. With a quantifier it is a test of each value: `any f != v` asks for a value other than `v`, `all f != v` for
 * a value and none that is `v`; `none` is the complement of `any`.
 */
function quantified(
  target: Target,
  test: AtomTest,
  { quantifier, span, test: written }: Predicate,
): Condition {
  const atom = (kind: "any" | "all"): Atom => ({
    kind: "atom",
    name: target.name,
    fields: target.fields,
    list: target.list,
    quantifier: kind,
    test,
    negated: false,
    span,
  });
  const not = (operand: Condition): Condition => ({ kind: "not", operand, span });
  if (written?.kind === "missing") return quantifier === "none" ? atom("any") : not(atom("any"));
  if (!isNegated(written)) return quantifier === "none" ? not(atom("any")) : atom(quantifier ?? "any");
  if (quantifier === null) return not(atom("any"));
  const some: Atom = { ...atom("any"), test: { kind: "exists" } };
  const other = (kind: "any" | "all"): Condition => ({
    kind: "and",
    operands: [some, not(atom(kind))],
    span,
  });
  if (quantifier === "all") return other("any");
  return quantifier === "any" ? other("all") : not(other("all"));
}

/** The operator as the table of operators names it. */
export function operatorOf(test: PlainTest | null): Operator {
  if (test === null) return "test";
  switch (test.kind) {
    case "exists":
    case "missing":
      return test.kind;
    case "compare":
    case "set":
    case "text":
      return test.op;
    case "last":
      return "in last";
  }
}

/** The test without its negation; null after an error. */
export function readTest(target: Target, test: PlainTest | null, context: ResolveContext): AtomTest | null {
  if (test === null) return { kind: "boolean", value: true };
  switch (test.kind) {
    case "exists":
    case "missing":
      return { kind: "exists" };
    case "last":
      return readLastTest(test, context);
    case "text":
      return readPatternTest(target, test, context);
    case "compare": {
      const { op, opSpan, value, span } = test;
      const negated = op === "!=";
      if (value.kind === "named-set" && !isSingle(value, test, context)) return null;
      const items = [value];
      return readComparison(
        target,
        { op: negated ? "=" : op, negated, opSpan, items, bracketed: false, span },
        context,
      );
    }
    case "set": {
      const { op, negated, opSpan, set, span } = test;
      return readComparison(
        target,
        { op, negated, opSpan, items: set.items, bracketed: set.bracketed, span },
        context,
      );
    }
  }
}

function readComparison(target: Target, comparison: Comparison, context: ResolveContext): AtomTest | null {
  switch (target.func) {
    case "count":
      return numberTest("count", readNumberSet(target, comparison, context));
    case "size":
      return numberTest("size", readNumberSet(target, comparison, context));
    case "family":
      return readFamilyTest(target, comparison, context);
    case "prefix_len":
      return numberTest("prefix-length", readNumberSet(target, comparison, context));
    case "lower":
      return readWordTest(target, comparison, context);
    case "hour":
    case "weekday": {
      const set = readNumberSet(target, comparison, context);
      return set && { kind: "clock", part: target.func, zone: context.timeZone, set };
    }
    case null:
      return readByType(target, comparison, context);
  }
}

function readByType(target: Target, comparison: Comparison, context: ResolveContext): AtomTest | null {
  switch (target.type) {
    case "ip":
      return readIpTest(target, comparison, context);
    case "integer":
    case "float":
      return numberTest("number", readNumberSet(target, comparison, context));
    case "time":
      return readTimeTest(target, comparison, context);
    case "duration":
      return readDurationTest(target, comparison, context);
    case "boolean":
      return readBooleanTest(target, comparison, context);
    case "hierarchy":
      return comparison.op === "under"
        ? readUnderTest(target, comparison, context)
        : readWordTest(target, comparison, context);
    case "text":
    case "id":
    case "enum":
    case "ordered":
      return readWordTest(target, comparison, context);
  }
}

function numberTest(
  kind: "count" | "size" | "number" | "prefix-length",
  set: NumberSet | null,
): AtomTest | null {
  return set && { kind, set };
}
