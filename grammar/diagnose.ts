/**
 * Messages about one condition that the grammar has refused. Each rule looks at the token where the grammar got stuck
 * and at what could have stood there; the first rule that applies speaks. A fix is offered only if the condition parses
 * with it.
 */
import { problem } from "./codes.js";
import type { Fix } from "./diagnostic.js";
import { diagnoseToken, replace, replaceByWord, wrongOperator } from "./diagnose-token.js";
import { diagnoseOperator } from "./diagnose-operator.js";
import {
  conditionWithoutBrackets,
  decimalComma,
  listInParentheses,
  listWithoutBrackets,
} from "./diagnose-brackets.js";
import { expectedPhrases, joinWithOr } from "./expected.js";
import {
  isLiteral,
  lengthInWords,
  networkWithBlank,
  operatorMissing,
  rangeAfterSign,
  rangeInWords,
  restAfterValue,
  setOperator,
  signInWord,
  timeInWords,
  valueAlone,
} from "./diagnose-values.js";
import type { Finding } from "./report.js";
import { mends, mendsAll, refusedText, wordAt, type Refused, type WholeText } from "./refused.js";
import { quoteText } from "./string-text.js";
import type { Token } from "./tokens.js";
import { isOperatorWord } from "./words.js";

type Rule = (refused: Refused) => Finding | null;

const rules: readonly Rule[] = [
  rangeInWords,
  signInWord,
  lengthInWords,
  unknownToken,
  bareAlternative,
  chainedComparison,
  valueOnTheLeft,
  listItem,
  missingValue,
  operatorInWords,
  operatorMissing,
  diagnoseOperator,
  decimalComma,
  listWithoutBrackets,
  conditionWithoutBrackets,
  rangeAfterSign,
  networkWithBlank,
  timeInWords,
  restAfterValue,
  missingField,
  valueAlone,
];

/** The one message about a refused condition. */
export function diagnoseCondition(refused: Refused): Finding {
  const found =
    rules.reduce<Finding | null>((known, rule) => known ?? rule(refused), null) ?? unexpected(refused);
  const fixes = (found.fixes ?? []).filter((fix) => mends(refused, fix));
  return { ...found, fixes };
}

/** What is missing between `before` and `after`, where a condition should be. */
export function diagnoseEmpty(text: string, before: Token | undefined, after: Token | undefined): Finding {
  const opened = before === undefined ? "" : text.slice(before.start, before.end);
  const closed = after === undefined ? "" : text.slice(after.start, after.end);
  const span = after === undefined ? emptyAt(before?.end ?? 0) : { start: after.start, end: after.end };
  const place =
    opened === ""
      ? `before "${closed}"`
      : opened === "(" && closed === ")"
        ? 'between "(" and ")"'
        : `after "${opened}"`;
  return { ...problem("E001.condition", { place }), span };
}

/** E005 about a bracket without its partner; an opener should be closed at offset `end` at the latest. */
export function diagnoseBracket(whole: WholeText, token: Token, end: number): Finding {
  const { text } = whole;
  const sign = text.charAt(token.start);
  const span = { start: token.start, end: token.end };
  if (sign === ")" || sign === "]") {
    // Without the bracket something should be left: the empty filter would mean every event.
    const fixes = text.trim() === sign ? [] : [replace(token, "", `remove the "${sign}"`)];
    return {
      ...problem("E005.closesNothing", { sign }),
      span,
      fixes: fixes.filter((fix) => mendsAll(whole, fix)),
    };
  }
  const closer = sign === "(" ? ")" : "]";
  const places = sign === "(" ? [text.trimEnd().length, end] : [end];
  const fixes = places.map((at): Fix => ({
    title: `close it with "${closer}"`,
    edits: [{ start: at, end: at, text: closer }],
  }));
  const first = fixes.find((fix) => mendsAll(whole, fix));
  return {
    ...problem("E005.neverClosed", { sign }),
    span,
    fixes: first === undefined ? [] : [first],
  };
}

/** Where the grammar got stuck: the token, or the place after the last one. */
function stuckSpan(refused: Refused): { readonly start: number; readonly end: number } {
  const token = refused.stuck < refused.stop ? refused.tokens[refused.stuck] : undefined;
  if (token !== undefined) return { start: token.start, end: token.end };
  return emptyAt(refused.tokens[refused.stop - 1]?.end ?? 0);
}

function emptyAt(offset: number): { readonly start: number; readonly end: number } {
  return { start: offset, end: offset };
}

function isComparison(word: string): boolean {
  return /^(?:[<>]=?|[!=]?=)$/.test(word);
}

/** The field of the condition as it was written, with its function; null before any field. */
function operandName(refused: Refused): { readonly name: string; readonly isField: boolean } | null {
  const before = refused.tokens.slice(refused.start, refused.stuck);
  const index = before.findLastIndex((token) => token.kind === "field");
  const field = before[index];
  if (field === undefined) return null;
  const name = refused.text.slice(field.start, field.end);
  const func = before.find((token) => token.kind === "function");
  if (func === undefined) return { name, isField: true };
  return { name: `${refused.text.slice(func.start, func.end)}(${name})`, isField: false };
}

