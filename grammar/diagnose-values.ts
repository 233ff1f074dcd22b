/** Messages about values where none can be, or are written as other languages and people write them. */
import { problem } from "./codes.js";
import { diagnoseOperator } from "./diagnose-operator.js";
import { replace, replaceByWord, wrongOperator } from "./diagnose-token.js";
import type { Fix, TextEdit } from "./diagnostic.js";
import { mends, refusedText, wordAt, type Refused } from "./refused.js";
import type { Finding } from "./report.js";
import { quoteText, unescapeText } from "./string-text.js";
import type { Token } from "./tokens.js";

/** What comes before the place where the grammar got stuck: an operator and its one value. */
interface AfterValue {
  readonly operator: Token;
  readonly value: Token;
  /** The tokens from there on. */
  readonly rest: readonly Token[];
}

function afterValue({ tokens, start, stuck, stop }: Refused): AfterValue | null {
  const [operator, value] = tokens.slice(Math.max(start + 1, stuck - 2), stuck);
  if (operator === undefined || value === undefined || stuck >= stop || !isLiteral(value)) return null;
  if (operator.kind !== "operator" && operator.kind !== "keyword") return null;
  return { operator, value, rest: tokens.slice(stuck, stop) };
}

/** Whether the token is a value. */
export function isLiteral(token: Token | undefined): boolean {
  return token !== undefined && /^(?:atom|number|string|parameter)$/.test(token.kind);
}

function isValueOrWord(token: Token | undefined): boolean {
  return isLiteral(token) || token?.kind === "field";
}

/** An operator for several values instead of one for a single value. */
export function setOperator(text: string, operator: Token | undefined): readonly TextEdit[] {
  if (operator === undefined) return [];
  const sign = text.slice(operator.start, operator.end);
  if (!/^(?:!=|==?)$/.test(sign)) return [];
  return replaceByWord(text, operator, sign === "!=" ? "not in" : "in").edits;
}

/** `10.0.0.1 to 10.0.0.9`, `2024-05-01 - 2024-05-07`. */
export function rangeInWords(refused: Refused): Finding | null {
  const found = afterValue(refused);
  const [word, high, more] = found?.rest ?? [];
  if (!found || word === undefined || !isLiteral(high) || high === undefined || more) return null;
  const written = wordAt(refused, refused.stuck);
  if (!/^(?:to|until|till|thru|through|-|–|—|\.\.\.|and)$/i.test(written)) return null;
  const edits = [
    ...setOperator(refused.text, found.operator),
    { start: found.value.end, end: high.start, text: ".." },
  ];
  const fix = { title: "write a range: in a..b", edits };
  return mends(refused, fix) ? { ...wrongOperator(refused.text, word, ".."), fixes: [fix] } : null;
}

/** `source.port = 22..80`. */
export function rangeAfterSign(refused: Refused): Finding | null {
  const found = afterValue(refused);
  const edits = setOperator(refused.text, found?.operator);
  if (!found || edits.length === 0 || !wordAt(refused, refused.stuck).startsWith("..")) return null;
  const sign = wordAt(refused, refused.stuck - 2);
  const operator = sign === "!=" ? "not in" : "in";
  return {
    ...problem("E001.rangeAfterSign", { sign, operator }),
    span: { start: found.operator.start, end: found.operator.end },
    fixes: [{ title: `write "${operator}"`, edits }],
  };
}

/** `10.0.0.0 /8`, `10.0.0.0 / 8`. */
export function networkWithBlank(refused: Refused): Finding | null {
  const found = afterValue(refused);
  const last = found?.rest.at(-1);
  // `/8`, or `/` and `8`.
  if (!found || last === undefined || found.rest.length > 2) return null;
  const network = refusedText(refused, refused.stuck - 1, refused.stop).replace(/\s/g, "");
  if (!/^[0-9a-f.:]+\/[0-9]{1,3}$/i.test(network)) return null;
  const span = { start: found.value.start, end: last.end };
  return {
    ...problem("E001.network", { network }),
    span,
    fixes: [replace(span, network, `write ${network}`)],
  };
}

