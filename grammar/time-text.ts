/** Reads the text of a relative time, `now-7d/d`. The grammar delimits it; here its parts are told apart. */
import type { DurationText, DurationUnit, TimeOffset, TimeValue } from "./ast.js";

const wholePattern =
  /^(now|today|yesterday)((?:[ \t]*[+-][ \t]*[0-9]+\p{L}+)*)(?:[ \t]*\/[ \t]*(ms|mo|s|m|h|d|w|y))?$/u;
const offsetPattern = /([+-])[ \t]*([0-9]+)(\p{L}+)/gu;
const basePattern = /^(?:now|today|yesterday)/i;

/**
 * Reads `text` as a relative time that starts at offset `start` of the filter.
 * @returns null if it is none, such as `nowhere` or `now.x`.
 */
export function readTime(text: string, start: number): TimeValue | null {
  // The base may be in any case, the units may not: `m` and `M` mean different things elsewhere.
  const lowered = text.replace(basePattern, (base) => base.toLowerCase());
  const parts = wholePattern.exec(lowered);
  if (parts === null) return null;
  const base = parts[1] as TimeValue["base"];
  const offsets = [...(parts[2] ?? "").matchAll(offsetPattern)].map((match): TimeOffset => {
    const [whole, sign, amount = "", unit = ""] = match;
    const end = start + base.length + match.index + whole.length;
    const span = { start: end - amount.length - unit.length, end };
    return { sign: sign === "-" ? -1 : 1, duration: { amount, unit, span } };
  });
  return {
    kind: "time",
    base,
    offsets,
    truncate: (parts[3] as DurationUnit | undefined) ?? null,
    text: text.replace(/[ \t]/g, ""),
    span: { start, end: start + text.length },
  };
}

/** Reads `24h`, which the grammar has delimited, at offset `start` of the filter. */
export function readDuration(text: string, start: number): DurationText {
  const amount = /^[0-9]*/.exec(text)?.[0] ?? "";
  return { amount, unit: text.slice(amount.length), span: { start, end: start + text.length } };
}
