/** What a benchmark found, for people and for programs. */
import { toSequences } from "../../cli/render/marks.js";
import { renderTable } from "../../cli/render/table.js";
import { describeTerminal, type Environment, type TextStream } from "../../cli/render/terminal.js";
import type { Times } from "./measure.js";

/** What a call costs besides the time of later ones. */
export interface CallCosts {
  /** Milliseconds of the first call on a connection. */
  readonly first_ms: number;
  /** Locks that a statement of it held at the same time, the most that were seen. */
  readonly locks: number;
  /** Megabytes of the server's session after the calls. */
  readonly backend_mb: number;
}

/** One line of the result. The field names are those of the JSON output. */
export interface Measurement {
  readonly name: string;
  readonly ours_ms: number;
  /** Null where there is nothing to compare with. */
  readonly theirs_ms: number | null;
  /** theirs / ours: how many times faster we are. */
  readonly ratio: number | null;
  /** Lowest and highest of the rounds. */
  readonly ours_spread: readonly [number, number];
  readonly theirs_spread: readonly [number, number] | null;
  /** What the ratio (or, alone, the time in milliseconds) has to be, for people: "≥ 20 ×". */
  readonly goal?: string;
  /** A difference in meaning between the sides, or a remark on the way it was measured. */
  readonly note?: string;
  /** Costs of both sides, where they were looked at. */
  readonly costs?: { readonly ours: CallCosts; readonly theirs: CallCosts };
}

/** Goal, remark and further costs of a measurement. */
export type Remarks = Pick<Measurement, "goal" | "note" | "costs">;

/** A comparison of two sides. */
export function compared(name: string, ours: Times, theirs: Times, remarks: Remarks = {}): Measurement {
  return {
    ...alone(name, ours, remarks),
    theirs_ms: theirs.median,
    ratio: theirs.median / ours.median,
    theirs_spread: [theirs.min, theirs.max],
  };
}

/** A time of ours for which there is no other side. */
export function alone(name: string, ours: Times, remarks: Remarks = {}): Measurement {
  return {
    name,
    ours_ms: ours.median,
    theirs_ms: null,
    ratio: null,
    ours_spread: [ours.min, ours.max],
    theirs_spread: null,
    ...remarks,
  };
}

/** Prints the measurements as a table with medians, spreads, ratios and goals; remarks below. */
export function renderReport(
  measurements: readonly Measurement[],
  stream: TextStream,
  env: Environment,
): readonly string[] {
  const right = { align: "right" } as const;
  const withCosts = measurements.some(({ costs }) => costs !== undefined);
  const lines = renderTable(
    [
      { title: "what", minWidth: 20, yields: true },
      { title: "ours ms", ...right },
      { title: "(spread)", ...right, dispensable: 1 },
      { title: "theirs ms", ...right },
      { title: "(spread)", ...right, dispensable: 1 },
      { title: "ratio", ...right },
      { title: "goal", ...right },
      ...(withCosts ? COSTS.map(({ title }) => ({ title, ...right, dispensable: 2 })) : []),
    ],
    measurements.map((line) => [
      line.name,
      milliseconds(line.ours_ms),
      spread(line.ours_spread),
      line.theirs_ms === null ? "–" : milliseconds(line.theirs_ms),
      line.theirs_spread === null ? "–" : spread(line.theirs_spread),
      line.ratio === null ? "–" : `${number(line.ratio)} ×`,
      line.goal ?? "",
      ...(withCosts ? COSTS.map(({ of }) => costCell(line, of)) : []),
    ]),
    describeTerminal(stream, env),
  ).map((line) => toSequences(line, (part) => part));
  const notes = measurements.flatMap(({ name, note }) => (note === undefined ? [] : [`${name}: ${note}`]));
  return notes.length === 0 ? lines : [...lines, "", ...notes];
}

/** One measurement in one line, while others are still to come. */
export function progressLine({ name, ours_ms, ratio }: Measurement): string {
  return `${name}: ${milliseconds(ours_ms)} ms${ratio === null ? "" : `, ${number(ratio)} ×`}`;
}

/** Columns of the costs: ours and theirs in one cell. */
const COSTS: readonly { readonly title: string; readonly of: keyof CallCosts }[] = [
  { title: "first ms", of: "first_ms" },
  { title: "locks", of: "locks" },
  { title: "backend MB", of: "backend_mb" },
];

function costCell({ costs }: Measurement, of: keyof CallCosts): string {
  return costs === undefined ? "" : `${number(costs.ours[of])} / ${number(costs.theirs[of])}`;
}

const milliseconds = (value: number): string => number(value);
const spread = ([min, max]: readonly [number, number]): string => `${number(min)}…${number(max)}`;

/** Three significant digits, never in powers of ten. */
function number(value: number): string {
  if (value >= 100) return Math.round(value).toString();
  const digits = value >= 10 ? 1 : value >= 1 ? 2 : value >= 0.1 ? 3 : value === 0 ? 0 : 5;
  return value.toFixed(digits);
}
