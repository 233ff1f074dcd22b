/** Values of fields of words: text, id, enum, ordered enum and hierarchical enum. */
import { NO_ID } from "../values/filter-values.js";
import type { RangeItem, Value } from "../../grammar/ast.js";
import { problem } from "../../grammar/codes.js";
import { quoteText } from "../../grammar/string-text.js";
import { isBareValue } from "../../grammar/words.js";
import type { WordSlot } from "../values/filter-values.js";
import { asciiFold } from "../values/text.js";
import { holdsUnknownWords } from "../catalogue/lookup.js";
import type { Enumeration } from "../catalogue/model.js";
import { didYouMean, nearest } from "../values/suggest.js";
import { normaliseWord, spellings } from "../values/normalise.js";
import { isOrdering, meetsOrder, type Ordering } from "../values/ordering.js";
import type { AtomTest } from "../tree.js";
import type { ResolveContext } from "./context.js";
import { expandItems } from "./named-sets.js";
import {
  lintComparedText,
  lintEscapes,
  lintFlags,
  looksLikePattern,
  type WrittenText,
} from "./text-lints.js";
import { slotOf } from "./parameters.js";
import { replacing, reportType, wordOf } from "./values.js";
import type { Comparison } from "./comparison.js";
import { furtherNormalisations, normalisationOfTarget, type Target } from "./target.js";

type Word = Exclude<Value, { kind: "named-set" }>;

/** `=`, `in` and, for ordered words, `<` … and ranges; null after an error. */
export function readWordTest(
  target: Target,
  comparison: Comparison,
  context: ResolveContext,
): AtomTest | null {
  const entries = expandItems(comparison.items, context, target.type === "ordered");
  if (!entries) return null;
  const values: string[] = [];
  const slots: WordSlot[] = [];
  const flags = new Set<boolean>();
  const lower = target.func === "lower";
  const further = furtherNormalisations(target);
  let sound = true;
  for (const { item, context: within } of entries) {
    if (item.kind === "range") {
      const words = readRange(item, target, within);
      if (words) values.push(...words);
      else sound = false;
      continue;
    }
    if (item.kind === "parameter") {
      const slot = wordSlot(item, target, comparison, within);
      if (slot) slots.push(slot);
      else sound = false;
      continue;
    }
    const word = readWord(item, target, within, comparison);
    if (word === null) {
      sound = false;
      continue;
    }
    flags.add(item.kind === "string" && item.flag === "i");
    values.push(
      ...(isOrdering(comparison.op)
        ? wordsInOrder(comparison.op, word, target)
        : [
            ...spellings(word, normalisationOfTarget(target)),
            ...further.map((other) => normaliseWord(word, other)),
          ]),
    );
  }
  if (!sound) return null;
  if (!lower && flags.size > 1) {
    context.report(problem("E311.ignoringCase"), comparison.span);
    return null;
  }
  lintFlags(entries, target);
  const fold = lower || flags.has(true);
  return { kind: "word", set: { values: fold ? values.map(asciiFold) : values, slots }, fold };
}

/** `category under Recon`. */
export function readUnderTest(
  target: Target,
  comparison: Comparison,
  context: ResolveContext,
): AtomTest | null {
  const test = readWordTest(target, comparison, context);
  return test?.kind === "word" ? { kind: "under", set: test.set, fold: test.fold } : null;
}

/** The known words that are in the order relation to `word`. */
function wordsInOrder(op: Ordering, word: string, target: Target): readonly string[] {
  const words = target.enumeration?.values ?? [];
  const position = words.indexOf(word);
  return words.filter((_, index) => meetsOrder(index - position, op));
}

function readRange(item: RangeItem, target: Target, context: ResolveContext): readonly string[] | null {
  if (target.type !== "ordered") {
    context.report(problem("E312", { name: target.name }), item.span, {
      notes: ["list the values: in [a, b, c]"],
    });
    return null;
  }
  const words = target.enumeration?.values ?? [];
  const position = (end: Value | null, open: number): number | null => {
    if (end === null) return open;
    if (end.kind === "parameter") {
      context.report(problem("E314.word"), end.span, {
        notes: [`compare with the parameter instead: ${target.name} >= $${end.name}`],
      });
      return null;
    }
    const word = end.kind === "named-set" ? null : readWord(end, target, context);
    return word === null ? null : words.indexOf(word);
  };
  const low = position(item.low, 0);
  const high = position(item.high, words.length - 1);
  if (low === null || high === null) return null;
  if (low > high) {
    const [first, last] = [words[high] ?? "", words[low] ?? ""];
    const dots = item.exclusive ? "..<" : "..";
    context.report(
      problem("E307.words", { range: `${last}${dots}${first}`, low: last, high: first }),
      item.span,
      {
        fixes: [replacing(item.span, `${first}${dots}${last}`)],
      },
    );
    return null;
  }
  return words.slice(low, item.exclusive && item.high !== null ? high : high + 1);
}

