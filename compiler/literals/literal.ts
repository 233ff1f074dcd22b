/** What every reader of literals returns: the value, or the mistake with its place and its repairs. */
import type { DiagnosticCode, CodedMessage } from "../../grammar/codes.js";

/** A literal that was read, or why it was refused. */
export type Literal<T> = { readonly kind: "value"; readonly value: T } | RefusedLiteral;

/** Why a literal was refused. */
export interface RefusedLiteral {
  readonly kind: "problem";
  readonly problem: LiteralProblem;
}

/** A mistake in the text of one literal. */
export interface LiteralProblem extends CodedMessage {
  /** Half-open range of UTF-16 code units within the literal. */
  readonly start: number;
  readonly end: number;
  readonly fixes: readonly LiteralFix[];
}

/** A text to write instead of the whole literal. */
export interface LiteralFix {
  readonly title: string;
  readonly text: string;
}

/** A literal that was read. */
export function literalValue<T>(value: T): Literal<T> {
  return { kind: "value", value };
}

/** A mistake at `place`, which is relative to the literal. */
export function literalProblem(
  code: DiagnosticCode,
  message: string,
  place: { readonly start: number; readonly end: number },
  fixes: readonly LiteralFix[] = [],
): RefusedLiteral {
  return { kind: "problem", problem: { code, message, start: place.start, end: place.end, fixes } };
}

/** A mistake that concerns the whole literal. */
export function wholeProblem(
  text: string,
  code: DiagnosticCode,
  message: string,
  fixes: readonly LiteralFix[] = [],
): RefusedLiteral {
  return literalProblem(code, message, { start: 0, end: text.length }, fixes);
}

/** The fix that replaces the literal by `text`, titled with it. */
export function writeInstead(text: string): LiteralFix {
  return { title: `write ${text}`, text };
}