/** `user@example.org`: the sign of a set touches the word before it. */
export function signInWord(refused: Refused): Finding | null {
  const { tokens, stuck, stop, text } = refused;
  const [value, sign] = tokens.slice(stuck - 1, stuck + 1);
  if (stuck >= stop || value === undefined || sign === undefined || !touches(value, sign)) return null;
  if (value.kind === "field" && stuck === refused.start + 1) return mailAlone(refused);
  if (!isLiteral(value) || value.kind === "string" || !/^[@$&'?~=]/.test(wordAt(refused, stuck))) return null;
  const from = value.start;
  const rest = text.slice(from, tokens[stop - 1]?.end);
  // Up to the next blank or sign of a list; the others of a list with it.
  const words = [...rest.matchAll(/(?:^|(?<=[\s,[]))[^\s,[\]()"#@$&'?~=]+[@$&'?~=][^\s,[\]()"#]*/g)];
  const [first = ""] = words[0] ?? [];
  const edits = words.map(([word], index) => {
    const start = from + (words[index]?.index ?? 0);
    return { start, end: start + word.length, text: quoteText(word) };
  });
  return {
    ...problem("E001.attached", { sign: text.charAt(sign.start), quoted: quoteText(first) }),
    span: { start: from, end: from + first.length },
    fixes: [{ title: "put it in quotes", edits }],
  };
}

/** `user@example.org` without a field. */
function mailAlone({ text, tokens, start, stop, fields }: Refused): Finding | null {
  const from = tokens[start]?.start ?? 0;
  const word = /^[^\s()[\]"#,]+/.exec(text.slice(from, tokens[stop - 1]?.end))?.[0] ?? "";
  if (!/^[^@]+@[^@]+$/.test(word)) return null;
  const span = { start: from, end: from + word.length };
  const conditions = fields.conditionsOf(word);
  return {
    ...problem("E001.valueAlone", { value: word }),
    span,
    notes: conditions.length === 0 ? [] : [`write ${conditions[0] ?? ""}`],
    fixes: conditions.map((condition): Fix => replace(span, condition, `write ${condition}`)),
  };
}

/** Whether nothing is between two tokens. */
export function touches(first: Token, second: Token): boolean {
  return first.end === second.start;
}

const UNIT_WORDS: readonly (readonly [RegExp, string])[] = [
  [/^(?:ms|msecs?|millis|milliseconds?)$/i, "ms"],
  [/^(?:s|secs?|seconds?)$/i, "s"],
  [/^(?:m|mins?|minutes?)$/i, "m"],
  [/^(?:h|hrs?|hours?)$/i, "h"],
  [/^(?:d|days?)$/i, "d"],
  [/^(?:w|wks?|weeks?)$/i, "w"],
  [/^(?:mo|mons?|months?)$/i, "mo"],
  [/^(?:y|yrs?|years?)$/i, "y"],
];

function unitOf(word: string): string | undefined {
  return UNIT_WORDS.find(([pattern]) => pattern.test(word))?.[1];
}

/** `24 hours` → `24h`; null for anything else. */
function lengthOf(text: string): string | null {
  const parts = [...text.matchAll(/([0-9]+)\s*([a-z]+)\s*(?:and\b\s*|,\s*)?/gi)];
  if (parts.map(([part]) => part).join("") !== text) return null;
  const lengths = parts.map(([, amount = "", word = ""]) => {
    const unit = unitOf(word);
    return unit === undefined ? null : amount + unit;
  });
  return lengths.length === 0 || lengths.includes(null) ? null : lengths.join("");
}

/** `in last 24 hours`, `last 24 hours`, `in last hour`. */
export function lengthInWords(refused: Refused): Finding | null {
  const { text, tokens, start, stuck, stop } = refused;
  const words = tokens.slice(start, stop).map((_, index) => wordAt(refused, start + index).toLowerCase());
  const last = words.findLastIndex((word) => /^(?:last|past|within|previous)$/.test(word));
  if (last < 1 || start + last + 1 < stuck - 1) return null;
  const written = refusedText(refused, start + last + 1, stop);
  const bare = unitOf(written);
  const length = bare === undefined ? lengthOf(written) : `1${bare}`;
  if (length === null || written === length) return null;
  const from = words.slice(1, last).findIndex((word) => /^(?:in|within|the)$/.test(word));
  const first = tokens[start + (from === -1 ? last : from + 1)];
  const end = tokens[stop - 1];
  if (first === undefined || end === undefined) return null;
  const span = { start: first.start, end: end.end };
  const fix = replace(span, `in last ${length}`, `write in last ${length}`);
  if (text.slice(span.start, span.end) === `in last ${length}` || !mends(refused, fix)) return null;
  return { ...problem("E001.length", { length: `in last ${length}` }), span, fixes: [fix] };
}

/** `detect_time > now - 24 hours`, `> 24 hours ago`, `> 24 hours`. */
export function timeInWords(refused: Refused): Finding | null {
  const found = afterValue(refused);
  const last = refused.tokens[refused.stop - 1];
  if (!found || last === undefined) return null;
  const written = refusedText(refused, refused.stuck - 1, refused.stop);
  const time = relativeTime(written);
  if (time === null) return null;
  const span = { start: found.value.start, end: last.end };
  const fix = replace(span, time, `write ${time}`);
  return mends(refused, fix) ? { ...problem("E001.relativeTime", { time }), span, fixes: [fix] } : null;
}

function relativeTime(written: string): string | null {
  const ago = /^(.*\S)\s+ago$/i.exec(written)?.[1];
  if (ago !== undefined) return withLength("now-", lengthOf(ago));
  const plain = lengthOf(written);
  if (plain !== null) return plain;
  const [, base = "", offsets = ""] =
    /^(now|today|yesterday|tomorrow)((?:\s*[+-]\s*[0-9]+\s*[a-z]+)+)$/i.exec(written) ?? [];
  const parts = [...offsets.matchAll(/([+-])\s*([0-9]+\s*[a-z]+)/gi)].map(([, sign = "", length = ""]) =>
    withLength(sign, lengthOf(length)),
  );
  return parts.length === 0 || parts.includes(null) ? null : base + parts.join("");
}

function withLength(before: string, length: string | null): string | null {
  return length === null ? null : before + length;
}

/** `severity high`, `source.port 22`: a field and a value without an operator. */
export function operatorMissing(refused: Refused): Finding | null {
  const { tokens, start, stuck, stop, text, fields } = refused;
  const [field, value] = [tokens[start], tokens[stuck]];
  const last = tokens[stop - 1];
  if (field?.kind !== "field" || stuck !== start + 1 || value === undefined || last === undefined)
    return null;
  const rest = tokens.slice(stuck, stop);
  const name = text.slice(field.start, field.end);
  const isKnown = fields.describeField(name) !== undefined;
  if (!rest.every(isValueOrWord) || stuck >= stop || !(isKnown || isLiteral(value))) return null;
  const span = { start: value.start, end: last.end };
  const written = text.slice(span.start, span.end);
  // `regex "ssh"` has an operator, if not one of the language.
  if (rest.at(-1)?.kind === "string" && diagnoseOperator(refused) !== null) return null;
  const isQuoted = value.kind === "string";
  const tests = isQuoted
    ? [`= ${written}`, `contains ${written}`]
    : [`= ${written}`, `in ${written}`, `= ${quoteText(written)}`];
  const fix = tests
    .map((test) => replace(span, test, `write ${name} ${test}`))
    .find((one) => mends(refused, one));
  if (fix === undefined) return null;
  return {
    ...problem("E001.operator", { field: name, value: written }),
    span: { start: value.start, end: value.end },
    fixes: [fix],
  };
}

/** `ssh login`, `10.0.0.1`, `"ssh"`: words or a value without a field. */
export function valueAlone(refused: Refused): Finding | null {
  const { tokens, start, stop, stuck, text, fields } = refused;
  const all = tokens.slice(start, stop);
  const last = tokens[stop - 1];
  const [first] = all;
  if (first === undefined || last === undefined || !all.every(isValueOrWord)) return null;
  if (all.length > 1 ? all.some(isKnown) : stuck !== start) return null;
  const span = { start: first.start, end: last.end };
  const written = text.slice(span.start, span.end);
  const conditions = fields.conditionsOf(plainWords(text, all));
  const fixes = conditions.map((condition): Fix => replace(span, condition, `write ${condition}`));
  return {
    ...problem(all.length > 1 ? "E001.words" : "E001.valueAlone", { value: written }),
    span,
    notes: conditions.length === 0 ? [] : [`write ${conditions[0] ?? ""}`],
    fixes,
  };

  function isKnown(token: Token): boolean {
    return token.kind === "field" && fields.describeField(text.slice(token.start, token.end)) !== undefined;
  }
}

/** The words as they are looked for: without the quotes of those that have some. */
function plainWords(text: string, tokens: readonly Token[]): string {
  return tokens
    .map(({ kind, start, end }, index) => {
      const between = text.slice(tokens[index - 1]?.end ?? start, start);
      return between + (kind === "string" ? textOf(text.slice(start, end)) : text.slice(start, end));
    })
    .join("");
}

/** What a quoted text says, without the letter that may follow it. */
function textOf(quoted: string): string {
  return unescapeText(quoted.replace(/^"|"[ic]?$/g, ""));
}

/** `description = SSH login failed`, `source.port = 22 80`, `source.ip in 10.0.0.0/8 sorce`. */
export function restAfterValue(refused: Refused): Finding | null {
  const { tokens, start, stuck, stop, text, fields } = refused;
  const token = tokens[stuck];
  const value = tokens[stuck - 1];
  const last = tokens[stop - 1];
  if (token === undefined || value === undefined || last === undefined) return null;
  if (stuck >= stop || stuck - 1 <= start || !/^(?:atom|number)$/.test(value.kind)) return null;
  if (!/^(?:field|atom|number)$/.test(token.kind)) return null;
  const field = tokens.slice(start, stuck).findLast(({ kind }) => kind === "field");
  const kinds = field && fields.describeField(text.slice(field.start, field.end));
  const span = { start: value.start, end: last.end };
  const unexpected = { start: token.start, end: token.end };
  const quotes = replace(span, quoteText(text.slice(span.start, span.end)), "put the text in quotes");
  const quoted = {
    ...problem("E001.textWithoutQuotes", { quoted: quoteText(wordAt(refused, stuck)) }),
    span: unexpected,
    fixes: [quotes],
  };
  if (kinds === undefined) return quoted;
  const list = listOf(refused, value);
  const several = list && {
    ...problem("E001.several", { written: wordAt(refused, stuck), list: list.written }),
    span: unexpected,
    fixes: [list.fix],
  };
  // One word may be left over; a value or a condition says something.
  const isLeftOver = token.kind === "field" && stop === stuck + 1;
  const rest = {
    ...problem("E001.rest", { written: refusedText(refused, stuck, stop) }),
    span: { start: token.start, end: last.end },
    fixes: isLeftOver ? [replace({ start: value.end, end: last.end }, "", "remove it")] : [],
  };
  const joined = joinedValue(refused, value);
  const candidates = kinds.includes("quoted text") ? [quoted, several, rest] : [joined, several, rest];
  return (
    candidates.find((one) => one !== null && (one.fixes ?? []).every((fix) => mends(refused, fix))) ?? rest
  );
}

/** `1 MB`, `50 %`, `2024-05-01 08:00`: a value with a blank in it. */
function joinedValue(refused: Refused, value: Token): Finding | null {
  const { tokens, stuck, stop } = refused;
  const [token, last] = [tokens[stuck], tokens[stop - 1]];
  const written = refusedText(refused, stuck - 1, stop);
  const isTime = /^\d{4}-\d\d-\d\d\s+\d\d:\d\d\S*$/.test(written);
  if (token === undefined || last === undefined) return null;
  if (!isTime && !/^[\d.]+\s+(?:%|[KMGT]?i?B)$/i.test(written)) return null;
  const text = written.replace(/\s+/, isTime ? "T" : "");
  return {
    ...problem("E001.blankInValue", { text }),
    span: { start: value.start, end: last.end },
    fixes: [replace({ start: value.start, end: last.end }, text, `write ${text}`)],
  };
}

/** `22 80` as the list that it is meant to be. */
function listOf(refused: Refused, value: Token): { readonly written: string; readonly fix: Fix } | null {
  const { tokens, stuck, stop, text } = refused;
  const values = tokens.slice(stuck - 1, stop);
  const operator = tokens[stuck - 2];
  if (!values.every(isValueOrWord)) return null;
  const written = `[${values.map(({ start, end }) => text.slice(start, end)).join(", ")}]`;
  const end = tokens[stop - 1]?.end ?? value.end;
  const edits = [...setOperator(text, operator), { start: value.start, end, text: written }];
  return { written, fix: { title: `write in ${written}`, edits } };
}
