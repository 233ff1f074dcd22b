/**
 * How far a standby is behind its primary.
 *
 * The time of the last replayed commit is not enough: a primary that is idle commits nothing, and its standbys would look older by the minute. So the
 * primary is asked as well. A standby that has replayed what the primary had written is up to date; of another one, what it has replayed is as old as
 * the last position of the primary that it has reached, or as its last commit, whichever is newer.
 */

/** Where the primary was at a moment. */
export interface PrimarySample {
  /** Bytes of write-ahead log. */
  readonly position: bigint;
  /** Milliseconds of this process's clock, before the primary was asked: it may have come further since. */
  readonly at: number;
  /** Milliseconds since 1970, by the primary's clock. */
  readonly clock: number;
}

/** Where a standby is. */
export interface StandbySample {
  /** Bytes of write-ahead log that are replayed; null before the first. */
  readonly position: bigint | null;
  /** When the last replayed transaction was committed, in milliseconds since 1970 by the primary's clock; null before the first. */
  readonly committed: number | null;
}

/** Samples that are kept at most; of more every second one is dropped, the newest excepted. */
const MAX_SAMPLES = 500;

/** The samples of a primary, newest last, with one more. Those of before a failover, which went further, are given up. */
export function withSample(
  samples: readonly PrimarySample[],
  sample: PrimarySample,
): readonly PrimarySample[] {
  const last = samples.at(-1);
  if (last !== undefined && sample.position < last.position) return [sample];
  const kept = samples.length < MAX_SAMPLES ? samples : samples.filter((_, index) => index % 2 === 0);
  return [...kept, sample];
}

/**
 * Milliseconds that a standby is behind at most; Infinity where nothing is known.
 *
 * @param samples of the primary, newest last
 * @param moment of this process's clock that the lag is asked for: that of the newest sample, or later where the primary does not answer
 */
export function lagOf(standby: StandbySample, samples: readonly PrimarySample[], moment: number): number {
  const { position, committed } = standby;
  const newest = samples.at(-1);
  if (position === null || newest === undefined) return Infinity;
  const reached = samples.findLast((sample) => sample.position <= position);
  if (reached === newest) return moment - newest.at;
  const sinceReached = reached === undefined ? Infinity : moment - reached.at;
  const sinceCommit = committed === null ? Infinity : newest.clock - committed + (moment - newest.at);
  return Math.max(0, Math.min(sinceReached, sinceCommit));
}
