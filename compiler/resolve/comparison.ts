/** What the readers of all types get: a comparison in one shape, however it was written. */
import type { CompareOp, Item, SetOp, Span } from "../../grammar/ast.js";

/** A test of one element in a uniform shape: the operator without its negation, and the items on its right. */
export interface Comparison {
  readonly op: Exclude<CompareOp, "!="> | SetOp;
  /** The operator was written as `!=` or with `not`. */
  readonly negated: boolean;
  readonly opSpan: Span;
  readonly items: readonly Item[];
  /** The items stood in `[ ]`. */
  readonly bracketed: boolean;
  readonly span: Span;
}
