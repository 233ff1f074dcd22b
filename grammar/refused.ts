/** A condition that the grammar has refused, as the rules of the diagnosis see it. */
import type { Expr } from "./ast.js";
import type { Fix } from "./diagnostic.js";
import type { Matching } from "./matching.js";
import { applyEdits } from "./report.js";
import type { Token } from "./tokens.js";

/** Says in brackets what a field takes: "an address, network, range"; undefined for an unknown field. */
export type DescribeField = (name: string) => string | undefined;

/** What is known of fields, for better messages; the parser itself knows none. */
export interface FieldKnowledge {
  readonly describeField: DescribeField;
  /** Whether a text that parses as `root` has a value that its field does not take. */
  readonly refusesValue: (root: Expr, text: string) => boolean;
  /** The conditions that words or a value alone may mean, likeliest first: `host.ip = 10.0.0.1`. */
  readonly conditionsOf: (words: string) => readonly string[];
}

/** Nothing is known of any field. */
export const NO_KNOWLEDGE: FieldKnowledge = {
  describeField: () => undefined,
  refusesValue: () => false,
  conditionsOf: () => [],
};

/** A filter, and how it is matched. */
export interface WholeText {
  readonly text: string;
  readonly matching: Matching;
}

/** A refused condition: tokens `[start, stop)`; the grammar got stuck at token `stuck` (`stop`: at the end). */
export interface Refused extends WholeText {
  readonly tokens: readonly Token[];
  readonly fields: FieldKnowledge;
  readonly start: number;
  readonly stuck: number;
  readonly stop: number;
  /** Names of the rules that Ohm expected there. */
  readonly expected: readonly string[];
}

/** The source text of token `index`, empty outside the condition. */
export function wordAt(refused: Refused, index: number): string {
  const token = refused.tokens[index];
  if (token === undefined || index < refused.start || index >= refused.stop) return "";
  return refused.text.slice(token.start, token.end);
}

/** The source text of the tokens `[from, to)`. */
export function refusedText({ text, tokens }: Refused, from: number, to: number): string {
  const [first, last] = [tokens[from], tokens[to - 1]];
  return first === undefined || last === undefined || to <= from ? "" : text.slice(first.start, last.end);
}

/** Whether the condition parses once `fix` is applied, and its field takes the value that it then has. */
export function mends(refused: Refused, fix: Fix): boolean {
  const { tokens, start, stop, fields, matching } = refused;
  const from = tokens[start]?.start ?? 0;
  const edits = fix.edits.map((edit) => ({ ...edit, start: edit.start - from, end: edit.end - from }));
  if (edits.some((edit) => edit.start < 0)) return mendsAll(refused, fix);
  const mended = applyEdits(refusedText(refused, start, stop), edits);
  const tree = matching.filter(mended);
  return tree !== null && !(tree.root !== null && fields.refusesValue(tree.root, mended));
}

/** Whether the whole text parses once `fix` is applied. */
export function mendsAll({ text, matching }: WholeText, fix: Fix): boolean {
  return matching.filter(applyEdits(text, fix.edits)) !== null;
}
