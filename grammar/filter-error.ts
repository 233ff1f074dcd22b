/** The error that a filter with mistakes is refused with. */
import type { DiagnosticCode } from "./codes.js";
import type { Diagnostic } from "./diagnostic.js";
import { renderDiagnostics } from "./render.js";

/** Errors that a message shows; more are read by nobody. */
const MAX_SHOWN = 50;

/**
 * A filter text that does not compile. `message` is the rendered errors (the first 50, and how many more there are); `diagnostics` has
 * all as data.
 */
export class FilterError extends Error {
  /** `FilterError`. */
  override readonly name: string = "FilterError";
  /** Code of the first error. */
  readonly code: DiagnosticCode;
  /** The filter. */
  readonly text: string;
  /** Everything that was found, warnings too. */
  readonly diagnostics: readonly Diagnostic[];

  constructor(text: string, diagnostics: readonly Diagnostic[]) {
    const errors = diagnostics.filter(({ severity }) => severity === "error");
    const more = errors.length - MAX_SHOWN;
    const shown = renderDiagnostics(text, errors.slice(0, MAX_SHOWN));
    super(more > 0 ? `${shown}\n… and ${more} more` : shown);
    this.code = errors[0]?.code ?? "E001";
    this.text = text;
    this.diagnostics = diagnostics;
  }
}