function readWord(
  value: Word,
  target: Target,
  context: ResolveContext,
  comparison?: Comparison,
): string | null {
  const word = wordOf(value);
  if (!word) {
    reportType(target, value, context);
    return null;
  }
  lintEscapes(value, context);
  if (comparison) lintComparedText({ text: word.text, span: value.span }, target, comparison, context);
  if (target.type === "id" && !word.whole) return NO_ID;
  // The words that are compared with `lower(f)` are normalised as its values are, and folded in any case.
  if (target.func === "lower") return asciiFold(normaliseWord(word.text, normalisationOfTarget(target)));
  const { enumeration } = target;
  if (!enumeration) return normaliseWord(word.text, normalisationOfTarget(target));
  const known = knownWord(word.text, enumeration, target);
  if (known !== undefined) return known;
  const asked = askedUnknown(target, comparison, context);
  const isTaken = enumeration.open || (asked && value.kind === "string");
  const written = { text: word.text, span: value.span };
  if (enumeration.values.length === 0 && looksLikePattern(word.text))
    context.report(problem("W302.pattern", { text: word.text, name: target.name }), value.span, {
      notes: ["list the words that are meant: in [a, b, c]"],
    });
  else if (!reportStar(written, target, comparison, context))
    reportUnknownWord({ text: word.text, value, enumeration, isTaken, asked }, context);
  return isTaken ? normaliseWord(word.text, normalisationOfTarget(target)) : null;
}

/** Whether the field may have words that are not known, which its top then shows, and the operator asks for one as it is. */
function askedUnknown(
  target: Target,
  comparison: Comparison | undefined,
  { index }: Pick<ResolveContext, "index">,
): boolean {
  return (
    comparison !== undefined &&
    !isOrdering(comparison.op) &&
    target.fields.some((field) => holdsUnknownWords(field, index))
  );
}

/** The stored spelling of a known word, whatever its case. */
function knownWord(text: string, enumeration: Enumeration, target: Target): string | undefined {
  const folded = asciiFold(normaliseWord(text, normalisationOfTarget(target)));
  return enumeration.values.find((value) => asciiFold(value) === folded);
}

/** `category = Recon.*` or one in a list, which other languages write for `under Recon`; false where there is no such star. */
function reportStar(
  { text, span }: WrittenText,
  target: Target,
  comparison: Comparison | undefined,
  context: Pick<ResolveContext, "text" | "report">,
): boolean {
  const above = /^(.+)\.\*$/.exec(text)?.[1];
  if (target.type !== "hierarchy" || above === undefined || comparison === undefined) return false;
  const { op, negated, opSpan, items, bracketed } = comparison;
  if (op === "under" || context.text.slice(span.start, span.end) !== text) return false;
  const operator = `${negated ? "not " : ""}under`;
  context.report(problem("W302.star", { text, above, operator }), span, {
    // Beside others in a list it takes a condition of its own, and the others keep theirs.
    fixes:
      items.length === 1
        ? [replacing({ start: opSpan.start, end: span.end }, `${operator} ${bracketed ? "[" : ""}${above}`)]
        : [],
  });
  return true;
}

/** A word instead of the value: bare where it can be, but `"…"i` stays so, for the other items of a list have the i too. */
function wordText(word: string, value: Value): string {
  if (value.kind === "string" && value.flag !== null) return quoteText(word) + value.flag;
  return isBareValue(word) ? word : quoteText(word);
}

interface UnknownWord {
  readonly text: string;
  readonly value: Value;
  readonly enumeration: Enumeration;
  /** The word is asked for none the less. */
  readonly isTaken: boolean;
  /** In quotes it is. */
  readonly asked: boolean;
}

function reportUnknownWord(
  { text, value, enumeration, isTaken, asked }: UnknownWord,
  context: ResolveContext,
): void {
  if (enumeration.values.length === 0) return;
  const guess = nearest(text, enumeration.values);
  const few = enumeration.values.length <= 12;
  context.report(
    problem(isTaken ? "W302.word" : "E302", {
      text,
      article: enumeration.article,
      question: didYouMean(guess),
    }),
    value.span,
    {
      notes: [
        ...(guess === undefined && few ? [`known are ${enumeration.values.join(", ")}`] : []),
        ...(asked && !isTaken ? [`in quotes it is asked for as it is: ${quoteText(text)}`] : []),
      ],
      fixes: guess === undefined ? [] : [replacing(value.span, wordText(guess, value))],
    },
  );
}

function wordSlot(
  value: Extract<Value, { kind: "parameter" }>,
  target: Target,
  comparison: Comparison,
  context: ResolveContext,
): WordSlot | null {
  const { op } = comparison;
  const list = op === "in" || op === "under";
  const type = target.func === "lower" ? "text" : target.type;
  const slot = slotOf(
    value,
    { type, list, ...(target.enumeration && { enumeration: target.enumeration.name }) },
    context,
  );
  if (!slot) return null;
  const further = furtherNormalisations(target);
  return {
    ...slot,
    op: isOrdering(op) ? op : "=",
    words: target.enumeration?.values ?? [],
    closed:
      target.enumeration !== undefined &&
      (isOrdering(op) ? !target.enumeration.open : !askedUnknown(target, comparison, context)),
    normalise: normalisationOfTarget(target) ?? null,
    ...(further.length === 0 ? {} : { further }),
    ...(target.type === "id" ? { whole: true } : {}),
  };
}
