/** The values of a field, as SQL over a row of the searched table and as what a caller gets. */
import { argumentError } from "../../../compiler/values/errors.js";
import { legacyFields } from "../../../compiler/catalogue/legacy-names.js";
import { indexCatalogue, storedFields } from "../../../compiler/catalogue/lookup.js";
import type { Catalogue, FieldType, Rollup, StoredField } from "../../../compiler/catalogue/model.js";
import { didYouMean, nearest } from "../../../compiler/values/suggest.js";
import { formatIpRange, tryParseIpRange } from "../../../compiler/values/ip-range.js";
import { formatMicros, parsePgTimestamp } from "../../../compiler/values/time.js";
import type { WireValue } from "../../postgres/statement.js";

/** A field whose values are counted. */
export interface CountedField {
  readonly name: string;
  readonly type: FieldType;
  readonly parts: readonly StoredField[];
  /** How the roll-ups know it; null where they don't. */
  readonly rollup: Rollup | null;
}

/** The field of that name, or that the Python module had under it. @throws DataError when there is none, with the nearest name */
export function countedField(name: string, catalogue: Catalogue, operation: string): CountedField {
  const index = indexCatalogue(catalogue);
  const key = name.toLowerCase();
  const field = index.fields.get(key) ?? legacyFields(catalogue).get(key);
  if (!field) {
    const guess = didYouMean(nearest(key, index.fields.keys()), '"');
    throw argumentError(operation, `unknown field "${name}"${guess && `; ${guess}`}`);
  }
  const parts = storedFields(index, field);
  return {
    name: field.name,
    type: field.type,
    parts,
    rollup: (field.kind === "stored" ? field.rollup : undefined) ?? null,
  };
}

/** The columns of some fields, each once: pieces for the slot of a statement. */
export function columnsOfFields(fields: readonly CountedField[]) {
  const columns = new Set(fields.flatMap(({ parts }) => parts.map(({ column }) => column)));
  return [...columns].map((column) => ({ part: "column" as const, column }));
}

/** As ip4r prints it and events have it: PostgreSQL's `inet` as text has a `/32` after single addresses. */
function addressText(value: string): string {
  const range = tryParseIpRange(value);
  return range === null ? value : formatIpRange(range);
}

/** A value as the caller gets it: numbers and booleans as such, whole numbers beyond 2^53 as their digits, times as ISO 8601 text in UTC, all others as text. */
export function decodeValue(value: WireValue | undefined, type: FieldType): string | number | boolean | null {
  if (value === null || value === undefined) return null;
  switch (type) {
    case "integer":
      return Number.isSafeInteger(Number(value)) ? Number(value) : value;
    case "float":
      return Number(value);
    case "boolean":
      // As the cast to text prints it, or as the type itself does.
      return value === "true" || value === "t";
    case "time":
      return formatMicros(parsePgTimestamp(value));
    case "ip":
      return addressText(value);
    default:
      return value;
  }
}
