/** Ranges that events give as objects. */
import { asciiFold } from "../values/text.js";

/** Names of the two ends, the lower one first. */
const ENDS: readonly (readonly [low: string, high: string])[] = [
  ["first", "last"],
  ["from", "to"],
  ["start", "end"],
  ["min", "max"],
  ["low", "high"],
];

/** `low-high` of an object that holds nothing but two ends, such as `{"first": …, "last": …}`; null for any other value. */
export function rangeText(value: unknown): string | null {
  if (typeof value !== "object" || value === null) return null;
  const entries = Object.entries(value).map(([key, end]) => [asciiFold(key), end as unknown] as const);
  if (entries.length !== 2) return null;
  const ends = new Map(entries);
  for (const [low, high] of ENDS) {
    const texts = [ends.get(low), ends.get(high)].filter(
      (end) => typeof end === "string" || typeof end === "number",
    );
    if (texts.length === 2) return texts.join("-");
  }
  return null;
}
