/** Events over time: stacked bars; dragging selects a time, a double click goes back out. */
import { useEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import type { TimelineAnswer } from "../shared/answers.js";
import { partClass, stackOrder, valueName } from "./severity.js";
import { eventsText, formatNumber } from "./texts.js";
import { clockText } from "./times.js";

export interface TimelineChartProps {
  readonly timeline: TimelineAnswer;
  readonly by: string;
  readonly zone: string;
  readonly isDimmed: boolean;
  /** Changes where the colours do: light or dark. */
  readonly scheme: string;
  readonly onZoom: (from: Date, to: Date) => void;
  readonly onZoomOut: () => void;
}

const HEIGHT = 132;

export function TimelineChart(props: TimelineChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const latest = useRef(props);
  latest.current = props;
  const { timeline, by, zone, isDimmed, scheme } = props;

  useEffect(() => {
    const element = box.current;
    if (element === null || timeline.buckets.length === 0) return;
    const chart = drawChart(element, latest);
    const observer = new ResizeObserver(() =>
      chart.setSize({ width: Math.max(element.clientWidth, 80), height: HEIGHT }),
    );
    observer.observe(element);
    return () => {
      observer.disconnect();
      chart.destroy();
    };
  }, [timeline, by, zone, scheme]);

  return (
    <section class={isDimmed ? "chart dimmed" : "chart"} aria-label="Chart">
      <div
        ref={box}
        class="chart-box"
        role="img"
        aria-label={summaryText(props)}
        onDblClick={props.onZoomOut}
      />
      <Legend timeline={timeline} by={by} />
    </section>
  );
}

function summaryText({ timeline, by, zone }: TimelineChartProps): string {
  const { buckets, total, step } = timeline;
  const [first] = buckets;
  const last = buckets.at(-1);
  if (first === undefined || last === undefined) return "Timeline: no events";
  const peak = buckets.reduce((most, bucket) => (bucket.count > most.count ? bucket : most), first);
  const split = by === "" ? "" : ` by ${by}`;
  return `Timeline${split}: ${eventsText(total)} from ${clockText(first.from, zone)} to ${clockText(last.to, zone)} in steps of ${step}; most at ${clockText(peak.from, zone)}: ${formatNumber(peak.count)}`;
}

function Legend({ timeline: { values = [] }, by }: Pick<TimelineChartProps, "timeline" | "by">) {
  if (values.length === 0) return null;
  return (
    <ul class="legend" aria-label={`Colours of ${by}`}>
      {stackOrder(by, values).map((place) => {
        const row = values[place]!;
        return (
          <li key={place}>
            <span class={`swatch ${partClass(by, row, place)}`} aria-hidden="true" />
            {valueName(row)} <span class="number">{formatNumber(row.count)}</span>
          </li>
        );
      })}
    </ul>
  );
}

/** Draws with the colours that the style sheet gives to each part. */
function drawChart(element: HTMLElement, latest: { readonly current: TimelineChartProps }): uPlot {
  const { timeline, by, zone } = latest.current;
  const { buckets, values = [] } = timeline;
  const times = buckets.map(({ from }) => Date.parse(from) / 1000);
  const end = Date.parse(buckets.at(-1)?.to ?? "") / 1000;
  const places = values.length === 0 ? [] : stackOrder(by, values);
  const layers = places.length === 0 ? [buckets.map(({ count }) => count)] : stacked(buckets, places);
  const parts =
    places.length === 0 ? ["part-0"] : places.map((place) => partClass(by, values[place]!, place));
  const colours = parts.map((part) => colourOf(element, part));
  // The highest layer is drawn first, the lower ones over it.
  const order = layers.map((_, index) => layers.length - 1 - index);
  const paths = uPlot.paths.bars!({ size: [0.92, 60], align: 1 });
  const options: uPlot.Options = {
    width: Math.max(element.clientWidth, 80),
    height: HEIGHT,
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), zone === "UTC" ? "Etc/UTC" : zone),
    legend: { show: false },
    cursor: { y: false, points: { show: false }, drag: { x: true, y: false, setScale: false } },
    scales: {
      x: { time: true, range: () => [times[0] ?? 0, end] },
      y: { range: (_, _low, high) => [0, high === 0 ? 1 : high * 1.05] },
    },
    axes: axesOf(element, zone),
    series: [
      {},
      ...order.map((index) => ({ fill: colours[index]!, width: 0, paths, points: { show: false } })),
    ],
    hooks: { setSelect: [(plot) => zoomTo(plot, latest.current.onZoom)] },
  };
  return new uPlot(options, [times, ...order.map((index) => layers[index]!)], element);
}

/** The axes of times and of counts. */
function axesOf(element: HTMLElement, zone: string): uPlot.Axis[] {
  const axis = {
    stroke: getComputedStyle(element).color,
    grid: { stroke: colourOf(element, "grid-line"), width: 1 },
    ticks: { show: false },
    font: "12px system-ui, sans-serif",
  };
  return [
    {
      ...axis,
      grid: { show: false },
      size: 26,
      space: 64,
      values: (_, ticks, _axis, _space, step) => ticks.map((tick) => tickText(tick, step, zone)),
    },
    {
      ...axis,
      size: 54,
      values: (_, ticks) => ticks.map((tick) => (Number.isInteger(tick) ? formatNumber(tick) : "")),
    },
  ];
}

/** The time that was selected by dragging; a click selects none. */
function zoomTo(plot: uPlot, onZoom: TimelineChartProps["onZoom"]): void {
  const { left, width } = plot.select;
  if (width < 3) return;
  const [from, to] = [plot.posToVal(left, "x"), plot.posToVal(left + width, "x")];
  plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
  onZoom(new Date(Math.floor(from) * 1000), new Date(Math.ceil(to) * 1000));
}

/** Times of a day, dates where days begin or steps are days. */
function tickText(seconds: number, step: number, zone: string): string {
  const text = clockText(new Date(seconds * 1000).toISOString(), zone);
  const [date = "", time = ""] = text.split(" ");
  if (step >= 86_400 || time === "00:00:00") return step >= 86_400 * 28 ? date.slice(0, 7) : date.slice(5);
  return step < 60 ? time : time.slice(0, 5);
}

/** Each layer with all below it. */
function stacked(buckets: TimelineAnswer["buckets"], places: readonly number[]): number[][] {
  const sums = buckets.map(() => 0);
  return places.map((place) =>
    buckets.map(({ values }, index) => {
      sums[index] = (sums[index] ?? 0) + (values?.[place]?.count ?? 0);
      return sums[index] ?? 0;
    }),
  );
}

/** What the style sheet has for a class. */
function colourOf(element: HTMLElement, name: string): string {
  const probe = element.ownerDocument.createElement("span");
  probe.className = `swatch ${name}`;
  element.append(probe);
  const colour = getComputedStyle(probe).backgroundColor;
  probe.remove();
  return colour;
}
