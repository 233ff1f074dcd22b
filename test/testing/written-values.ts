/** The nodes of which generated values are made. */
import type { AtomValue, ParameterValue, RangeItem, StringValue, Value } from "../../grammar/ast.js";

/** Spans of generated trees; printing and parsing again gives the real ones. */
export const NO_SPAN = { start: 0, end: 0 };

/** A parameter with its argument; the name is given when the whole filter is there. */
export interface PendingParameter extends ParameterValue {
  readonly argument: unknown;
}

/** A bare word. */
export const atom = (text: string): AtomValue => ({ kind: "atom", text, span: NO_SPAN });
/** A text in quotes. */
export const quoted = (value: string, flag: StringValue["flag"] = null): StringValue => ({
  kind: "string",
  value,
  flag,
  span: NO_SPAN,
});
/** A parameter that has its argument, and no name yet. */
export const pending = (argument: unknown): PendingParameter => ({
  kind: "parameter",
  name: "",
  argument,
  span: NO_SPAN,
});
/** A range of two literals. */
export const rangeItem = (low: Value | null, high: Value | null, exclusive: boolean): RangeItem => ({
  kind: "range",
  low,
  high,
  exclusive,
  span: NO_SPAN,
});
