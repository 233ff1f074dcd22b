/** What readers of literals return, with the codes of the language. */
import type { DiagnosticCode } from "../../grammar/codes.js";
import type * as values from "../values/literal.js";

export { literalProblem, literalValue, wholeProblem, writeInstead } from "../values/literal.js";

/** A literal that was read, or why it was refused. */
export type FilterLiteral<T> = values.Literal<T, DiagnosticCode>;

/** Why a literal was refused. */
export type RefusedFilterLiteral = values.RefusedLiteral<DiagnosticCode>;

/** A mistake in the text of one literal. */
export type FilterLiteralProblem = values.LiteralProblem<DiagnosticCode>;

export type { LiteralFix } from "../values/literal.js";
