/** Tables fitted to the width of the terminal. */
import type { StyleName, Terminal } from "./terminal.js";
import { displayWidth, fit, printable } from "./text.js";

/** A column of a table. */
export interface TableColumn {
  readonly title: string;
  readonly align?: "left" | "right";
  /** Columns that it is not made narrower than; its own width when absent, so that it is never cut. */
  readonly least?: number;
  /** Gives way down to its least before any other column does. */
  readonly yields?: boolean;
  /** Left out when the table is too wide even with all columns at their least: the highest number first. Absent: never. */
  readonly dispensable?: number;
  /** Style of a cell by its text. */
  readonly style?: (text: string) => StyleName | null;
}

/** A column with the width it gets. */
interface FittedColumn extends TableColumn {
  readonly index: number;
  readonly natural: number;
  width: number;
}

const GAP = 2;

/**
 * A table with a line of titles. Cells are made printable. The widest columns give way first; on a stream without width nothing
 * is cut. No blanks stand at the end of a line.
 *
 * @returns lines without line ends
 */
export function renderTable(
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
  terminal: Pick<Terminal, "width" | "paint" | "unicode">,
): string[] {
  const cells = rows.map((row) => row.map(printable));
  const fitted = fitColumns(
    columns.map((column, index) => {
      const widths = cells.map((row) => displayWidth(row[index] ?? ""));
      const natural = widths.reduce((most, width) => Math.max(most, width), displayWidth(column.title));
      return { ...column, index, natural, width: natural };
    }),
    terminal.width,
  );
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
    ...cells.map((row) =>
      line(
        ({ index }) => row[index] ?? "",
        ({ index, style }) => style?.(row[index] ?? "") ?? null,
      ),
    ),
  ];
}

/** Gives each column its width: columns shrink, the widest first, then the dispensable ones go. */
function fitColumns(columns: readonly FittedColumn[], width: number): readonly FittedColumn[] {
  const least = (column: FittedColumn): number => Math.min(column.least ?? column.natural, column.natural);
  const gaps = GAP * (columns.length - 1);
  const needed = columns.reduce((sum, column) => sum + least(column), gaps);
  const goes = columns.reduce<FittedColumn | null>(
    (worst, column) => ((column.dispensable ?? 0) > (worst?.dispensable ?? 0) ? column : worst),
    null,
  );
  if (needed > width && goes !== null) {
    return fitColumns(
      columns.filter((column) => column !== goes),
      width,
    );
  }
  let excess = columns.reduce((sum, column) => sum + column.width, gaps) - width;
  while (excess > 0) {
    const able = columns.filter((column) => column.width > least(column));
    const yielding = able.filter(({ yields }) => yields === true);
    const [widest] = (yielding.length > 0 ? yielding : able).toSorted((a, b) => b.width - a.width);
    if (widest === undefined) break;
    widest.width -= 1;
    excess -= 1;
  }
  return columns;
}
