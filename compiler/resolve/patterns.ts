/** Text operators: contains, starts with, ends with, like, matches. */
import type { TextOp, TextTest, Value } from "../../grammar/ast.js";
import type { PatternSlot } from "../../runtime/codecs/filter-values.js";
import { asciiFold, likePattern } from "../../runtime/codecs/text.js";
import { parseRegex } from "../literals/regex.js";
import type { AtomTest } from "../tree.js";
import type { ResolveContext } from "./context.js";
import type { Target } from "./operand.js";
import { expandItems, reportType, slotOf, wordOf } from "./values.js";

/** Reads the arguments of a text operator; null after an error. */
export function readPatternTest(
  target: Target,
  test: TextTest,
  op: TextOp,
  context: ResolveContext,
): AtomTest | null {
  const items = expandItems(test.args, context);
  if (!items) return null;
  const args = items.filter((item) => item.kind !== "range");
  if (op === "matches") return readRegexTest(target, args, test, context);
  const values: string[] = [];
  const slots: PatternSlot[] = [];
  const forced = new Set<boolean>();
  let sound = true;
  for (const value of args) {
    if (value.kind === "parameter") {
      const slot = slotOf(value, "text", false, context);
      if (slot) slots.push({ ...slot, op });
      else sound = false;
      continue;
    }
    const word = wordOf(value);
    if (!word) {
      reportRegexArgument(target, value, op, test, context);
      sound = false;
      continue;
    }
    if (op === "like" && !withinWildcards(word.text, value, context)) sound = false;
    forced.add(word.flag === "c");
    values.push(likePattern(op, word.text));
  }
  if (!sound) return null;
  if (forced.size > 1) {
    context.report(
      "E311",
      `"…"c minds case and the other items do not; give all of them the c or none`,
      test.span,
    );
    return null;
  }
  const fold = !forced.has(true);
  return { kind: "pattern", patterns: { values: fold ? values.map(asciiFold) : values, slots }, fold };
}

function readRegexTest(
  target: Target,
  args: readonly Value[],
  test: TextTest,
  context: ResolveContext,
): AtomTest | null {
  const value = args[0];
  if (value?.kind === "regex" && args.length === 1) {
    const read = parseRegex(value.source, { ignoreCase: value.ignoreCase });
    if (read.kind === "value") return { kind: "regex", regex: read.value };
    const { code, message, start, end, fixes } = read.problem;
    // One more for the opening slash.
    const at = { start: value.span.start + 1 + start, end: value.span.start + 1 + Math.max(end, start + 1) };
    context.report(code, message, at, {
      fixes: fixes.map(({ title, text }) => ({
        title,
        edits: [{ ...value.span, text: `/${text.replaceAll("/", "\\/")}/${value.ignoreCase ? "i" : ""}` }],
      })),
    });
    return null;
  }
  if (value && args.length === 1 && value.kind !== "parameter")
    reportType(target, value, context, "write a regular expression: /…/");
  else context.report("E315", `"matches" takes one regular expression: /…/`, test.span);
  return null;
}

function reportRegexArgument(
  target: Target,
  value: Value,
  op: TextOp,
  test: TextTest,
  context: ResolveContext,
): void {
  if (value.kind !== "regex") return reportType(target, value, context);
  context.report("E316", `"${op}" takes text, /${value.source}/ is a regular expression`, value.span, {
    fixes: [{ title: `write matches`, edits: [{ ...test.opSpan, text: "matches" }] }],
  });
}

function withinWildcards(glob: string, value: Value, context: ResolveContext): boolean {
  const count = glob.replace(/\\./gs, "").replace(/[^*?]/g, "").length;
  if (count <= context.limits.maxWildcards) return true;
  context.report(
    "E309",
    `too many wildcards: ${count}, the limit is ${context.limits.maxWildcards}`,
    value.span,
  );
  return false;
}
