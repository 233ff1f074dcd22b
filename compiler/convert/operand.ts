/** One side of a legacy comparison after folding: a constant, or something that depends on fields of the event. */
import type { Span } from "../../grammar/ast.js";
import type { Amount } from "./amount.js";
import type { LegacyConstant } from "./constants.js";
import type { CountedUse, FieldUse } from "./fields.js";

/** A side of a legacy comparison. */
export type LegacyOperand = ConstantOperand | TermOperand | CountOperand | JoinedOperand | DefaultOperand;

/** The operands that stand for something in the event. */
export type LegacySubject = Exclude<LegacyOperand, ConstantOperand>;

/** A side without a field. */
export interface ConstantOperand {
  readonly kind: "constant";
  readonly constant: LegacyConstant;
  readonly span: Span;
}

/** `sign · term + offset`. */
interface Computed {
  readonly sign: 1 | -1;
  readonly offset: Amount;
  /** Nothing was computed: the bare field or function. */
  readonly plain: boolean;
  readonly span: Span;
}

/** A field, computed with. */
export interface TermOperand extends Computed {
  readonly kind: "term";
  readonly use: FieldUse;
}

/** The number of values of a field or of elements of a group, computed with. */
export interface CountOperand extends Computed {
  readonly kind: "count";
  readonly use: CountedUse;
  /** A missing list counts as empty, and is no error. */
  readonly guarded: boolean;
}

/** `A . B` of ransack: the lists joined. */
export interface JoinedOperand {
  readonly kind: "joined";
  readonly parts: readonly LegacyOperand[];
  readonly span: Span;
}

/** `F??v` of ransack: the field, or `otherwise` where it is missing. */
export interface DefaultOperand {
  readonly kind: "default";
  readonly use: FieldUse;
  readonly otherwise: LegacyOperand;
  readonly span: Span;
}
