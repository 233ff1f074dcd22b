/**
 * Telling the most frequent values from lists that are cut, exactly, by bounds.
 *
 * A day that doesn't list a value has it as often as the day's bound says at most. So a value occurs as often as its lists say at least, and
 * by its gap more at most: the sum of the bounds of the days that don't list it. The best are found when no other value can reach the last of
 * them and none of them has a gap.
 */
import { MAX_LISTED_VALUES } from "../rollups/limits.js";

/** Values read of each list at first, as a multiple of those that are wanted. */
const FIRST_PROBE = 5;
/** Most values, beside those that are wanted, that are probed further. */
export const MAX_OTHERS = 200;
/** Panel of a summary with the number of all events that match. */
export const TOTAL_PANEL = -1;
/** Probes of the lists before all events are scanned. */
const MAX_PROBES = 4;

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
  /** The values that can be among the best, by count and then in the order of the values; {@link MAX_OTHERS} + 1 too many at most. */
  readonly candidates: readonly Candidate[];
}

/** One reading of the lists, and how much of them it reads. */
export interface ListProbe {
  /** 1 for the first. */
  readonly number: number;
  /** Values read of each list before there are candidates; of these the rest of the lists is read too. */
  readonly prefix: number;
  /** Whether days without a valid list are scanned. */
  readonly scan: boolean;
  /** Values that are counted on the days that don't list them. */
  readonly recount: readonly string[];
}

/** What to do after a probe. */
export type Decision =
  | { readonly kind: "found"; readonly best: readonly Candidate[]; readonly total: number }
  | { readonly kind: "again"; readonly probe: ListProbe }
  /** Only a scan of all events can tell, or it costs no more. */
  | { readonly kind: "scan" };

/** The first probe: without reading any event. */
export function firstProbe(limit: number): ListProbe {
  return { number: 1, prefix: Math.min(limit * FIRST_PROBE, MAX_LISTED_VALUES), scan: false, recount: [] };
}

/** Whether a probe found the best `limit` values, and if not, which probe might. */
export function decide(merged: MergedLists, probe: ListProbe, limit: number): Decision {
  const { candidates, unseen, total, stale, listed } = merged;
  const best = candidates.slice(0, limit);
  const bar = best.length < limit ? 0 : (best.at(-1)?.count ?? 0);
  const excluded = (unseen === 0 || unseen < bar) && candidates.length <= limit + MAX_OTHERS;
  const open = candidates.flatMap(({ value, count, gap }) =>
    value !== null && gap > 0 && count + gap >= bar ? [value] : [],
  );
  const scanned = stale === 0 || probe.scan;
  if (excluded && scanned && open.length === 0) return { kind: "found", best, total };
  const whole = probe.prefix === MAX_LISTED_VALUES;
  if (stale > listed || probe.number === MAX_PROBES || (scanned && !excluded && whole))
    return { kind: "scan" };
  return {
    kind: "again",
    probe: {
      number: probe.number + 1,
      prefix: excluded ? probe.prefix : MAX_LISTED_VALUES,
      scan: stale > 0,
      // Counting single values is of use only where all others are out of question.
      recount: excluded ? [...new Set([...probe.recount, ...open])] : [],
    },
  };
}
