/**
 * Telling the most frequent values from lists that are cut, exactly, by bounds.
 *
 * A day that doesn't list a value has it as often as the day's bound says at most. So a value occurs as often as its lists say at least, and
 * by its gap more at most: the sum of the bounds of the days that don't list it. The best are found when no other value can reach the last of
 * them and none of them has a gap.
 */
import { MOST_LISTED_VALUES } from "../rollups/limits.js";

/** Values read of each list at first, as a multiple of those that are wanted. */
const FIRST_LOOK = 5;
/** Most values, beside those that are wanted, that are looked at more closely. */
export const MOST_OTHERS = 200;
/** Looks at the lists before all events are scanned. */
const MOST_LOOKS = 4;

/** A value that may be among the best: it occurs `count` to `count + gap` times. */
export interface Candidate {
  /** The value as text; null for the events without one. */
  readonly value: string | null;
  readonly count: number;
  readonly gap: number;
}

/** What the lists say, all in one snapshot. */
export interface MergedLists {
  /** Days with a valid list, and days without. */
  readonly listed: number;
  readonly stale: number;
  /** How often a value can occur at most that is no candidate for being in no list, as far as the lists were read. */
  readonly unseen: number;
  /** Occurrences of all values, events without one included. */
  readonly total: number;
  /** The values that can be among the best, by count and then in the order of the values; {@link MOST_OTHERS} + 1 too many at most. */
  readonly candidates: readonly Candidate[];
}

/** How closely the lists are looked at. */
export interface Look {
  /** 1 for the first. */
  readonly number: number;
  /** Values read of each list before there are candidates; of these the rest of the lists is read too. */
  readonly prefix: number;
  /** Whether days without a valid list are scanned. */
  readonly scan: boolean;
  /** Values that are counted on the days that don't list them. */
  readonly recount: readonly string[];
}

/** What to do after a look. */
export type Verdict =
  | { readonly kind: "found"; readonly best: readonly Candidate[]; readonly total: number }
  | { readonly kind: "again"; readonly look: Look }
  /** Only a scan of all events can tell, or it costs no more. */
  | { readonly kind: "scan" };

/** The first look: without reading any event. */
export function firstLook(limit: number): Look {
  return { number: 1, prefix: Math.min(limit * FIRST_LOOK, MOST_LISTED_VALUES), scan: false, recount: [] };
}

/** Whether a look told the best `limit` values, and where not, which look might. */
export function judge(merged: MergedLists, look: Look, limit: number): Verdict {
  const { candidates, unseen, total, stale, listed } = merged;
  const best = candidates.slice(0, limit);
  const bar = best.length < limit ? 0 : (best.at(-1)?.count ?? 0);
  const excluded = (unseen === 0 || unseen < bar) && candidates.length <= limit + MOST_OTHERS;
  const open = candidates.flatMap(({ value, count, gap }) =>
    value !== null && gap > 0 && count + gap >= bar ? [value] : [],
  );
  const scanned = stale === 0 || look.scan;
  if (excluded && scanned && open.length === 0) return { kind: "found", best, total };
  const whole = look.prefix === MOST_LISTED_VALUES;
  if (stale > listed || look.number === MOST_LOOKS || (scanned && !excluded && whole))
    return { kind: "scan" };
  return {
    kind: "again",
    look: {
      number: look.number + 1,
      prefix: excluded ? look.prefix : MOST_LISTED_VALUES,
      scan: stale > 0,
      // Counting single values is of use only where all others are out of question.
      recount: excluded ? [...new Set([...look.recount, ...open])] : [],
    },
  };
}