/** An operator in words, where the condition is right with the one of the language. */
function operatorInWords(refused: Refused): Finding | null {
  const found = diagnoseOperator(refused);
  return found?.fixes?.some((fix) => mends(refused, fix)) === true ? found : null;
}

function unknownToken(refused: Refused): Finding | null {
  const token = refused.tokens[refused.stuck];
  if (token?.kind !== "error" || refused.stuck >= refused.stop) return null;
  const word = wordAt(refused, refused.stuck);
  const span = { start: token.start, end: token.end };
  if (refused.expected.includes('","') && /^[;|]$/.test(word))
    return { ...problem("E004"), span, fixes: [replace(token, ",", 'write "," instead')] };
  if (word === ":" && lucene(refused) !== null) return lucene(refused);
  const finding = diagnoseToken(refused.text, token);
  const braces = bracesFix(refused);
  return finding === null || braces === null ? finding : { ...finding, fixes: [braces] };
}

/** `port:[22 TO 80]` → `port in 22..80`. */
function lucene(refused: Refused): Finding | null {
  const { text, stuck, stop } = refused;
  const written = refusedText(refused, stuck, stop);
  const [, low, high] = /^:\s*[[{]\s*(\S+)\s+TO\s+(\S+?)\s*[\]}]$/i.exec(written) ?? [];
  if (low === undefined || high === undefined) return null;
  const range = `${low === "*" ? "" : low}..${high === "*" ? "" : high}`;
  const start = refused.tokens[stuck]?.start ?? 0;
  const span = { start, end: start + written.length };
  const fix = replace(span, ` in ${range}`, `write in ${range}`);
  return { ...wrongOperator(text, { start, end: start + 1 }, "in"), fixes: [fix] };
}

/** `{22, 80}` → `[22, 80]`. */
function bracesFix(refused: Refused): Fix | null {
  const inside = refused.tokens.slice(refused.stuck, refused.stop);
  const close = inside.find((token) => refused.text[token.start] === "}");
  const open = inside[0];
  if (open === undefined || close === undefined || refused.text[open.start] !== "{") return null;
  const edits = [replace(open, "[", "").edits, replace(close, "]", "").edits].flat();
  return { title: "use [ ]", edits };
}

/** The second address of `ip = 10.0.0.1 or 10.0.0.2`. */
function bareAlternative(refused: Refused): Finding | null {
  const { text, tokens, start, stuck, stop } = refused;
  const token = tokens[start];
  const [operator, first, joiner] = tokens.slice(Math.max(0, start - 3), start);
  if (token === undefined || stuck !== start || stop !== start + 1 || !isLiteral(token)) return null;
  if (joiner === undefined || !isLiteral(first) || first === undefined) return null;
  const values = [first, token].map((value) => text.slice(value.start, value.end)).join(", ");
  const word = text.slice(joiner.start, joiner.end);
  const edits = [...setOperator(text, operator), { start: first.start, end: token.end, text: `[${values}]` }];
  const isOr = /^(?:or|\|\|?)$/i.test(word);
  return {
    ...problem("E001.conditionNotValue", { after: word }),
    span: { start: token.start, end: token.end },
    notes: [`write several values as a list: in [${values}]`],
    fixes: isOr ? [{ title: `write in [${values}]`, edits }] : [],
  };
}

/** `1 < a < 5` and `a < b < c`. */
function chainedComparison(refused: Refused): Finding | null {
  const { start, stop, tokens } = refused;
  const words = tokens.slice(start, stop).map((_, index) => wordAt(refused, start + index));
  const [low = "", first = "", field = "", second = "", high = ""] = words;
  if (words.length !== 5 || !isComparison(first) || !isComparison(second)) return null;
  const last = tokens[stop - 1];
  const span = { start: tokens[start]?.start ?? 0, end: last?.end ?? 0 };
  if (!isLiteral(tokens[start]))
    return { ...problem("E010"), span, notes: ['write two, with "and" between them'] };
  const text = `${field} ${mirrored(first)} ${low} and ${field} ${second} ${high}`;
  return {
    ...problem("E010"),
    span,
    notes: [`write ${text}`],
    fixes: [{ title: `write ${text}`, edits: [{ ...span, text }] }],
  };
}

