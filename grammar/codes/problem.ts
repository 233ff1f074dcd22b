/** The problem with a message of the table, and the types of codes and messages. */
import type { CONVERSION_CODES } from "./conversions.js";
import { FILTER_CODES } from "./filters.js";
import type { WriteMessage } from "./row.js";

/** A code of a diagnostic. */
export type DiagnosticCode = FilterCode | keyof typeof CONVERSION_CODES;

type FilterCode = keyof typeof FILTER_CODES;

type MessageOf<C extends FilterCode> = (typeof FILTER_CODES)[C]["message"];

/** A message of the table: a code, with the name of the message after a dot where it has several (`E007.text`). */
export type MessageKey = {
  [C in FilterCode]: MessageOf<C> extends null
    ? never
    : MessageOf<C> extends WriteMessage
      ? C
      : `${C}.${keyof MessageOf<C> & string}`;
}[FilterCode];

type FunctionOf<K extends MessageKey> = K extends FilterCode
  ? MessageOf<K>
  : K extends `${infer C extends FilterCode}.${infer Name}`
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
  const [code, name] = key.split(".") as [FilterCode, string?];
  const message: unknown = FILTER_CODES[code].message;
  const write = name === undefined ? message : (message as Readonly<Record<string, unknown>>)[name];
  return { code, message: (write as (given: unknown) => string)(parameters[0]) };
}
