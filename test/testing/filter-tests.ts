/** Arbitrary tests: an operator with values that it takes. */
import fc from "fast-check";
import type { FunctionName } from "../../grammar/functions.js";
import { operatorRow, type CompareOp, type Operator, type SetOp } from "../../grammar/operators.js";
import type { Item, StringValue, Test, TextOp, Value } from "../../grammar/ast.js";
import {
  items,
  listParameters,
  spellings,
  values,
  wordsOrNames,
  type ValueContext,
} from "./filter-values.js";
import { lastDurations, windows } from "./filter-times.js";
import { NO_SPAN, type PendingParameter } from "./written-values.js";
import { regexes } from "./regexes.js";

/** Tests with the operator over an operand of the context's type; null stands for the boolean field without a test. */
export function tests(
  operator: Operator,
  context: Omit<ValueContext, "single">,
  func: FunctionName | null,
): fc.Arbitrary<Test | null> {
  switch (operatorRow(operator).form) {
    case "bare":
      return fc.constant(null);
    case "exists":
    case "missing":
      return fc.constant({ kind: operator as "exists" | "missing", span: NO_SPAN });
    case "compare":
      return comparisons(operator as CompareOp, { ...context, single: true }, func);
    case "set":
      return sets(operator as SetOp, { ...context, single: false }, func);
    case "last":
      return fc
        .tuple(fc.boolean(), context.parameters ? fc.oneof(lastDurations, windows) : lastDurations)
        .map(([negated, duration]): Test => ({
          kind: "last",
          negated,
          opSpan: NO_SPAN,
          duration,
          span: NO_SPAN,
        }));
    case "text":
      return textTests(operator as TextOp, context);
  }
}

function comparisons(op: CompareOp, context: ValueContext, func: FunctionName | null): fc.Arbitrary<Test> {
  return withFlag(
    comparands(context, func).map((only) => [only]),
    context,
  ).map(([right]): Test => ({
    kind: "compare",
    op,
    opSpan: NO_SPAN,
    value: right as Value,
    span: NO_SPAN,
  }));
}

/** `family` is compared with 4 or 6 only. */
function comparands(context: ValueContext, func: FunctionName | null): fc.Arbitrary<Value> {
  if (func !== "family") return values(context);
  return fc.constantFrom("4", "6").map((text) => ({ kind: "atom", text, span: NO_SPAN }));
}

function sets(op: SetOp, context: ValueContext, func: FunctionName | null): fc.Arbitrary<Test> {
  const item: fc.Arbitrary<Item> =
    func === "family" || op === "under" ? comparands(context, func) : items(context);
  const several = fc
    .array(item, { maxLength: 4, size: "max" })
    .map((entries) => ({ entries, bracketed: true }));
  const single = withoutBrackets(item, context).map((only) => ({ entries: [only], bracketed: false }));
  return fc.tuple(fc.boolean(), fc.oneof(several, single)).chain(([negated, { entries, bracketed }]) =>
    withFlag(fc.constant(entries), context).map((flagged): Test => ({
      kind: "set",
      op,
      negated,
      opSpan: NO_SPAN,
      set: { items: flagged, bracketed, span: NO_SPAN },
      span: NO_SPAN,
    })),
  );
}

/** Without brackets a parameter is the whole list. */
function withoutBrackets(item: fc.Arbitrary<Item>, context: ValueContext): fc.Arbitrary<Item> {
  const literal = item.filter((only) => only.kind !== "parameter");
  return context.parameters ? fc.oneof({ weight: 2, arbitrary: literal }, listParameters(context)) : literal;
}

const WORDS: ReadonlySet<string> = new Set(["text", "id", "enum", "ordered", "hierarchy"]);

/** The items of a test of words, sometimes all of them with `i`: a mixture would be refused. */
function withFlag<T extends Item>(
  lists: fc.Arbitrary<readonly T[]>,
  { type }: Pick<ValueContext, "type">,
): fc.Arbitrary<readonly Item[]> {
  if (!WORDS.has(type)) return lists;
  return fc.tuple(lists, fc.constantFrom(null, null, "i" as const)).map(([list, flag]) => {
    if (flag === null || list.some(({ kind }) => kind === "range")) return list;
    return list.map((item) => flagged(item, flag));
  });
}

function flagged(item: Item, flag: StringValue["flag"]): Item {
  if (item.kind === "string") return { ...item, flag };
  return item.kind === "atom" || item.kind === "time"
    ? { kind: "string", value: item.text, flag, span: NO_SPAN }
    : item;
}

function textTests(
  op: TextOp,
  { parameters, normalise }: Pick<ValueContext, "parameters" | "normalise">,
): fc.Arbitrary<Test> {
  const test = (negated: boolean, args: readonly Value[], bracketed: boolean): Test => ({
    kind: "text",
    op,
    negated,
    opSpan: NO_SPAN,
    args,
    bracketed,
    span: NO_SPAN,
  });
  if (op === "matches") {
    const written = fc
      .tuple(fc.boolean(), regexes, fc.boolean())
      .map(([negated, source, ignoreCase]) =>
        test(negated, [{ kind: "regex", source, ignoreCase, span: NO_SPAN }], false),
      );
    const given = fc
      .tuple(fc.boolean(), fc.oneof(regexes, fc.array(regexes, { maxLength: 3 })), fc.boolean())
      .map(([negated, argument, bracketed]) => {
        const parameter: PendingParameter = { kind: "parameter", name: "", argument, span: NO_SPAN };
        return test(negated, [parameter], bracketed || Array.isArray(argument));
      });
    return parameters ? fc.oneof({ weight: 3, arbitrary: written }, given) : written;
  }
  const names = wordsOrNames(normalise);
  const text = op === "like" ? globsOf(names) : names.filter((word) => word !== "");
  const argument = parameters
    ? fc.oneof(
        { weight: 4, arbitrary: text.chain(spellings) },
        fc.oneof(names, fc.array(names, { maxLength: 3 })).map((argument): PendingParameter => ({
          kind: "parameter",
          name: "",
          argument,
          span: NO_SPAN,
        })),
      )
    : text.chain(spellings);
  const list = fc.array(argument, { minLength: 1, maxLength: 10, size: "-1" });
  return fc
    .tuple(fc.boolean(), list, fc.boolean(), fc.constantFrom(null, null, "i" as const, "c" as const))
    .map(([negated, args, bracketed, flag]) => {
      const flaggedArgs = flag === null ? args : args.map((value) => flagged(value, flag) as Value);
      const isList = args.some((value) => "argument" in value && Array.isArray(value.argument));
      return test(negated, flaggedArgs, bracketed || isList || args.length > 1);
    });
}

/** Globs of at most eight wildcards: words with wildcards in, before and after them. */
const globsOf = (words: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .array(fc.oneof({ weight: 2, arbitrary: fc.constantFrom("*", "?", "\\*", "\\", "a", "s") }, words), {
      minLength: 1,
      maxLength: 5,
    })
    .map((parts) => parts.join(""))
    .filter((glob) => glob !== "" && (glob.match(/[*?]/g)?.length ?? 0) <= 8);
