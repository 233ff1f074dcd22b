/** Bars and column charts out of characters. */

const EIGHTHS = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
const HEIGHTS = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];
/** What is drawn for {@link HEIGHTS} in ASCII, by the fraction that is filled. */
const ASCII_HEIGHTS = [" ", ".", ".", ":", ":", "|", "|", "#", "#"];

/**
 * A bar of up to `width` columns for `value` of `most`, in eighths of a column, or in whole `#` in ASCII. A value above 0 is always visible.
 */
export function bar(value: number, most: number, width: number, unicode: boolean): string {
  if (value <= 0 || most <= 0) return "";
  const share = Math.min(1, value / most) * width;
  if (!unicode) return "#".repeat(Math.max(1, Math.round(share)));
  const eighths = Math.max(1, Math.round(share * 8));
  return "█".repeat(Math.floor(eighths / 8)) + (EIGHTHS[eighths % 8] ?? "");
}

/** A line with `columnWidth` characters for each value, as high as the value is of `most`. */
export function sparkline(
  values: readonly number[],
  {
    unicode,
    most,
    columnWidth,
  }: { readonly unicode: boolean; readonly most: number; readonly columnWidth: number },
): string {
  return values.map((value) => cell(shareOf(value, most), 0, 1, unicode).repeat(columnWidth)).join("");
}

/** The largest of the values, 0 of none. */
export function largest(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), 0);
}

/** How much of the largest value a value is, from 0 to 1. */
function shareOf(value: number, most: number): number {
  return value <= 0 || most <= 0 ? 0 : value / most;
}

/** The character in line `line` (from 0, the lowest) of a column of `height` lines that is filled by a share. */
function cell(share: number, line: number, height: number, unicode: boolean): string {
  const glyphs = unicode ? HEIGHTS : ASCII_HEIGHTS;
  if (share === 0) return " ";
  const eighths = Math.max(1, Math.round(share * height * 8)) - line * 8;
  return glyphs[Math.max(0, Math.min(8, eighths))] ?? " ";
}

/**
 * The lines, top first, of a chart with a column for each value, all lines equally wide.
 *
 * @param columnWidth characters for each column
 */
export function columnChart(
  values: readonly number[],
  options: { readonly height: number; readonly columnWidth: number; readonly unicode: boolean },
): string[] {
  const { height, columnWidth, unicode } = options;
  const most = largest(values);
  return Array.from({ length: height }, (_, fromTop) =>
    values
      .map((value) => cell(shareOf(value, most), height - 1 - fromTop, height, unicode).repeat(columnWidth))
      .join(""),
  );
}

/** Values joined so that at most `count` remain: neighbours are added up in groups of equal size. */
export function joinNeighbours(values: readonly number[], count: number): number[] {
  const size = Math.max(1, Math.ceil(values.length / count));
  const joined: number[] = [];
  for (let start = 0; start < values.length; start += size)
    joined.push(values.slice(start, start + size).reduce((sum, value) => sum + value, 0));
  return joined;
}
