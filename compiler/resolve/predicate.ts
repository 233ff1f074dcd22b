/** Resolving one predicate: checks the operator against the type and hands the values to the reader of that type. */
import type { CompareOp, Item, Predicate, Quantifier, SetOp, Span, Test } from "../../grammar/ast.js";
import { OPERATORS, TYPE_PHRASES, type Operator } from "../operators.js";
import type { AtomTest, Condition } from "../tree.js";
import { readBooleanTest } from "./booleans.js";
import type { ResolveContext } from "./context.js";
import { readFamilyTest, readIpTest } from "./addresses.js";
import { lintMissing } from "./lints.js";
import { readNumberSet } from "./numbers.js";
import { resolveOperand, type Target } from "./operand.js";
import { readPatternTest } from "./patterns.js";
import { readDurationTest, readLastTest, readTimeTest } from "./times.js";
import { readUnderTest, readWordTest } from "./words.js";

/** A test of one element in a uniform shape: the operator without its negation, and the items on its right. */
export interface Comparison {
  readonly op: Exclude<CompareOp, "!="> | SetOp;
  readonly opSpan: Span;
  readonly items: readonly Item[];
  /** The items stood in `[ ]`. */
  readonly bracketed: boolean;
  readonly span: Span;
}

/** Resolves a predicate other than `has`; null when something in it is wrong, which has been reported. */
export function resolvePredicate(predicate: Predicate, context: ResolveContext): Condition | null {
  const target = resolveOperand(predicate.operand, context);
  if (!target) return null;
  const { test, quantifier, span } = predicate;
  const operator = operatorOf(test);
  if (!target.operators.includes(operator)) {
    reportOperator(target, operator, predicate, context);
    return null;
  }
  if (quantifier !== null && target.func === "count") {
    context.report(
      "E109",
      `"${quantifier}" looks at the values of a list, but ${target.name} is one number`,
      span,
      {
        fixes: [dropQuantifier(predicate, quantifier)],
      },
    );
    return null;
  }
  const negatedByOperator = isNegated(test);
  const read = readTest(target, predicate, context);
  if (read === null) return null;
  if (negatedByOperator && quantifier === null && test?.kind !== "missing")
    lintMissing(target, span, context);
  const negated = negatedByOperator !== (quantifier === "none");
  const atoms = read.map((part): Condition => ({
    kind: "atom",
    name: target.name,
    fields: target.fields,
    list: target.list,
    quantifier: quantifier === "all" ? "all" : "any",
    test: part,
    negated: false,
    span,
  }));
  const whole: Condition = atoms.length === 1 ? atoms[0]! : { kind: "or", operands: atoms, span };
  return negated ? { kind: "not", operand: whole, span } : whole;
}

/** The operator as the table of operators names it. */
function operatorOf(test: Test | null): Operator {
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
    case "has":
      return "exists";
  }
}

function isNegated(test: Test | null): boolean {
  if (test === null) return false;
  if (test.kind === "compare") return test.op === "!=";
  return test.kind === "missing" || ("negated" in test && test.negated);
}

/** The tests of the predicate, joined by "or" where there are several; null after an error. */
function readTest(target: Target, predicate: Predicate, context: ResolveContext): readonly AtomTest[] | null {
  const { test } = predicate;
  if (test === null) return [{ kind: "boolean", value: true }];
  switch (test.kind) {
    case "exists":
    case "missing":
      return [{ kind: "exists" }];
    case "last":
      return one(readLastTest(test, context));
    case "text":
      return one(readPatternTest(target, test, test.op, context));
    case "compare": {
      const op = test.op === "!=" ? "=" : test.op;
      return readComparison(
        target,
        { op, opSpan: test.opSpan, items: [test.value], bracketed: false, span: test.span },
        context,
      );
    }
    case "set":
      return readComparison(
        target,
        {
          op: test.op,
          opSpan: test.opSpan,
          items: test.set.items,
          bracketed: test.set.bracketed,
          span: test.span,
        },
        context,
      );
    case "has":
      return null;
  }
}

