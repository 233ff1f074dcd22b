/**
 * The recovering parser, for texts that the grammar has refused, and for long ones: a match of the whole would remember too much. The
 * tokens give the skeleton of and, or, xor, not and parentheses; every condition between them is matched by the grammar on its own. So
 * each bad condition yields one diagnostic and one `error` node, and the good ones are kept.
 */
import type { Expr, Logical, Span } from "./ast.js";
import { matchBrackets, type Brackets } from "./brackets.js";
import { problem } from "./codes.js";
import { diagnoseBracket, diagnoseCondition, diagnoseEmpty } from "./diagnose.js";
import { operatorMissing, touches, valueAlone } from "./diagnose-values.js";
import { diagnoseOperator } from "./diagnose-operator.js";
import { diagnoseJoiner, diagnoseStray, diagnoseToken } from "./diagnose-token.js";
import { predicateHead } from "./parse-tree.js";
import type { FieldKnowledge, Refused, WholeText } from "./refused.js";
import type { Finding } from "./report.js";
import { quoteText } from "./string-text.js";
import type { Token } from "./tokens.js";
import { isFieldName } from "./words.js";

/** The state of one recovering parse. */
interface Recovery extends WholeText {
  /** Without comments. */
  readonly tokens: readonly Token[];
  readonly brackets: Brackets;
  readonly fields: FieldKnowledge;
  readonly findings: Finding[];
  /** Signs for `and` and the like of other languages that are reported already. */
  readonly joiners: Set<string>;
  /** How often one of these was met again. */
  repeats: number;
  /** At this number of findings the parser stops. */
  readonly most: number;
  /** Whether nothing was found, reported or not. */
  isRight: boolean;
  /** Index of the next token. */
  at: number;
}

const levels: readonly Logical["kind"][] = ["or", "xor", "and"];

const connectives: Readonly<Record<string, Logical["kind"]>> = {
  or: "or",
  "||": "or",
  "|": "or",
  xor: "xor",
  "^^": "xor",
  "^": "xor",
  and: "and",
  "&&": "and",
  "&": "and",
  ";": "and",
  ",": "and",
};

/** What {@link recover} reads. */
export interface Damaged extends WholeText {
  /** Without comments. */
  readonly tokens: readonly Token[];
  readonly fields: FieldKnowledge;
  /** Findings that are explained at most: a person repairs a few at a time, and each costs time. */
  readonly most: number;
}

/** What was read: the tree, with `error` nodes where there are findings or the text is not right. */
export interface Recovered {
  readonly root: Expr | null;
  readonly findings: readonly Finding[];
  readonly isRight: boolean;
}

/** Parses a text as far as it goes. It is right exactly if the grammar takes it. */
export function recover(damaged: Damaged): Recovered {
  const { text, tokens } = damaged;
  const brackets = bracketsOf(text, tokens);
  const state: Recovery = {
    ...damaged,
    brackets,
    findings: [],
    joiners: new Set(),
    repeats: 0,
    isRight: true,
    at: 0,
  };
  reportBrackets(state);
  const root = tokens.length === 0 ? null : logical(state, 0, tokens.length);
  return { root, findings: state.findings, isRight: state.isRight };
}

/** Whether there is no more to say of the text. */
function isFull(state: Recovery): boolean {
  return !state.isRight && state.findings.length + state.repeats >= state.most;
}

/** E005 for each bracket without a partner. */
function reportBrackets(state: Recovery): void {
  const { tokens, brackets } = state;
  for (const index of [...brackets.stray, ...brackets.unclosed]) {
    const token = tokens[index];
    if (token === undefined || isFull(state)) break;
    report(state, () => {
      const end = brackets.stray.has(index)
        ? token.end
        : endOffset(state, conditionEnd(state, index, tokens.length));
      return diagnoseBracket(state, token, end);
    });
  }
}