/** `22 = target.port`. */
function valueOnTheLeft(refused: Refused): Finding | null {
  const { start, stop, tokens } = refused;
  const operator = wordAt(refused, start + 1);
  if (!isLiteral(tokens[start]) || tokens[start + 2]?.kind === "punctuation") return null;
  if (!isComparison(operator) && !isOperatorWord(operator)) return null;
  const span = { start: tokens[start]?.start ?? 0, end: tokens[start]?.end ?? 0 };
  if (!isComparison(operator) || stop !== start + 3) return { ...problem("E009"), span };
  const text = `${wordAt(refused, start + 2)} ${mirrored(operator)} ${wordAt(refused, start)}`;
  const whole = { start: span.start, end: tokens[stop - 1]?.end ?? span.end };
  const fixes = [{ title: `write ${text}`, edits: [{ ...whole, text }] }];
  return { ...problem("E009"), span, notes: [`write ${text}`], fixes };
}

/** The operator with its sides exchanged. */
function mirrored(operator: string): string {
  const flipped: Readonly<Record<string, string>> = { "<": ">", ">": "<", "<=": ">=", ">=": "<=", "==": "=" };
  return flipped[operator] ?? operator;
}

/** Inside a list, where the next item or the end could come. */
function listItem(refused: Refused): Finding | null {
  const token = refused.tokens[refused.stuck];
  if (token === undefined || refused.stuck >= refused.stop || !refused.expected.includes('","')) return null;
  const span = { start: token.start, end: token.end };
  const word = wordAt(refused, refused.stuck).toLowerCase();
  if (/^(?:or|and|\|\||&&|\||&)$/.test(word)) {
    return { ...problem("E004"), span, fixes: [replace(token, ",", 'write "," instead')] };
  }
  const startsItem = isLiteral(token) || /^(?:regex|set)$/.test(token.kind) || word.startsWith("..");
  if (!startsItem) return null;
  const previous = refused.tokens[refused.stuck - 1]?.end ?? token.start;
  return {
    ...problem("E004"),
    span,
    fixes: [{ title: 'insert ","', edits: [{ start: previous, end: previous, text: "," }] }],
  };
}

/** `port in (22, 80)`. */
function parenthesesForList(refused: Refused): Finding | null {
  const fixes = listInParentheses(refused).filter((fix) => mends(refused, fix));
  return fixes.length === 0
    ? null
    : { ...problem("E001.listInParentheses"), span: stuckSpan(refused), fixes };
}

/** E002: an operator without its value, or a keyword in the place of one. */
function missingValue(refused: Refused): Finding | null {
  if (!refused.expected.includes("a $parameter") || refused.expected.includes("a duration")) return null;
  const operand = operandName(refused);
  const kinds = operand?.isField === true ? refused.fields.describeField(operand.name) : undefined;
  const finding: Finding = {
    ...problem("E002", { subject: operand?.name, kinds }),
    span: stuckSpan(refused),
  };
  const token = refused.tokens[refused.stuck];
  const word = wordAt(refused, refused.stuck);
  if (token === undefined || word === "") return finding;
  if (isOperatorWord(word)) {
    const notes = [`"${word}" is a keyword; quote it to use it as text`];
    return { ...finding, notes, fixes: [replace(token, quoteText(word), "put it in quotes")] };
  }
  if (word === ",") return { ...finding, fixes: [replace(token, "", 'remove the ","')] };
  if (word === "(") return parenthesesForList(refused) ?? finding;
  const operator = refused.tokens[refused.stuck - 1];
  const sign = wordAt(refused, refused.stuck - 1);
  if (word !== "[" || operator === undefined || !/^[!=]?=$/.test(sign)) return finding;
  const setOperator = sign === "!=" ? "not in" : "in";
  const fixes = [replaceByWord(refused.text, operator, setOperator)];
  return { ...finding, notes: [`a list goes with "${setOperator}"`], fixes };
}

/** `= 22`, `in [1, 2]`, and the second half of `source.port > 1024 and < 2000`. */
function missingField(refused: Refused): Finding | null {
  const { text, tokens, start, stuck } = refused;
  const word = wordAt(refused, start);
  if (stuck !== start || !(isComparison(word) || isOperatorWord(word))) return null;
  const before = tokens.slice(0, start).findLast(({ kind }) => kind === "field");
  const at = stuckSpan(refused).start;
  const field = before && text.slice(before.start, before.end);
  const fixes =
    field === undefined
      ? []
      : [
          {
            title: `repeat the field: ${field} ${word} …`,
            edits: [{ start: at, end: at, text: `${field} ` }],
          },
        ];
  return { ...problem("E001.field", { before: word }), span: stuckSpan(refused), fixes };
}

function unexpected(refused: Refused): Finding {
  const { expected, stuck, stop } = refused;
  const phrases = expectedPhrases(expected);
  const word = stuck < stop ? wordAt(refused, stuck) : "";
  const found = word === "" ? [] : [`found ${word.startsWith('"') ? word : quoteText(word)}`];
  const unexpectedHere =
    phrases.length === 0 ? problem("E001.nothing") : problem("E001.anyOf", { expected: joinWithOr(phrases) });
  return { ...unexpectedHere, span: stuckSpan(refused), notes: found };
}
