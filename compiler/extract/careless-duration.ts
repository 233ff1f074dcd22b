/** Durations of events in spellings of careless senders, where their meaning is sure. */
import { parseIdeaDuration } from "./duration.js";

/** Longer texts are no duration. */
const MAX_LENGTH = 60;

const SECONDS = /^\d{1,12}(?:\.\d{1,9})?$/;
/** ISO 8601 without years and months, whose lengths differ. */
const ISO =
  /^P(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,12}(?:[.,]\d{1,9})?)S)?)?$/i;
/** Seconds of a week, day, hour, minute and second, as {@link ISO} has them. */
const ISO_SECONDS: readonly number[] = [604_800, 86_400, 3_600, 60, 1];
/** As Python prints them. */
const DAYS = /^(\d{1,6}) days?,\s?(\d{1,2}:\d\d:\d\d(?:\.\d{1,9})?)$/;
const PARTS = /^(?:\d{1,12}(?:\.\d{1,9})?\s?[a-z]{1,7},?\s?){1,5}$/i;
const PART = /(\d+(?:\.\d+)?)\s?([a-z]+)/gi;

const UNITS: Readonly<Record<string, number>> = {
  ...{ w: 604_800, d: 86_400, h: 3_600, m: 60, s: 1, ms: 0.001 },
  ...{ week: 604_800, day: 86_400, hour: 3_600, hr: 3_600, minute: 60, min: 60, second: 1, sec: 1 },
};

/**
 * Reads what `parseIdeaDuration` does not: `300` as text, `5m`, `1h 30min`, `5 minutes`, `PT5M`, `1 day, 0:05:00`, blanks around. Microseconds; null
 * where the text may mean several, such as `00:05`, and for anything else.
 */
export function parseCarelessDuration(value: unknown): bigint | null {
  if (typeof value !== "string" || value.length > MAX_LENGTH) return null;
  const text = value.trim();
  if (SECONDS.test(text)) return parseIdeaDuration(Number(text));
  const [, days, clock] = DAYS.exec(text) ?? [];
  if (days !== undefined) return parseIdeaDuration(`${days}D${clock ?? ""}`);
  return parseIdeaDuration(text) ?? parseIdeaDuration(isoSeconds(text) ?? unitSeconds(text));
}

function isoSeconds(text: string): number | null {
  const parts: readonly (string | undefined)[] = ISO.exec(text)?.slice(1) ?? [];
  if (parts.every((part) => part === undefined)) return null;
  const lengths = parts.map(
    (part, index) => Number((part ?? "0").replace(",", ".")) * (ISO_SECONDS[index] ?? 0),
  );
  return lengths.reduce((sum, length) => sum + length, 0);
}

function unitSeconds(text: string): number | null {
  if (!PARTS.test(text)) return null;
  const lengths = [...text.matchAll(PART)].map(([, count, name = ""]) => Number(count) * secondsOf(name));
  const total = lengths.reduce((sum, length) => sum + length, 0);
  return Number.isNaN(total) ? null : total;
}

/** Seconds of a unit; not a number for an unknown one. */
function secondsOf(name: string): number {
  const unit = name.toLowerCase();
  const single = unit.length > 2 ? unit.replace(/s$/, "") : unit;
  return Object.hasOwn(UNITS, single) ? (UNITS[single] ?? NaN) : NaN;
}
