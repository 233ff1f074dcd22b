/** Reads the text of a relative time, `now-7d/d`. The grammar delimits it; here its parts are told apart. */
import type { DurationText, DurationUnit, TimeOffset, TimeValue } from "./ast.js";

const OFFSETS = String.raw`(?:[ \t]*[+-][ \t]*(?:[0-9]+\p{L}+)+)*`;
const wholePattern = new RegExp(
  String.raw`^(now|today|yesterday|tomorrow)(${OFFSETS})(?:[ \t]*\/[ \t]*(ms|mo|s|m|h|d|w|y)(${OFFSETS}))?$`,
  "du",
);
const offsetPattern = /([+-])[ \t]*((?:[0-9]+\p{L}+)+)/gu;
const basePattern = /^(?:now|today|yesterday|tomorrow)/i;

/**
 * Reads `text` as a relative time that starts at offset `start` of the filter.
 * @returns null if it is none, such as `nowhere` or `now.x`.
 */
export function readTime(text: string, start: number): TimeValue | null {
  // The base may be in any case, the units may not: `m` and `M` mean different things elsewhere.
  const lowered = text.replace(basePattern, (base) => base.toLowerCase());
  const parts = wholePattern.exec(lowered);
  if (parts === null) return null;
  const after = readOffsets(parts[4] ?? "", start + (parts.indices?.[4]?.[0] ?? 0));
  return {
    kind: "time",
    base: parts[1] as TimeValue["base"],
    offsets: readOffsets(parts[2] ?? "", start + (parts.indices?.[2]?.[0] ?? 0)),
    truncate: (parts[3] as DurationUnit | undefined) ?? null,
    ...(after.length === 0 ? {} : { after }),
    text: text.replace(/[ \t]/g, ""),
    span: { start, end: start + text.length },
  };
}

/** Reads `-1d+8h30m`, which starts at `start`: an offset for each length, all of one sign those of `8h30m`. */
function readOffsets(text: string, start: number): readonly TimeOffset[] {
  return [...text.matchAll(offsetPattern)].flatMap((match): readonly TimeOffset[] => {
    const [whole, sign, lengths = ""] = match;
    const from = start + match.index + whole.length - lengths.length;
    return readLengths(lengths, from).map((duration) => ({ sign: sign === "-" ? -1 : 1, duration }));
  });
}

/** Reads `24h` or `1h30m`, which the grammar has delimited, at offset `start` of the filter. */
export function readDuration(text: string, start: number): DurationText {
  const [first, ...rest] = readLengths(text, start);
  const span = { start, end: start + text.length };
  if (first === undefined) return { amount: "", unit: text, span };
  return rest.length === 0 ? first : { ...first, rest };
}

function readLengths(text: string, start: number): readonly DurationText[] {
  return [...text.matchAll(/([0-9]+)(\P{Nd}*)/gu)].map(
    ({ 0: whole, 1: amount = "", 2: unit = "", index }) => ({
      amount,
      unit,
      span: { start: start + index, end: start + index + whole.length },
    }),
  );
}