const one = <T>(value: T | null): readonly T[] | null => (value === null ? null : [value]);

function readComparison(
  target: Target,
  comparison: Comparison,
  context: ResolveContext,
): readonly AtomTest[] | null {
  switch (target.func) {
    case "count": {
      const set = readNumberSet(target, comparison, context);
      return set && [{ kind: "count", set }];
    }
    case "family":
      return one(readFamilyTest(target, comparison, context));
    case "prefix_len": {
      const set = readNumberSet(target, comparison, context);
      return set && [{ kind: "prefix-length", set }];
    }
    case "lower":
      return one(readWordTest(target, comparison, context));
    case null:
      return readByType(target, comparison, context);
  }
}

function readByType(
  target: Target,
  comparison: Comparison,
  context: ResolveContext,
): readonly AtomTest[] | null {
  switch (target.type) {
    case "ip":
      return one(readIpTest(target, comparison, context));
    case "integer":
    case "float": {
      const set = readNumberSet(target, comparison, context);
      return set && [{ kind: "number", set }];
    }
    case "time":
      return one(readTimeTest(target, comparison, context));
    case "duration":
      return one(readDurationTest(target, comparison, context));
    case "boolean":
      return one(readBooleanTest(target, comparison, context));
    case "hierarchy":
      return one(
        comparison.op === "under"
          ? readUnderTest(target, comparison, context)
          : readWordTest(target, comparison, context),
      );
    case "text":
    case "id":
    case "enum":
    case "ordered":
      return one(readWordTest(target, comparison, context));
  }
}

const HINTS: Partial<Record<Operator, string>> = {
  contains: "text",
  "starts with": "text",
  "ends with": "text",
  like: "text",
  matches: "text",
};

function reportOperator(
  target: Target,
  operator: Operator,
  predicate: Predicate,
  context: ResolveContext,
): void {
  const { test, span } = predicate;
  if (operator === "test") {
    context.report(
      "E305",
      `${target.name} is ${TYPE_PHRASES[target.type]}, not a condition by itself`,
      span,
      {
        notes: [`compare it, or write ${target.name} exists`],
        fixes: [
          {
            title: `write ${target.name} exists`,
            edits: [{ start: span.end, end: span.end, text: " exists" }],
          },
        ],
      },
    );
    return;
  }
  const opSpan = test && "opSpan" in test ? test.opSpan : test ? test.span : span;
  const instead = suggestOperator(target, operator);
  const wanted = HINTS[operator] ?? typesWith(operator);
  context.report(
    "E304",
    `"${operator}" is for ${wanted}; ${target.name} is ${TYPE_PHRASES[target.type]}`,
    opSpan,
    {
      notes: [`${target.name} takes ${target.operators.filter((known) => known !== "test").join(", ")}`],
      fixes:
        instead === undefined ? [] : [{ title: `write ${instead}`, edits: [{ ...opSpan, text: instead }] }],
    },
  );
}

/** The operator that was probably meant. */
function suggestOperator(target: Target, operator: Operator): Operator | undefined {
  if (target.type === "hierarchy" && (operator in HINTS || operator === "overlaps")) return "under";
  if (
    (operator === "overlaps" || operator === "covers" || operator === "under") &&
    target.operators.includes("in")
  )
    return "in";
  return undefined;
}

function typesWith(operator: Operator): string {
  const phrases = Object.entries(OPERATORS)
    .filter(([, operators]) => operators.includes(operator))
    .map(([type]) =>
      type === "ip"
        ? "addresses"
        : type === "hierarchy"
          ? "categories"
          : type === "ordered"
            ? "ordered words"
            : `${type}s`,
    );
  return [...new Set(phrases)].join(", ");
}

function dropQuantifier(predicate: Predicate, quantifier: Quantifier) {
  const { start } = predicate.span;
  return {
    title: `leave out "${quantifier}"`,
    edits: [{ start, end: predicate.operand.span.start, text: "" }],
  };
}
