/** The table of types: each type of the language once, with what messages, reference and completion call it. */

interface TypeRow {
  /** One value of the type: `target.port is a whole number`. */
  readonly phrase: string;
  /** Its values: `"contains" is for text`. */
  readonly plural: string;
  /** What can be written on the right besides `$parameter` and `@set`: `expected a value for …`. */
  readonly values: string;
}

/** Each type of the language. */
export const FIELD_TYPES = {
  text: { phrase: "text", plural: "text", values: "a word, a quoted text" },
  id: { phrase: "an identifier", plural: "identifiers", values: "a word, a quoted text" },
  integer: { phrase: "a whole number", plural: "numbers", values: "a whole number, range" },
  float: { phrase: "a number", plural: "numbers", values: "a number, range" },
  boolean: { phrase: "true or false", plural: "truth values", values: "true, false" },
  ip: { phrase: "an address", plural: "addresses", values: "an address, network, range" },
  time: { phrase: "a time", plural: "times", values: "a date, time, now-24h, range" },
  duration: { phrase: "a length of time", plural: "lengths of time", values: "a length such as 90s, range" },
  enum: { phrase: "a word", plural: "words", values: "a word" },
  ordered: { phrase: "a word", plural: "words with an order", values: "a word, range" },
  hierarchy: { phrase: "a word", plural: "categories", values: "a category" },
} as const satisfies Readonly<Record<string, TypeRow>>;

/** The types of the filter language. */
export type FieldType = keyof typeof FIELD_TYPES;

/** All types, in the order in which they are documented. */
export const TYPE_NAMES = Object.keys(FIELD_TYPES) as readonly FieldType[];
