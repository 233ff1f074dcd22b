/** Taking times: medians over rounds, both sides in turn, so that what else the machine does hits both alike. */

/** Times of one side in milliseconds. */
export interface Times {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** The median of some numbers. @throws RangeError when there are none */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle];
  const lower = sorted[sorted.length % 2 === 0 ? middle - 1 : middle];
  if (upper === undefined || lower === undefined) throw new RangeError("there is no median of nothing");
  return (lower + upper) / 2;
}

/** Median and extremes of the rounds of one side. */
export function timesOf(rounds: readonly number[]): Times {
  return { median: median(rounds), min: Math.min(...rounds), max: Math.max(...rounds) };
}

/** Milliseconds that the work takes. */
export async function elapsed(work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** Milliseconds of the median of this many calls, one after the other; what else the machine does hits few of them. */
export async function medianCall(calls: number, call: (index: number) => Promise<unknown>): Promise<number> {
  const taken: number[] = [];
  for (let index = 0; index < calls; index++) taken.push(await elapsed(() => call(index)));
  return median(taken);
}

/** A side of a comparison: takes one time in milliseconds. */
export type Side = (round: number) => Promise<number>;

/** Both sides in turn, for a number of rounds; every other round begins with the other side. */
export async function interleave(
  ours: Side,
  theirs: Side,
  rounds: number,
): Promise<{ readonly ours: Times; readonly theirs: Times }> {
  const times = { ours: [] as number[], theirs: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    const takeOurs = async () => void times.ours.push(await ours(round));
    const takeTheirs = async () => void times.theirs.push(await theirs(round));
    for (const take of round % 2 === 0 ? [takeOurs, takeTheirs] : [takeTheirs, takeOurs]) await take();
  }
  return { ours: timesOf(times.ours), theirs: timesOf(times.theirs) };
}

/** The median of `repeat` runs after one that warms up. */
export async function warmMedian(repeat: number, work: () => Promise<unknown>): Promise<number> {
  const taken: number[] = [];
  for (let run = 0; run <= repeat; run++) taken.push(await elapsed(work));
  return median(taken.slice(1));
}
