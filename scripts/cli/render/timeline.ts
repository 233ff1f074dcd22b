/** Timelines drawn in characters. */
import type { AggregateRow, Timeline } from "../../../runtime/store/types.js";
import { columnChart, joinNeighbours, largest, sparkline } from "./bars.js";
import { formatCount } from "./numbers.js";
import { drawingWidth, type Terminal } from "./terminal.js";
import { displayWidth, fit } from "./text.js";
import { formatDate } from "./time.js";

const HEIGHT = 8;
const MAX_LABEL = 28;
const MAX_COLUMN = 6;

/**
 * A timeline: one chart, or with values one line for each. Where there are more buckets than columns, neighbours are joined.
 *
 * @param label what a row of values is called
 */
export function timelineLines(
  timeline: Timeline,
  timeZone: string,
  terminal: Terminal,
  label: (row: AggregateRow) => string,
): string[] {
  if (timeline.buckets.length === 0) return [];
  return timeline.values === undefined
    ? totalLines(timeline, timeZone, terminal)
    : valueLines(timeline, timeZone, terminal, label);
}

function totalLines(timeline: Timeline, timeZone: string, terminal: Terminal): string[] {
  const { unicode, paint } = terminal;
  const counts = timeline.buckets.map(({ count }) => count);
  // Three columns are the axis; the numbers beside it are the widest where buckets are joined.
  const axisWidth = formatCount(timeline.total).length;
  const room = drawingWidth(terminal) - axisWidth - 3;
  const joined = joinNeighbours(counts, room);
  const columnWidth = Math.max(1, Math.min(MAX_COLUMN, Math.floor(room / joined.length)));
  const most = largest(joined);
  const chart = columnChart(joined, { height: HEIGHT, columnWidth, unicode });
  const axis = unicode
    ? { tick: "┤", line: "│", corner: "└", floor: "─" }
    : { tick: "+", line: "|", corner: "+", floor: "-" };
  const marks = new Map([
    [0, most],
    [Math.floor(HEIGHT / 2), Math.round(most / 2)],
  ]);
  const width = joined.length * columnWidth;
  return [
    ...chart.map((line, index) => {
      const mark = marks.get(index);
      const number = mark === undefined ? "" : formatCount(mark);
      const border = mark === undefined ? axis.line : axis.tick;
      return `${number.padStart(axisWidth)} ${border}${paint("cyan", line.trimEnd())}`;
    }),
    `${"0".padStart(axisWidth)} ${axis.corner}${axis.floor.repeat(width)}`,
    below(axisWidth + 2, timeAxis(timeline, timeZone, width), terminal),
    paint("dim", caption(timeline, timeZone, joined.length)),
  ];
}

function valueLines(
  timeline: Timeline,
  timeZone: string,
  terminal: Terminal,
  label: (row: AggregateRow) => string,
): string[] {
  const { unicode, paint } = terminal;
  const { values = [] } = timeline;
  const labels = values.map(label);
  const labelWidth = Math.min(MAX_LABEL, largest(labels.map(displayWidth)));
  const totals = values.map(({ count }) => formatCount(count));
  const totalWidth = largest(totals.map((total) => total.length));
  const room = drawingWidth(terminal) - labelWidth - totalWidth - 4;
  const series = values.map((_, index) =>
    joinNeighbours(
      timeline.buckets.map((bucket) => bucket.values?.[index]?.count ?? 0),
      room,
    ),
  );
  const most = largest(series.map(largest));
  const columns = series[0]?.length ?? 0;
  const columnWidth = Math.max(1, Math.min(MAX_COLUMN, Math.floor(room / Math.max(1, columns))));
  const border = unicode ? "│" : "|";
  return [
    ...series.map((counts, index) => {
      const name = fit(labels[index] ?? "", labelWidth, "left", unicode ? "…" : "~");
      const total = (totals[index] ?? "").padStart(totalWidth);
      return `${name}  ${total} ${border}${paint("cyan", sparkline(counts, { unicode, most, columnWidth }))}`.trimEnd();
    }),
    below(labelWidth + totalWidth + 4, timeAxis(timeline, timeZone, columns * columnWidth), terminal),
    paint("dim", caption(timeline, timeZone, columns)),
  ];
}

/** A text below the chart, which begins in this column; further to the left where it has no room. */
function below(column: number, text: string, { width }: Pick<Terminal, "width">): string {
  return " ".repeat(Math.max(0, Math.min(column, width - text.length))) + text;
}

/** First and last instant below the axis; only the first where both do not fit. */
function timeAxis({ buckets }: Timeline, timeZone: string, width: number): string {
  const first = buckets[0];
  const last = buckets.at(-1);
  if (first === undefined || last === undefined) return "";
  const [start, end] = [formatDate(first.from, timeZone, "minute"), formatDate(last.to, timeZone, "minute")];
  return width < start.length + end.length + 2
    ? `${start} … ${end}`
    : start + end.padStart(width - start.length);
}

function caption({ total, step, buckets }: Timeline, timeZone: string, columns: number): string {
  const size = Math.ceil(buckets.length / Math.max(1, columns));
  const column = size === 1 ? step : `${size} × ${step}`;
  return `${formatCount(total)} event${total === 1 ? "" : "s"}, ${column} a column, ${timeZone}`;
}
