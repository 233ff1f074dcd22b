/** A condition that the grammar has refused, as the rules of the diagnosis see it. */
import type { Fix } from "./diagnostic.js";
import { matchFilter } from "./parse-tree.js";
import { applyEdits } from "./report.js";
import type { Token } from "./tokens.js";

/** Says in brackets what a field takes: "an address, network, range"; undefined for an unknown field. */
export type DescribeField = (name: string) => string | undefined;

/** What is known of fields, for better messages; the parser itself knows none. */
export interface FieldKnowledge {
  readonly describeField: DescribeField;
  /** Whether a condition that parses has a value that its field does not take. */
  readonly refusesValue: (condition: string) => boolean;
  /** The conditions that words or a value alone may mean, likeliest first: `host.ip = 10.0.0.1`. */
  readonly conditionsOf: (words: string) => readonly string[];
}

/** Nothing is known of any field. */
export const NO_KNOWLEDGE: FieldKnowledge = {
  describeField: () => undefined,
  refusesValue: () => false,
  conditionsOf: () => [],
};

/** A refused condition: tokens `[start, stop)`; the grammar got stuck at token `stuck` (`stop`: at the end). */
export interface Refused {
  readonly text: string;
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
  const { tokens, start, stop, fields } = refused;
  const from = tokens[start]?.start ?? 0;
  const edits = fix.edits.map((edit) => ({ ...edit, start: edit.start - from, end: edit.end - from }));
  if (edits.some((edit) => edit.start < 0)) return mendsAll(refused.text, fix);
  const mended = applyEdits(refusedText(refused, start, stop), edits);
  return matchFilter(mended).ok && !fields.refusesValue(mended);
}

/** Whether the whole text parses once `fix` is applied. */
export function mendsAll(text: string, fix: Fix): boolean {
  return matchFilter(applyEdits(text, fix.edits)).ok;
}
