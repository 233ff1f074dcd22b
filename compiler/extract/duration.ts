/** Durations of IDEA events. */

/** Days are told from hours by their sign or a blank: `36:00:00` is 36 hours. */
const DURATION = /^(?:(\d{1,6})(?:[dD]\s?|\s))?(\d{1,6}):([0-5]\d):([0-5]\d)(?:\.(\d{1,9}))?$/;
const MAX_SECONDS = 1e12;

/**
 * Reads an IDEA duration, `[D]HH:MM:SS[.fraction]` (`1D09:00:00`), or a number of seconds; digits beyond the microsecond are
 * dropped. Returns microseconds, or null when the value is none or negative.
 */
export function parseIdeaDuration(value: unknown): bigint | null {
  if (typeof value === "number") {
    return value >= 0 && value <= MAX_SECONDS ? BigInt(Math.round(value * 1e6)) : null;
  }
  const match = typeof value === "string" ? DURATION.exec(value) : null;
  if (match === null) return null;
  const [, days = "0", hours = "0", minutes = "0", seconds = "0", fraction = ""] = match;
  const whole = ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds);
  return BigInt(whole) * 1_000_000n + BigInt(fraction.slice(0, 6).padEnd(6, "0"));
}
