/** What the readers of all types share: expanding named sets, run-time parameters, reporting a wrong literal. */
import type {
  AtomValue,
  Item,
  NamedSet,
  ParameterValue,
  RangeItem,
  Span,
  StringValue,
  Value,
} from "../../grammar/ast.js";
import { formatIpRange } from "../../runtime/codecs/ip-range.js";
import type { Slot } from "../../runtime/codecs/filter-values.js";
import { storable } from "../../runtime/codecs/text.js";
import { PREDEFINED_SETS } from "../catalogue/predefined-sets.js";
import type { FieldType } from "../catalogue/model.js";
import type { LiteralProblem } from "../literals/literal.js";
import { TYPE_PHRASES } from "../operators.js";
import { didYouMean, nearest } from "../suggest.js";
import type { ResolveContext, SetMember } from "./context.js";
import type { Target } from "./operand.js";

/** Reports what is wrong with the literal at `span`; positions inside the literal are kept where its text is in the filter. */
export function reportProblem(problem: LiteralProblem, literal: Value, context: ResolveContext): void {
  const { span } = literal;
  const verbatim = literal.kind === "atom" && context.text.slice(span.start, span.end) === literal.text;
  const at: Span =
    verbatim && problem.end > problem.start
      ? { start: span.start + problem.start, end: span.start + problem.end }
      : span;
  context.report(problem.code, problem.message, at, {
    fixes: problem.fixes.map(({ title, text }) => ({
      title,
      edits: [{ start: span.start, end: span.end, text }],
    })),
  });
}

/** Reports that a value is not of the type of the target: E301. */
export function reportType(target: Target, value: Value, context: ResolveContext, hint = ""): void {
  const text = valueText(value);
  context.report(
    "E301",
    `${target.name} is ${TYPE_PHRASES[target.type]}, ${describe(value, text)}${hint && `; ${hint}`}`,
    value.span,
  );
}

function describe(value: Value, text: string): string {
  if (value.kind === "regex") return `${text} is a regular expression`;
  if (value.kind === "time") return `${text} is a time`;
  return /^[+-]?\d+(\.\d+)?$/.test(text) && value.kind === "atom"
    ? `${text} is a number`
    : `"${text}" is text`;
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
 * that U+0000 finds what was stored in its place.
 */
export function wordOf(value: Value): { readonly text: string; readonly flag: StringValue["flag"] } | null {
  if (value.kind === "string") return { text: storable(value.value), flag: value.flag };
  if (value.kind === "atom" || value.kind === "time") return { text: storable(value.text), flag: null };
  return null;
}

/**
 * The items with every `@name` replaced by the members of that set, which take its span. Reports unknown names and circles;
 * null after an error.
 */
export function expandItems(
  items: readonly Item[],
  context: ResolveContext,
): readonly (Exclude<Value, NamedSet> | RangeItem)[] | null {
  const expanded: (Exclude<Value, NamedSet> | RangeItem)[] = [];
  let sound = true;
  for (const item of items) {
    if (item.kind !== "named-set") expanded.push(item);
    else if (!expandSet(item, context, [], expanded)) sound = false;
  }
  return sound ? expanded : null;
}

function expandSet(
  set: NamedSet,
  context: ResolveContext,
  trail: readonly string[],
  into: (Exclude<Value, NamedSet> | RangeItem)[],
): boolean {
  const { name, span } = set;
  const members = Object.hasOwn(context.sets, name) ? context.sets[name] : PREDEFINED_SETS.get(name);
  if (members === undefined) {
    const guess = nearest(name, [...Object.keys(context.sets), ...PREDEFINED_SETS.keys()]);
    const isFilter = Object.hasOwn(context.filters, name);
    context.report(
      "E107",
      isFilter ? `@${name} is a saved filter, not a set of values` : `there is no set @${name}`,
      span,
      {
        notes: guess === undefined || isFilter ? [] : [didYouMean(`@${guess}`)],
        fixes:
          guess === undefined || isFilter
            ? []
            : [{ title: `write @${guess}`, edits: [{ ...span, text: `@${guess}` }] }],
      },
    );
    return false;
  }
  if (trail.includes(name)) {
    context.report(
      "E108",
      `sets refer to each other in a circle: ${[...trail, name].map((part) => `@${part}`).join(" → ")}`,
      span,
    );
    return false;
  }
  let sound = true;
  for (const member of members) {
    if (typeof member === "string" && /^@[\w.-]+$/.test(member))
      sound =
        expandSet({ kind: "named-set", name: member.slice(1), span }, context, [...trail, name], into) &&
        sound;
    else into.push(memberItem(member, span));
  }
  return sound;
}

function memberItem(member: SetMember, span: Span): AtomValue | RangeItem {
  const atom = (text: string): AtomValue => ({ kind: "atom", text, span });
  if (typeof member === "number") return atom(String(member));
  if (typeof member !== "string") return atom(formatIpRange(member));
  const range = /^([^\s.]+(?:\.[^\s.]+)*)?\s*\.\.(<?)\s*([^\s.]+(?:\.[^\s.]+)*)?$/.exec(member.trim());
  if (!range || (range[1] === undefined && range[3] === undefined)) return atom(member);
  return {
    kind: "range",
    low: range[1] === undefined ? null : atom(range[1]),
    high: range[3] === undefined ? null : atom(range[3]),
    exclusive: range[2] === "<",
    span,
  };
}

/**
 * A run-time parameter in a place where a value of `type` is due. Two uses that disagree are E308.
 *
 * @param list the argument is the whole set (`in $nets`) rather than one value of it
 */
export function slotOf(
  value: ParameterValue,
  type: FieldType,
  list: boolean,
  context: ResolveContext,
  enumeration?: string,
): Slot | null {
  const { name, span } = value;
  const known = context.parameters.get(name);
  if (known && (known.type !== type || known.list !== list || known.enumeration !== enumeration)) {
    const before = `${known.list ? "a list: " : ""}${TYPE_PHRASES[known.type]}`;
    const here = `${list ? "a list: " : ""}${TYPE_PHRASES[type]}`;
    context.report("E308", `$${name} is ${before} at its first use, but ${here} here`, span, {
      notes: ["a parameter has one type; use two parameters"],
    });
    return null;
  }
  context.parameters.set(name, {
    name,
    type,
    list,
    span,
    ...(enumeration === undefined ? {} : { enumeration }),
  });
  return { kind: "slot", name, list };
}