/** The brackets of a filter. An unclosed text swallows the closers after it, so then no opener counts as unclosed. */
function bracketsOf(text: string, tokens: readonly Token[]): Brackets {
  const brackets = matchBrackets(text, tokens);
  const swallowed = tokens.some(
    (token) =>
      token.kind === "error" &&
      /["/]/.test(text.charAt(token.start)) &&
      diagnoseToken(text, token)?.code === "E007",
  );
  return swallowed ? { ...brackets, unclosed: new Set() } : brackets;
}

/** One level of the logic, down to the prefix `not`. `end` is the index of the token after the part. */
function logical(state: Recovery, level: number, end: number): Expr {
  const kind = levels[level];
  if (kind === undefined) return prefixed(state, end);
  const start = state.at;
  const operands = [logical(state, level + 1, end)];
  while (joins(state, kind, end)) operands.push(logical(state, level + 1, end));
  const [only] = operands;
  if (operands.length === 1 && only !== undefined) return only;
  return { kind, operands, span: spanOf(state, start, state.at) };
}

/** Whether a next operand of `kind` follows; steps over the word between. A missing word counts as `and`. */
function joins(state: Recovery, kind: Logical["kind"], end: number): boolean {
  if (isFull(state)) state.at = end;
  // Of those it is said already that they close nothing.
  while (state.at < end && state.brackets.stray.has(state.at)) state.at += 1;
  const token = state.tokens[state.at];
  if (token === undefined || state.at >= end) return false;
  const connective = connectiveAt(state, state.at);
  if (connective === null && kind === "and") {
    if (beginsCondition(state, state.at, state.tokens.length)) {
      report(state, () => missingJoiner(token));
      return true;
    }
    report(state, () => noJoiner(state, token));
    state.at = Math.max(state.at + 1, conditionEnd(state, state.at, end));
    return joins(state, kind, end);
  }
  if (connective !== kind) return false;
  if (state.at + 1 >= end && lowered(state, state.at) === ";") {
    // Other languages end with it.
    report(state, () => diagnoseStray(state.text, token));
    state.at += 1;
    return false;
  }
  if (token.kind === "error" || token.kind === "punctuation") reportJoiner(state, token, connective);
  state.at += 1;
  return true;
}

/** E008 about a sign for `and` or the like: once for all places of it, which one fix mends. */
function reportJoiner(state: Recovery, token: Token, connective: Logical["kind"]): void {
  const sign = lowered(state, state.at);
  state.isRight = false;
  if (state.joiners.has(sign)) {
    state.repeats += 1;
    return;
  }
  report(state, () => diagnoseJoiner(state.text, [token, ...sameJoiners(state, sign)], connective));
  state.joiners.add(sign);
}

/** The joiners after the current token that are written with the same sign; those of lists are none. */
function sameJoiners(state: Recovery, sign: string): readonly Token[] {
  const found: Token[] = [];
  for (let index = state.at + 1; index < state.tokens.length; index++) {
    const token = state.tokens[index];
    const word = lowered(state, index);
    if (word === "[") index = state.brackets.pairs.get(index) ?? index;
    else if (word === sign && token !== undefined && connectiveAt(state, index) !== null) found.push(token);
  }
  return found;
}

function noJoiner({ text }: Recovery, token: Token): Finding {
  const notes = [`found ${quoteText(text.slice(token.start, token.end))}`];
  return { ...problem("E001.joiner"), span: tokenSpan(token), notes };
}

function missingJoiner(token: Token): Finding {
  const fixes = ["and", "or"].map((word) => ({
    title: `insert "${word}"`,
    edits: [{ start: token.start, end: token.start, text: `${word} ` }],
  }));
  return { ...problem("E006"), span: tokenSpan(token), fixes };
}

function prefixed(state: Recovery, end: number): Expr {
  const start = state.at;
  const word = lowered(state, start);
  const token = state.tokens[start];
  if (start < end && (word === "!" || (word === "not" && token?.kind === "keyword"))) {
    state.at += 1;
    const operand = prefixed(state, end);
    return { kind: "not", operand, span: spanOf(state, start, state.at) };
  }
  return word === "(" && start < end ? group(state, end) : condition(state, end);
}

/** `( … )` at the current token; an unclosed one reaches to `end`. */
function group(state: Recovery, end: number): Expr {
  const close = state.brackets.pairs.get(state.at) ?? end;
  state.at += 1;
  const expr = logical(state, 0, close);
  state.at = Math.min(close + 1, end);
  return expr;
}

function condition(state: Recovery, end: number): Expr {
  const start = state.at;
  const stop = conditionEnd(state, start, end);
  if (start === stop) {
    const { text, tokens } = state;
    report(state, () => diagnoseEmpty(text, tokens[start - 1], tokens[start]));
    return errorExpr(state, start, stop);
  }
  const from = startOffset(state, start);
  const match = state.matching.condition(state.text.slice(from, endOffset(state, stop)), from);
  if (match.ok) {
    state.at = stop;
    return match.value;
  }
  const isTold = state.findings.length < state.most;
  state.isRight = false;
  if (!isTold) {
    state.at = stop;
    return errorExpr(state, start, stop);
  }
  let stuck = start;
  while (stuck < stop && (state.tokens[stuck]?.end ?? 0) <= match.at) stuck += 1;
  const { text, tokens, fields, matching } = state;
  const refused = { text, tokens, fields, matching, start, stuck, stop, expected: match.expected };
  return elementCondition(state, refused, end) ?? firstOfTwo(state, refused) ?? badCondition(state, refused);
}

/** `field has ( … )` whose inner expression is at fault: recovers inside, and keeps the rest. */
function elementCondition(state: Recovery, refused: Refused, end: number): Expr | null {
  const { text, tokens, start, stuck } = refused;
  const isHas = (token: Token, index: number): boolean =>
    token.kind === "keyword" && lowered(state, start + 1 + index) === "has";
  const word = start + 1 + tokens.slice(start + 1, stuck).findIndex(isHas);
  if (word === start || lowered(state, word + 1) !== "(") return null;
  const from = startOffset(state, start);
  const before = state.matching.condition(text.slice(from, endOffset(state, word)), from);
  const head = before.ok ? predicateHead(before.value) : null;
  if (head === null || stuck > (state.brackets.pairs.get(word + 1) ?? end)) return null;
  state.at = word + 1;
  const expr = group(state, end);
  const test = { kind: "has", expr, span: spanOf(state, word, state.at) } as const;
  return { kind: "predicate", ...head, test, span: spanOf(state, start, state.at) };
}

/** The condition up to token `stuck`, if it is complete and another one begins there; the caller reports that. */
function firstOfTwo(state: Recovery, refused: Refused): Expr | null {
  const { start, stuck, stop } = refused;
  if (stuck <= start || stuck >= stop || !beginsCondition(state, stuck, stop)) return null;
  // `port is 22` is no condition `port` with another one after it.
  if (diagnoseOperator(refused) !== null || operatorMissing(refused) !== null) return null;
  if (start + 1 === stuck && valueAlone(refused) !== null) return null;
  const from = startOffset(state, start);
  const match = state.matching.condition(state.text.slice(from, endOffset(state, stuck)), from);
  if (!match.ok) return null;
  state.at = stuck;
  return match.value;
}

/** Whether token `index` looks like the beginning of a condition, rather than like a stray word of a text. */
function beginsCondition(state: Recovery, index: number, stop: number): boolean {
  const token = state.tokens[index];
  if (token === undefined) return false;
  const word = lowered(state, index);
  const previous = state.tokens[index - 1];
  if (previous !== undefined && isValue(previous) && touches(previous, token)) return false;
  // `user@example.org` is one word.
  if (previous?.kind === "field" && token.kind === "set" && touches(previous, token)) return false;
  if (token.kind === "keyword") return /^(?:not|any|all|none|true|false)$/.test(word);
  if (token.kind === "function" || token.kind === "set" || word === "(" || word === "!") return true;
  if (token.kind !== "field") return false;
  const next = state.tokens[index + 1];
  const followed =
    index + 1 < stop && (next?.kind === "operator" || next?.kind === "keyword" || next?.kind === "error");
  return followed || word.includes(".") || !isValue(state.tokens[index - 1]);
}

function isValue(token: Token | undefined): boolean {
  return token !== undefined && /^(?:atom|number|string)$/.test(token.kind);
}

function badCondition(state: Recovery, refused: Refused): Expr {
  const { tokens, start, stuck, stop } = refused;
  const isBroken = [...state.brackets.unclosed].some((index) => index >= start && index < stop);
  // What follows an unclosed bracket is its consequence; a text that is never closed is not.
  const isOpenText = stuck < stop && tokens[stuck]?.kind === "error";
  if (!isBroken || isOpenText) report(state, () => diagnoseCondition(refused));
  state.at = stop;
  return errorExpr(state, start, stop);
}

/** Index of the token after the condition that starts at `start`: brackets are stepped over as wholes. */
function conditionEnd(state: Recovery, start: number, end: number): number {
  let index = start;
  while (index < end && !state.brackets.stray.has(index)) {
    if (connectiveAt(state, index) !== null && !isBetween(state, index, start)) break;
    index = (state.brackets.pairs.get(index) ?? index) + 1;
  }
  return Math.min(index, end);
}

/** The `and` of `between a and b`, which is no operator here but gets one message for all its parts. */
function isBetween(state: Recovery, index: number, start: number): boolean {
  return index - 2 > start && lowered(state, index - 2) === "between" && lowered(state, index) === "and";
}

function connectiveAt(state: Recovery, index: number): Logical["kind"] | null {
  const kind = state.tokens[index]?.kind;
  if (kind === "punctuation") return isJoiningComma(state, index) ? "and" : null;
  if (kind !== "keyword" && kind !== "operator" && kind !== "error") return null;
  return connectives[lowered(state, index)] ?? null;
}

/** The comma of `severity = high, source.port = 22`: what follows is a condition, not another value. */
function isJoiningComma(state: Recovery, index: number): boolean {
  if (lowered(state, index) !== ",") return false;
  const [next, operator] = state.tokens.slice(index + 1, index + 3);
  if (next?.kind === "function") return true;
  // After a comma the lexer takes a name for a value.
  if (!isFieldName(lowered(state, index + 1)) || next?.kind === "keyword") return false;
  return /^(?:operator|keyword|error)$/.test(operator?.kind ?? "");
}

function report(state: Recovery, finding: () => Finding): void {
  state.isRight = false;
  if (state.findings.length < state.most) state.findings.push(finding());
}

function errorExpr(state: Recovery, start: number, stop: number): Expr {
  return { kind: "error", span: spanOf(state, start, stop) };
}

function lowered(state: Recovery, index: number): string {
  const token = state.tokens[index];
  return token === undefined ? "" : state.text.slice(token.start, token.end).toLowerCase();
}

function startOffset(state: Recovery, index: number): number {
  return state.tokens[index]?.start ?? state.text.length;
}

function endOffset(state: Recovery, index: number): number {
  return state.tokens[index - 1]?.end ?? 0;
}

/** From the first of the tokens `[start, stop)` to the end of the last; of no tokens, the place after the one before. */
function spanOf(state: Recovery, start: number, stop: number): Span {
  const end = endOffset(state, stop);
  return { start: Math.min(startOffset(state, start), end), end };
}

function tokenSpan(token: Token): Span {
  return { start: token.start, end: token.end };
}
