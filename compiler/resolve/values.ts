/** What the readers of all types share: values as they were written, and reports of wrong ones. */
import type { Span, StringValue, Value } from "../../grammar/ast.js";
import { problem } from "../../grammar/codes.js";
import type { Fix } from "../../grammar/diagnostic.js";
import { storable } from "../values/text.js";
import type { FilterLiteralProblem } from "../literals/literal.js";
import type { ResolveContext } from "./context.js";
import type { Target } from "./target.js";

/** A fix that replaces `span` with `text`. */
export function replacing(span: Span, text: string, title = `write ${text}`): Fix {
  return { title, edits: [{ start: span.start, end: span.end, text }] };
}

/** Reports what is wrong with the literal at `span`; positions inside the literal are kept where its text is in the filter. */
export function reportProblem(
  found: FilterLiteralProblem,
  literal: Value,
  context: Pick<ResolveContext, "text" | "report">,
): void {
  const { span } = literal;
  const verbatim = literal.kind === "atom" && context.text.slice(span.start, span.end) === literal.text;
  const at: Span =
    verbatim && found.end > found.start
      ? { start: span.start + found.start, end: span.start + found.end }
      : span;
  context.report(found, at, {
    fixes: found.fixes.map(({ title, text }) => replacing(span, text, title)),
  });
}

/** Reports that a value is not of the type of the target: E301. `meant` is a text to write instead. */
export function reportType(
  target: Target,
  value: Value,
  context: ResolveContext,
  { hint = "", meant }: { readonly hint?: string; readonly meant?: string | undefined } = {},
): void {
  const advice = meant === undefined ? hint : `did you mean ${meant}?`;
  context.report(
    problem("E301.type", { name: target.name, type: target.type, value: describe(value), advice }),
    value.span,
    { fixes: meant === undefined ? [] : [replacing(value.span, meant)] },
  );
}

function describe(value: Value): string {
  const text = valueText(value);
  if (value.kind === "regex") return `${text} is a regular expression`;
  if (value.kind === "time") return `${text} is a time`;
  const isNumber = value.kind === "atom" && /^[+-]?\d+(\.\d+)?$/.test(text);
  return isNumber ? `${text} is a number` : `"${text}" is text`;
}

/** A value as it was written, for messages. */
export function valueText(value: Value): string {
  switch (value.kind) {
    case "string":
      return value.value;
    case "regex":
      return `/${value.source}/${value.ignoreCase ? "i" : ""}`;
    case "parameter":
      return `$${value.name}`;
    case "named-set":
      return `@${value.name}`;
    case "atom":
    case "time":
      return value.text;
  }
}

/**
 * The word that a value is, for fields of words: a bare atom, a quoted string, or `now` and the like as a word; mended like stored text, so
 * that U+0000 finds what was stored in its place. `whole` is false where it was mended.
 */
export function wordOf(value: Value): WordValue | null {
  if (value.kind === "string") return mended(value.value, value.flag);
  if (value.kind === "atom" || value.kind === "time") return mended(value.text, null);
  return null;
}

interface WordValue {
  readonly text: string;
  readonly flag: StringValue["flag"];
  readonly whole: boolean;
}

function mended(given: string, flag: StringValue["flag"]): WordValue {
  const text = storable(given);
  return { text, flag, whole: text === given };
}
