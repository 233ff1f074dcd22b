/** Progress on one line of a terminal: bar, share, rate, remaining time. */
import { bar } from "./bars.js";
import { ERASE } from "./marks.js";
import { formatClock, formatCount } from "./numbers.js";
import type { Output } from "./output.js";
import type { Terminal } from "./terminal.js";
import { truncate } from "./text.js";

/** How far a piece of work is. */
export interface ProgressState {
  /** What is being done, in one word. */
  readonly label: string;
  /** Work done, in the unit of `total` (bytes). */
  readonly done: number;
  /** All of the work; null when it is not known (standard input). */
  readonly total: number | null;
  /** Things finished, for the rate. */
  readonly items: number;
  /** Milliseconds since the start. */
  readonly elapsedMs: number;
}

const BAR_WIDTH = 24;

/** The line for a state, at most `width` columns: `ingest ████▌      42%  12,345 events  3,210/s  0:05 left`. */
export function progressText(
  state: ProgressState,
  terminal: Pick<Terminal, "width" | "unicode" | "paint">,
): string {
  const { label, done, total, items, elapsedMs } = state;
  const seconds = elapsedMs / 1000;
  const rate = seconds > 0 ? `  ${formatCount(items / seconds)}/s` : "";
  const tail = `  ${formatCount(items)} events${rate}`;
  if (total === null) return truncate(`${label}${tail}`, terminal.width - 1);
  const share = total > 0 ? Math.min(1, done / total) : 1;
  const left = share > 0 && share < 1 ? `  ${formatClock((elapsedMs / share) * (1 - share))} left` : "";
  const percent = `${Math.floor(share * 100)}%`.padStart(5);
  const drawn = bar(share, 1, BAR_WIDTH, terminal.unicode).padEnd(BAR_WIDTH, terminal.unicode ? "░" : ".");
  const text = `${label} ${drawn}${percent}${tail}${left}`;
  if (text.length > terminal.width - 1)
    return truncate(`${label}${percent}${tail}${left}`, terminal.width - 1);
  return `${label} ${terminal.paint("cyan", drawn)}${percent}${tail}${left}`;
}

/** A progress line that is drawn over itself. */
export interface ProgressLine {
  /** Draws the state, at most ten times a second. */
  readonly update: (state: ProgressState) => void;
  /** Takes the line away, so that something else can be written. */
  readonly clear: () => Promise<void>;
}

const REDRAW_MS = 100;

/** The progress line of an output for messages; draws nothing where no person looks. */
export function createProgressLine(output: Output, clock: () => number = Date.now): ProgressLine {
  let drawnAt: number | null = null;
  return {
    update: (state) => {
      const now = clock();
      if (!output.isTerminal || (drawnAt !== null && now - drawnAt < REDRAW_MS)) return;
      drawnAt = now;
      void output.write(ERASE + progressText(state, output));
    },
    clear: async () => {
      if (drawnAt !== null) await output.write(ERASE);
      drawnAt = null;
    },
  };
}
