/** Identifiers that follow from a record's content. */
import { createHash } from "node:crypto";
import { exactValue } from "../../../compiler/values/exact-json.js";

/**
 * The identifier of a record: a UUID (version 8) of the SHA-256 of its content under a name, the same whatever the order of the keys and the
 * blanks between them.
 */
export function recordId(name: string, record: object): string {
  const digest = createHash("sha256")
    .update(`${name}\n${canonicalJson(record)}`)
    .digest();
  digest[6] = ((digest[6] ?? 0) & 0x0f) | 0x80;
  digest[8] = ((digest[8] ?? 0) & 0x3f) | 0x80;
  const hex = digest.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    "-",
  );
}

/** JSON with the keys of every object in order, and all digits of whole numbers. */
function canonicalJson(value: unknown): string {
  if (typeof value === "bigint") return String(value);
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value))
    return `[${value.map((_, index) => canonicalJson(exactValue(value, index))).join(",")}]`;
  const keys = Object.keys(value)
    .filter((key) => (value as Record<string, unknown>)[key] !== undefined)
    .sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonicalJson(exactValue(value, key))}`).join(",")}}`;
}
