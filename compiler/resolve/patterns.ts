/** Text operators: contains, starts with, ends with, like, matches. */
import type { TextTest, Value } from "../../grammar/ast.js";
import { takesOperator } from "../../grammar/operators.js";
import { problem } from "../../grammar/codes.js";
import { quoteRegex } from "../../grammar/string-text.js";
import { NO_ID, type PatternSlot } from "../values/filter-values.js";
import { isCaseless, normalisePattern } from "../values/normalise.js";
import { asciiFold, globToLike, likePattern } from "../values/text.js";
import { parseRegex } from "../values/regex.js";
import type { AtomTest } from "../tree.js";
import type { ResolveContext } from "./context.js";
import { expandItems } from "./named-sets.js";
import { lintEscapes, lintFlags, lintPattern } from "./text-lints.js";
import { slotOf } from "./parameters.js";
import { replacing, reportType, wordOf } from "./values.js";
import { normalisationOfTarget, type Target } from "./target.js";

/** Reads the arguments of a text operator; null after an error. */
export function readPatternTest(target: Target, test: TextTest, context: ResolveContext): AtomTest | null {
  const { op } = test;
  const normalise = normalisationOfTarget(target) ?? null;
  const caseless = isCaseless(normalise);
  if (op === "matches") {
    lintFlags(
      test.args.map((item) => ({ item, context })),
      target,
    );
    return readRegexTest(test, caseless, context);
  }
  const entries = expandItems(test.args, context, false);
  if (!entries) return null;
  const values: string[] = [];
  const slots: PatternSlot[] = [];
  const caseCounts = new Set<boolean>();
  let sound = true;
  for (const { item, context: within } of entries) {
    if (item.kind === "parameter") {
      const slot = slotOf(item, { type: "text", list: test.bracketed }, within);
      if (slot) slots.push({ ...slot, op, normalise, ...(target.type === "id" ? { whole: true } : {}) });
      else sound = false;
      continue;
    }
    const word = item.kind === "range" ? null : wordOf(item);
    if (!word) {
      if (item.kind !== "range") reportArgument(target, item, test, within);
      sound = false;
      continue;
    }
    if (word.text === "") {
      within.report(problem("E318", { operator: op }), item.span);
      sound = false;
      continue;
    }
    if (item.kind !== "range") lintEscapes(item, within);
    // What takes no patterns isn't told to write one.
    if (takesOperator(target.type, "like")) lintPattern(word.text, item.span, test, within);
    if (op === "like" && !withinWildcards(word.text, item.span, within)) sound = false;
    caseCounts.add(word.flag === "c");
    const wanted = normalisePattern(op, word.text, normalise);
    values.push(target.type === "id" && !word.whole ? NO_ID : likePattern(op, wanted));
  }
  if (!sound) return null;
  if (caseCounts.size > 1) {
    context.report(problem("E311.mindingCase"), test.span);
    return null;
  }
  lintFlags(entries, target);
  const fold = caseless || !caseCounts.has(true);
  return { kind: "pattern", patterns: { values: fold ? values.map(asciiFold) : values, slots }, fold };
}

/** `matches /…/`: one regular expression; `matches $re`, `matches [$res]`: one or several that are given as text. */
function readRegexTest(test: TextTest, caseless: boolean, context: ResolveContext): AtomTest | null {
  const [value] = test.args;
  if (value?.kind === "parameter" && test.args.length === 1) {
    const slot = slotOf(value, { type: "text", list: test.bracketed }, context);
    return slot && { kind: "regex", regex: { ...slot, ignoreCase: caseless } };
  }
  if (value?.kind !== "regex" || test.args.length > 1) {
    reportNoRegex(test, context);
    return null;
  }
  const { source, ignoreCase, span } = value;
  const read = parseRegex(source, { ignoreCase: ignoreCase || caseless });
  if (read.kind === "value") return { kind: "regex", regex: read.value };
  const { code, message, start, end, fixes } = read.problem;
  // One more for the opening slash; `\/` in the text is `/` in the source, so positions after one cannot be told.
  const isVerbatim = context.text.slice(span.start + 1, span.start + 1 + source.length) === source;
  const at = { start: span.start + 1 + start, end: span.start + 1 + Math.max(end, start + 1) };
  context.report({ code, message }, isVerbatim ? at : span, {
    fixes: fixes.map(({ title, text }) => replacing(span, regexText(text, ignoreCase), title)),
  });
  return null;
}

/** E315: something else than one regular expression after `matches`. */
function reportNoRegex({ args, span }: TextTest, context: ResolveContext): void {
  const [value] = args;
  const word = value && args.length === 1 ? wordOf(value) : null;
  const isRegex = word !== null && parseRegex(word.text, { ignoreCase: true }).kind === "value";
  const text = isRegex ? regexText(word.text, true) : undefined;
  context.report(problem("E315", { text }), value && args.length === 1 ? value.span : span, {
    notes:
      args.length > 1
        ? [`for alternatives write /one|other/`]
        : value?.kind === "named-set"
          ? ["a set has no expressions; write it in the filter, or give it as a parameter: matches $name"]
          : [],
    fixes: value && text !== undefined ? [replacing(value.span, text)] : [],
  });
}

function regexText(source: string, ignoreCase: boolean): string {
  return `${quoteRegex(source)}${ignoreCase ? "i" : ""}`;
}

/** E316: a regular expression after another operator than `matches`. */
function reportArgument(
  target: Target,
  value: Value,
  { op, negated, opSpan, args }: TextTest,
  context: ResolveContext,
): void {
  if (value.kind !== "regex") return reportType(target, value, context);
  context.report(problem("E316", { operator: op, source: value.source }), value.span, {
    fixes: args.length === 1 ? [replacing(opSpan, negated ? "not matches" : "matches")] : [],
  });
}

function withinWildcards(glob: string, span: Value["span"], context: ResolveContext): boolean {
  const { wildcards } = globToLike(glob);
  const { maxWildcards } = context.limits;
  if (wildcards <= maxWildcards) return true;
  context.report(problem("E309", { wildcards, limit: maxWildcards }), span);
  return false;
}
