/** What the table of diagnostics says of a code. */

import type { FieldType } from "../field-types.js";

/** A filter that gives the code, over the IDEA catalogue; with options where the filter alone does not. */
export type CodeExample =
  | string
  | {
      readonly filter: string;
      readonly sets?: Readonly<Record<string, readonly string[]>>;
      readonly filters?: Readonly<Record<string, string>>;
      readonly args?: Readonly<Record<string, unknown>>;
      /** A field besides those of IDEA, for a type that none of these has. */
      readonly field?: { readonly name: string; readonly type: FieldType };
      readonly timeZone?: string;
      readonly limits?: Readonly<Record<string, number>>;
    }
  /** A filter in an older language, or parameters of a search, whose conversion gives the code. */
  | { readonly filter: string; readonly from: "pynspect" | "ransack" }
  | { readonly search: Readonly<Record<string, unknown>> };

/** Makes the text of a message of its parameters. */
export type WriteMessage = (parameters: never) => string;

/** A row of the table. */
export interface CodeRow {
  /** For the reference; one phrase. */
  readonly meaning: string;
  readonly example: CodeExample;
  /**
   * The message, or several by name. Null where the reader of a literal words it (compiler/literals, compiler/values): it is the same for
   * those who read a value without a filter.
   */
  readonly message: WriteMessage | Readonly<Record<string, WriteMessage>> | null;
}
