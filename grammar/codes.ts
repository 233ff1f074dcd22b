/**
 * The table of diagnostics: each code once, with what it means, its messages with their parameters, and an example that a test compiles.
 * E… are errors, W… warnings, L… notes, C… changes of meaning by a conversion. A code keeps its meaning for ever: programs look it up.
 */
import { CONVERSION_CODES } from "./codes/conversions.js";
import { LINT_CODES } from "./codes/lints.js";
import { NAME_CODES } from "./codes/names.js";
import type { WriteMessage } from "./codes/row.js";
import { SYNTAX_CODES } from "./codes/syntax.js";
import { VALUE_CODES } from "./codes/values.js";

/** Each code. */
export const CODES = {
  ...SYNTAX_CODES,
  ...NAME_CODES,
  ...VALUE_CODES,
  ...LINT_CODES,
  ...CONVERSION_CODES,
} as const;

/** A code of a diagnostic. */
export type DiagnosticCode = keyof typeof CODES;

/** All codes, in the order of the reference. */
export const CODE_NAMES = Object.keys(CODES) as readonly DiagnosticCode[];

type MessageOf<C extends DiagnosticCode> = (typeof CODES)[C]["message"];

/** A message of the table: a code, with the name of the message after a dot where it has several (`E007.text`). */
export type MessageKey = {
  [C in DiagnosticCode]: MessageOf<C> extends null
    ? never
    : MessageOf<C> extends WriteMessage
      ? C
      : `${C}.${keyof MessageOf<C> & string}`;
}[DiagnosticCode];

type FunctionOf<K extends MessageKey> = K extends DiagnosticCode
  ? MessageOf<K>
  : K extends `${infer C extends DiagnosticCode}.${infer Name}`
    ? Name extends keyof MessageOf<C>
      ? MessageOf<C>[Name]
      : never
    : never;

/** The parameters of a message. */
export type CodeParameters<K extends MessageKey> =
  FunctionOf<K> extends () => string
    ? []
    : FunctionOf<K> extends (parameters: infer P) => string
      ? [parameters: P]
      : never;

/** What is wrong, before it has a place in a text. */
export interface CodedMessage {
  readonly code: DiagnosticCode;
  readonly message: string;
}

/** The problem with a message of the table: `problem("E101", { field: "soruce" })`. */
export function problem<K extends MessageKey>(key: K, ...parameters: CodeParameters<K>): CodedMessage {
  const [code, name] = key.split(".") as [DiagnosticCode, string?];
  const message: unknown = CODES[code].message;
  const write = name === undefined ? message : (message as Readonly<Record<string, unknown>>)[name];
  return { code, message: (write as (given: unknown) => string)(parameters[0]) };
}
