/** What the conversion of one condition works with. */
import type { Expr, Span } from "../../grammar/ast.js";
import type { Catalogue } from "../catalogue/model.js";
import type { Dialect } from "./dialect.js";
import type { CountedUse, FieldTable } from "./fields.js";
import type { ReportCode } from "./reports.js";

/** A text to put in the place of the condition at hand, to get nearer to the old meaning or to the one that was intended. */
export interface Remedy {
  readonly title: string;
  /** Instead of the condition, not negated. */
  readonly expr: Expr;
}

/** What the conversion of one condition needs, and where it reports. */
export interface ConversionContext {
  readonly dialect: Dialect;
  readonly catalogue: Catalogue;
  readonly fields: FieldTable;
  /** Whether the caller's context has a name. */
  readonly isContextName: (name: string) => boolean;
  /** Notes a change of meaning at a place of the old text. */
  readonly report: (
    code: ReportCode,
    span: Span,
    extra?: { readonly note?: string; readonly remedy?: Remedy },
  ) => void;
  /** Notes that the old condition could not be evaluated without this field. */
  readonly need: (use: CountedUse) => void;
}

/** The context for a part of a condition: a remedy for the part would not fit in the place of the whole. */
export function withoutRemedies(context: ConversionContext): ConversionContext {
  return {
    ...context,
    report: (code, span, extra) =>
      context.report(code, span, extra?.note === undefined ? {} : { note: extra.note }),
  };
}
