/** Events of a list over time, in the buckets that a store would make. */
import {
  axisMarks,
  isLikely,
  likelyTimes,
  parseStep,
  planAxis,
  planWithin,
  timelineZone,
} from "../../../runtime/store/dashboards/axis.js";
import type { Extent } from "../../../runtime/store/dashboards/extent.js";
import type { AggregateRow, Timeline } from "../../../runtime/store/types.js";
import { dateToMicros, microsToDate } from "../../../compiler/values/time.js";
import type { TimelineQuestion } from "../shared/data.js";
import { ranked } from "./counts.js";
import type { EventList, Scalar } from "./event-list.js";
import type { Pause } from "./pause.js";

/** The timeline of the events at these positions, which are newest first. */
export async function listTimeline(
  list: EventList,
  positions: readonly number[],
  question: TimelineQuestion,
  pause: Pause,
): Promise<Timeline> {
  const zone = timelineZone(question.timeZone);
  const step = question.step === undefined ? null : parseStep(question.step);
  const limit = (date: Date | undefined) => (date === undefined ? null : dateToMicros(date));
  const request = { from: limit(question.from), to: limit(question.to), step, zone };
  const extent = extentOf(positions.map((position) => list.times[position]!));
  const likely = likelyTimes(dateToMicros(new Date()));
  const plan =
    extent === null || isLikely(request, extent, likely)
      ? planAxis(request, extent)
      : planWithin(request, likelyExtent(list, positions, likely) ?? extent, extent);
  const by = question.by === undefined ? null : await list.values(question.by, pause);
  if (plan === null)
    return { buckets: [], total: 0, step: (step ?? parseStep("1h")).text, ...(by ? { values: [] } : {}) };
  const marks = axisMarks(plan, zone);
  const tallies = await tally(list, positions, { marks: marks.map(Number), by }, pause);
  const order = by === null ? null : orderOf(tallies, question.limit);
  const buckets = tallies.map(({ count, values }, index) => ({
    from: microsToDate(marks[index]!),
    to: microsToDate(marks[index + 1]!),
    count,
    ...(order === null ? {} : { values: split(values, order) }),
  }));
  const total = tallies.reduce((sum, { count }) => sum + count, 0);
  return { buckets, total, step: plan.step.text, ...(order === null ? {} : { values: order }) };
}

/** The extent of times that are newest first. */
function extentOf(times: readonly number[]): Extent | null {
  const [newest, oldest] = [times[0], times.at(-1)];
  return newest === undefined || oldest === undefined
    ? null
    : { oldest: BigInt(oldest), newest: BigInt(newest) };
}

function likelyExtent(list: EventList, positions: readonly number[], likely: Extent): Extent | null {
  const [first, last] = [Number(likely.oldest), Number(likely.newest)];
  const times = positions.map((position) => list.times[position]!);
  return extentOf(times.filter((time) => first <= time && time <= last));
}

interface Tally {
  count: number;
  readonly values: Map<Scalar | null, number>;
}

async function tally(
  list: EventList,
  positions: readonly number[],
  { marks, by }: { readonly marks: readonly number[]; readonly by: readonly (readonly Scalar[])[] | null },
  pause: Pause,
): Promise<readonly Tally[]> {
  const tallies = marks.slice(1).map((): Tally => ({ count: 0, values: new Map() }));
  // Events come newest first, so the bucket only moves down.
  let bucket = tallies.length - 1;
  for (const position of positions) {
    const time = list.times[position]!;
    while (bucket >= 0 && time < marks[bucket]!) bucket--;
    const own = time < marks.at(-1)! ? tallies[bucket] : undefined;
    if (own !== undefined) {
      own.count++;
      const values = by?.[position] ?? [];
      if (by !== null)
        for (const value of values.length === 0 ? [null] : values)
          own.values.set(value, (own.values.get(value) ?? 0) + 1);
    }
    const waiting = pause();
    if (waiting) await waiting;
  }
  return tallies;
}

/** The most frequent values of all buckets; what is beyond the limit is one remainder at the end. */
function orderOf(tallies: readonly Tally[], limit: number): readonly AggregateRow[] {
  const totals = new Map<Scalar | null, number>();
  for (const { values } of tallies)
    for (const [value, count] of values) totals.set(value, (totals.get(value) ?? 0) + count);
  const rows = ranked(totals);
  const rest = rows.slice(limit).reduce((sum, { count }) => sum + count, 0);
  return [
    ...rows.slice(0, limit),
    ...(rest === 0 ? [] : [{ value: null, count: rest, remainder: true as const }]),
  ];
}

function split(
  values: ReadonlyMap<Scalar | null, number>,
  order: readonly AggregateRow[],
): readonly AggregateRow[] {
  const own = (row: AggregateRow): number => values.get(row.value) ?? 0;
  const named = order.filter(({ remainder }) => remainder !== true);
  const all = [...values.values()].reduce((sum, count) => sum + count, 0);
  const rest = all - named.reduce((sum, row) => sum + own(row), 0);
  return order.map((row) => ({ ...row, count: row.remainder === true ? rest : own(row) }));
}
