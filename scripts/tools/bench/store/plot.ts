/** Latency against the events or partitions of a store as an SVG: one panel a search, both sides, logarithmic axes. */

/** Times of one search at one size, which is the number of events or of partitions; in milliseconds. */
export interface PlotPoint {
  readonly name: string;
  readonly size: number;
  readonly ours: number;
  readonly theirs: number;
}

const PANEL = { width: 240, height: 170, left: 46, right: 14, top: 26, bottom: 30 };
const COLUMNS = 4;
const HEAD = 40;
const COLORS = { ours: "#0b7285", theirs: "#c2255c", grid: "#dee2e6", text: "#343a40" };

/** Draws the panels. All have the same axes, so that they can be compared. */
export function drawPlot(points: readonly PlotPoint[], of: "events" | "partitions"): string {
  const names = [...new Set(points.map(({ name }) => name))];
  const scale = scalesOf(points);
  const panels = names.map((name, index) => {
    const own = points.filter((point) => point.name === name).sort((a, b) => a.size - b.size);
    const x = (index % COLUMNS) * PANEL.width;
    const y = HEAD + Math.floor(index / COLUMNS) * PANEL.height;
    return `<g transform="translate(${x} ${y})">${panel(name, own, scale)}</g>`;
  });
  const width = COLUMNS * PANEL.width;
  const height = HEAD + Math.ceil(names.length / COLUMNS) * PANEL.height;
  const key = (["ours", "theirs"] as const).map(
    (side, index) =>
      `<line x1="${12 + index * 90}" x2="${36 + index * 90}" y1="21" y2="21" stroke="${COLORS[side]}" stroke-width="2"/>` +
      text(42 + index * 90, 25, side),
  );
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" ` +
    `font-family="sans-serif" font-size="11" fill="${COLORS.text}">\n<rect width="100%" height="100%" fill="white"/>\n` +
    `${key.join("")}${text(220, 25, `milliseconds (medians) against ${of} of the store`)}\n${panels.join("\n")}\n</svg>\n`
  );
}

interface Scales {
  readonly x: (size: number) => number;
  readonly y: (ms: number) => number;
  readonly sizes: readonly number[];
  readonly decades: readonly number[];
}

function scalesOf(points: readonly PlotPoint[]): Scales {
  const sizes = [...new Set(points.map(({ size }) => size))].sort((a, b) => a - b);
  const times = points.flatMap(({ ours, theirs }) => [ours, theirs]);
  const low = Math.floor(Math.log10(Math.min(...times)));
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...times))));
  const [first, last] = [Math.log10(sizes[0] ?? 1), Math.log10(sizes.at(-1) ?? 10)];
  const inner = {
    width: PANEL.width - PANEL.left - PANEL.right,
    height: PANEL.height - PANEL.top - PANEL.bottom,
  };
  const part = (value: number, from: number, to: number): number =>
    to === from ? 0.5 : (value - from) / (to - from);
  return {
    x: (size) => PANEL.left + part(Math.log10(size), first, last) * inner.width,
    y: (ms) => PANEL.top + (1 - part(Math.log10(ms), low, high)) * inner.height,
    sizes,
    decades: Array.from({ length: high - low + 1 }, (_, index) => 10 ** (low + index)),
  };
}

function panel(name: string, points: readonly PlotPoint[], { x, y, sizes, decades }: Scales): string {
  const right = PANEL.width - PANEL.right;
  const bottom = PANEL.height - PANEL.bottom;
  const rows = decades.map(
    (ms) =>
      `<line x1="${PANEL.left}" x2="${right}" y1="${y(ms)}" y2="${y(ms)}" stroke="${COLORS.grid}"/>` +
      text(PANEL.left - 6, y(ms) + 4, String(Number(ms.toPrecision(1))), "end"),
  );
  const columns = sizes.map((size) => text(x(size), bottom + 16, sizeLabel(size), "middle"));
  const lines = (["ours", "theirs"] as const).map((side) => {
    const place = (point: PlotPoint): string => `${x(point.size).toFixed(1)},${y(point[side]).toFixed(1)}`;
    const dots = points.map(
      (point) => `<circle cx="${x(point.size)}" cy="${y(point[side])}" r="2.5" fill="${COLORS[side]}"/>`,
    );
    return `<polyline points="${points.map(place).join(" ")}" fill="none" stroke="${COLORS[side]}" stroke-width="2"/>${dots.join("")}`;
  });
  const title = `<text x="${PANEL.left}" y="16" font-weight="bold">${escape(name)}</text>`;
  return title + rows.join("") + columns.join("") + lines.join("");
}

function text(x: number, y: number, content: string, anchor = "start"): string {
  return `<text x="${x}" y="${y}" text-anchor="${anchor}">${escape(content)}</text>`;
}

const sizeLabel = (size: number): string =>
  size >= 1e6 ? `${size / 1e6} M` : size >= 1000 ? `${size / 1000} k` : String(size);

const escape = (content: string): string => content.replace(/&/g, "&amp;").replace(/</g, "&lt;");
