/** A condition that the grammar has refused, as the rules of the diagnosis see it. */
import type { Token } from "./tokens.js";

/** Says in brackets what a field takes: "an address, network, range"; undefined for an unknown field. */
export type DescribeField = (name: string) => string | undefined;

/** A refused condition: tokens `[start, stop)`; the grammar got stuck at token `stuck` (`stop`: at the end). */
export interface Refused {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly describeField: DescribeField;
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
