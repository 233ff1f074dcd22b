/** Stored values as JSON and as PostgreSQL text. */
import { addressForm, columnTypeOf } from "../../compiler/catalogue/column-types.js";
import { formatIpRange, mapped, type IpRange } from "../../compiler/values/ip-range.js";
import { formatMicros } from "../../compiler/values/time.js";
import type { StoredField } from "../../compiler/catalogue/model.js";
import type { ElementReader } from "../../compiler/extract/element-reader.js";
import type { StoredValue } from "../../compiler/extract/value.js";
import type { JsonObject } from "../../compiler/extract/walk.js";

/** One value in a row: texts for addresses, whole numbers beyond 2^53, times (ISO 8601, UTC, microseconds where there are any) and durations. */
export type ScalarValue = string | number | boolean;

/** One element of a group: its fields by inner name, lists as lists; a field without a value is absent. */
export type ElementValue = Readonly<Record<string, ScalarValue | readonly ScalarValue[]>>;

/** A stored value as JSON holds it; its text form is also what PostgreSQL reads. */
export function toScalar(value: StoredValue, field: StoredField): ScalarValue {
  if (typeof value === "object") return formatIpRange(isForIpv6(field, value) ? mapped(value) : value);
  if (typeof value !== "bigint") return value;
  if (field.type === "integer") return String(value);
  return field.type === "duration" ? formatInterval(value) : formatMicros(value);
}

/** Whether an IPv4 address came as an IPv4-mapped one, since the column holds no other. */
function isForIpv6(field: StoredField, { family }: IpRange): boolean {
  return family === 4 && addressForm(columnTypeOf(field)).family === 6;
}

/** The elements of a group, as the jsonb column holds them. */
export function toElements(elements: readonly JsonObject[], reader: ElementReader): readonly ElementValue[] {
  return elements.map((element) => {
    const entries: [string, ScalarValue | readonly ScalarValue[]][] = [];
    for (const { name, field, read } of reader.fields) {
      const values = read(element).map((value) => toScalar(value, field));
      const [first] = values;
      if (first !== undefined) entries.push([name, field.list ? values : first]);
    }
    return Object.fromEntries(entries);
  });
}

/** Microseconds as `HH:MM:SS.ffffff`, hours without limit. */
function formatInterval(micros: bigint): string {
  const seconds = micros / 1_000_000n;
  const fraction = String(micros % 1_000_000n).padStart(6, "0");
  const twoDigits = (value: bigint): string => String(value).padStart(2, "0");
  return `${twoDigits(seconds / 3600n)}:${twoDigits((seconds / 60n) % 60n)}:${twoDigits(seconds % 60n)}.${fraction}`;
}
