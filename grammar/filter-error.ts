/** The error that a filter with mistakes is refused with. */
import type { DiagnosticCode } from "./codes.js";
import type { Diagnostic } from "./diagnostic.js";
import { renderDiagnostics } from "./render.js";

/** A filter text that does not compile. `message` is the rendered diagnostics; `diagnostics` has them as data. */
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
    super(renderDiagnostics(text, errors));
    this.code = errors[0]?.code ?? "E001";
    this.text = text;
    this.diagnostics = diagnostics;
  }
}
