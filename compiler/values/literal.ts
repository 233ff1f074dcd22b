/** What every reader of literals returns: the value, or the mistake with its place and its repairs. `Code` are the codes of its mistakes. */

/** A literal that was read, or why it was refused. */
export type Literal<T, Code extends string = string> =
  { readonly kind: "value"; readonly value: T } | RefusedLiteral<Code>;

/** Why a literal was refused. */
export interface RefusedLiteral<Code extends string = string> {
  readonly kind: "problem";
  readonly problem: LiteralProblem<Code>;
}

/** A mistake in the text of one literal. */
export interface LiteralProblem<Code extends string = string> {
  readonly code: Code;
  readonly message: string;
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
export function literalValue<T>(value: T): { readonly kind: "value"; readonly value: T } {
  return { kind: "value", value };
}

/** A mistake at `place`, which is relative to the literal. */
export function literalProblem<Code extends string>(
  code: Code,
  message: string,
  place: { readonly start: number; readonly end: number },
  fixes: readonly LiteralFix[] = [],
): RefusedLiteral<Code> {
  return { kind: "problem", problem: { code, message, start: place.start, end: place.end, fixes } };
}

/** A mistake that concerns the whole literal. */
export function wholeProblem<Code extends string>(
  text: string,
  code: Code,
  message: string,
  fixes: readonly LiteralFix[] = [],
): RefusedLiteral<Code> {
  return literalProblem(code, message, { start: 0, end: text.length }, fixes);
}

/** The fix that replaces the literal by `text`, titled with it. */
export function writeInstead(text: string): LiteralFix {
  return { title: `write ${text}`, text };
}
