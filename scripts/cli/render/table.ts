/** Tables fitted to the width of the terminal. */
import type { StyleName, Terminal } from "./terminal.js";
import { displayWidth, fit, printable } from "./text.js";

/** A column of a table. */
export interface TextColumn {
  readonly title: string;
  readonly align?: "left" | "right";
  /** Columns that it is not made narrower than; its own width when absent, so that it is never cut. */
  readonly minWidth?: number;
  /** Gives way down to its minimal width before any other column does. */
  readonly yields?: boolean;
  /** Left out when the table is too wide even with all columns at their minimal widths: the highest number first. Absent: never. */
  readonly dispensable?: number;
  /** What it is where the table has no room for it as it is. */
  readonly short?: ShortColumn;
  /** Style of a cell by its text. */
  readonly style?: (text: string) => StyleName | null;
}

/** The shorter form of a column. */
export interface ShortColumn {
  readonly title: string;
  readonly cells: (cells: readonly string[]) => readonly string[];
  /** As that of a column. */
  readonly minWidth?: number;
}

/** A column with the width it gets. */
interface FittedColumn extends TextColumn {
  readonly cells: readonly string[];
  readonly natural: number;
  width: number;
}

const GAP = 2;

/**
 * A table with a line of titles. Cells are made printable. The widest columns give way first; on a stream without width nothing
 * is cut. There are no blanks at the end of a line.
 *
 * @returns lines without line ends
 */
export function renderTable(
  columns: readonly TextColumn[],
  rows: readonly (readonly string[])[],
  terminal: Pick<Terminal, "width" | "paint" | "unicode">,
): string[] {
  const whole = columns.map((column, index) =>
    measured(
      column,
      rows.map((row) => printable(row[index] ?? "")),
    ),
  );
  const isTight = leastTotal(whole) > terminal.width;
  const fitted = fitColumns(isTight ? whole.map(shortened) : whole, terminal.width);
  const mark = terminal.unicode ? "…" : "~";
  const line = (text: (column: FittedColumn) => string, style: (column: FittedColumn) => StyleName | null) =>
    fitted
      .map((column, position) => {
        const isLast = position === fitted.length - 1;
        const shown = fit(text(column), column.width, column.align, mark);
        return terminal.paint(style(column), isLast ? shown.trimEnd() : shown);
      })
      .join(" ".repeat(GAP));
  return [
    line(
      ({ title }) => title,
      () => "bold",
    ),
    ...rows.map((_, row) =>
      line(
        ({ cells }) => cells[row] ?? "",
        ({ cells, style }) => style?.(cells[row] ?? "") ?? null,
      ),
    ),
  ];
}

function measured(column: TextColumn, cells: readonly string[]): FittedColumn {
  const natural = cells.reduce(
    (most, cell) => Math.max(most, displayWidth(cell)),
    displayWidth(column.title),
  );
  return { ...column, cells, natural, width: natural };
}

function shortened(column: FittedColumn): FittedColumn {
  if (column.short === undefined) return column;
  const { cells, ...rest } = column.short;
  return measured({ ...column, ...rest }, cells(column.cells));
}

function minWidth({ minWidth: given, natural }: FittedColumn): number {
  return Math.min(given ?? natural, natural);
}

function leastTotal(columns: readonly FittedColumn[]): number {
  return columns.reduce((sum, column) => sum + minWidth(column), GAP * (columns.length - 1));
}

function totalWidth(columns: readonly FittedColumn[]): number {
  return columns.reduce((sum, { width }) => sum + width, GAP * (columns.length - 1));
}

/** Gives each column its width: columns shrink, the widest first, then the dispensable ones go. */
function fitColumns(columns: readonly FittedColumn[], width: number): readonly FittedColumn[] {
  const goes = columns.reduce<FittedColumn | null>(
    (worst, column) => ((column.dispensable ?? 0) > (worst?.dispensable ?? 0) ? column : worst),
    null,
  );
  if (leastTotal(columns) > width && goes !== null) {
    return fitColumns(
      columns.filter((column) => column !== goes),
      width,
    );
  }
  shrink(columns, width, minWidth);
  // Nothing that may give way is left: better all of them narrower than lines that wrap.
  shrink(columns, width, () => Math.max(1, Math.min(MIN_WIDTH, Math.floor(width / columns.length) - GAP)));
  return columns;
}

/** Width below which a column says nothing. */
const MIN_WIDTH = 4;

/** Takes from the widest columns, those that yield first, down to what each needs. */
function shrink(
  columns: readonly FittedColumn[],
  width: number,
  needs: (column: FittedColumn) => number,
): void {
  let excess = totalWidth(columns) - width;
  while (excess > 0) {
    const able = columns.filter((column) => column.width > needs(column));
    const yielding = able.filter(({ yields }) => yields === true);
    const [widest] = (yielding.length > 0 ? yielding : able).toSorted((a, b) => b.width - a.width);
    if (widest === undefined) return;
    widest.width -= 1;
    excess -= 1;
  }
}
