/** How fields are written in a catalogue: a line each, with what most fields share left out. */
import type { FieldType, StoredField } from "./model.js";

/** What a field has besides name, type, path, description and example. */
export type FieldExtra = Partial<Omit<StoredField, "kind" | "name" | "type" | "list">>;

/** Twenty digits: every count of 64 bits, also one that went through a double. */
const MAX_COUNT = 10n ** 20n - 1n;

/** A field of one value, whose column is its name with underscores. */
export const field = (
  name: string,
  type: FieldType,
  path: string | readonly string[],
  description: string,
  example: string,
  extra: FieldExtra = {},
): StoredField => ({
  kind: "stored",
  name,
  type,
  list: false,
  column: name.replaceAll(".", "_"),
  paths: typeof path === "string" ? [path] : path,
  description,
  example,
  ...extra,
});

/** A field of any number of values. */
export const list = (...entry: Parameters<typeof field>): StoredField => ({ ...field(...entry), list: true });

/** The paths of a key of the CESNET extension. */
export const extension = (key: string): readonly string[] => [`_CESNET.${key}`, `_Mentat.${key}`];

/** A time. */
export const time = (name: string, key: string, description: string, extra: FieldExtra = {}): StoredField =>
  field(name, "time", key, description, `${name} in last 24h`, extra);

/** A number of things, from 0. */
export const counter = (name: string, key: string, what: string): StoredField =>
  field(name, "integer", key, `number of ${what}`, `${name} > 1000`, { range: [0, MAX_COUNT] });
