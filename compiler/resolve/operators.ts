/** What is wrong with the operator of a predicate: the type of its field does not take it. */
import type { Predicate, Quantifier, Test } from "../../grammar/ast.js";
import { problem, type CodedMessage } from "../../grammar/codes.js";
import { FIELD_TYPES, TYPE_NAMES } from "../../grammar/field-types.js";
import { isOfAllValues } from "../../grammar/functions.js";
import { OPERATORS, takesOperator, type Operator } from "../../grammar/operators.js";
import { isNullWord } from "../../grammar/words.js";
import type { ResolveContext } from "./context.js";
import { replacing } from "./values.js";
import type { Target } from "./target.js";

/** Reports an operator that the target lacks: E104, or E306 for a field that is alone and is no boolean. */
export function reportOperator(
  target: Target,
  operator: Operator,
  predicate: Predicate,
  context: ResolveContext,
): void {
  const { name, type, func } = target;
  const { test, span } = predicate;
  if (operator === "test" || test === null) {
    const presence = func === null ? `${name} exists` : `${name} > 0`;
    const isComplete = func === null || isOfAllValues(func);
    context.report(problem("E306", { name, type }), span, {
      notes: [isComplete ? `compare it, or write ${presence}` : "compare it with a value"],
      fixes: isComplete
        ? [replacing({ start: span.end, end: span.end }, presence.slice(name.length), `write ${presence}`)]
        : [],
    });
    return;
  }
  const opSpan = "opSpan" in test ? test.opSpan : test.span;
  const others = target.operators.filter((known) => known !== "test");
  // Text operators ignore case by themselves, so the function is only in the way.
  const needless = func === "lower" && takesOperator("text", operator);
  const instead = suggestOperator(target, operator);
  context.report(mismatch(target, operator), opSpan, {
    notes: [
      needless
        ? `"${operator}" ignores case by itself; leave out ${func}( )`
        : `${name} takes ${others.join(", ")}`,
    ],
    fixes: needless
      ? [replacing(predicate.operand.span, predicate.operand.field)]
      : instead === undefined
        ? []
        : [replacing(opSpan, isNegated(test) ? `not ${instead}` : instead)],
  });
}

/** Whether `!=`, `not in` or the like was written. */
export function isNegated(test: Test | null): boolean {
  if (test === null) return false;
  return test.kind === "compare" ? test.op === "!=" : "negated" in test && test.negated;
}

/** `= null`: E321; false for anything else. */
export function reportNull(target: Target, test: Test | null, context: ResolveContext): boolean {
  if (test?.kind !== "compare" || (test.op !== "=" && test.op !== "!=")) return false;
  if (test.value.kind !== "atom" || !isNullWord(test.value.text)) return false;
  const presence = test.op === "=" ? "missing" : "exists";
  const span = { start: test.opSpan.start, end: test.value.span.end };
  const { name, func } = target;
  context.report(
    problem("E321", { name: func === null ? name : name.slice(func.length + 1, -1), presence }),
    test.value.span,
    {
      fixes:
        func === null
          ? [replacing(span, /\s$/.test(context.text.slice(0, span.start)) ? presence : ` ${presence}`)]
          : [],
    },
  );
  return true;
}

/** E104 in the words that fit: `"contains" is for text; target.port is a whole number`. */
function mismatch({ name, type, func }: Target, operator: Operator): CodedMessage {
  const takers = typesWith(operator);
  if (func !== null) return problem("E104.ofFunction", { operator, name });
  if (takers.length > 3) return problem("E104.ofField", { operator, name, type });
  return problem("E104.ofOthers", { operator, takers, name, type });
}

/** What the types that take the operator are called, each once. */
function typesWith(operator: Operator): readonly string[] {
  // Identifiers take one text operator, which is not worth a mention.
  const takers = TYPE_NAMES.filter((type) => type !== "id" && takesOperator(type, operator));
  return [...new Set(takers.map((type) => FIELD_TYPES[type].plural))];
}

/** The operator that was probably meant. */
function suggestOperator({ type, operators }: Target, operator: Operator): Operator | undefined {
  if (type === "hierarchy") return operator === "in last" ? undefined : "under";
  return OPERATORS[operator].form === "set" && operators.includes("in") ? "in" : undefined;
}

/** Reports a quantifier before what is one number: E109. */
export function reportQuantifier(
  target: Target,
  quantifier: Quantifier,
  predicate: Predicate,
  context: ResolveContext,
): void {
  const { span, operand } = predicate;
  context.report(problem("E109", { quantifier, name: target.name }), span, {
    fixes: [replacing({ start: span.start, end: operand.span.start }, "", `leave out "${quantifier}"`)],
  });
}
