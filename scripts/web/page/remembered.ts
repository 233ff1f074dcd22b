/** What the browser remembers from one visit to the next. */

const KEY = "eventstore-filters";
const KEPT = 50;

/** Filters that were run, the last first. */
export function earlierFilters(): readonly string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter((text) => typeof text === "string") : [];
  } catch {
    // A browser that keeps nothing, or something else under this name.
    return [];
  }
}

/** Remembers a filter that was run. */
export function rememberFilter(filter: string): void {
  if (filter.trim() === "") return;
  const kept = [filter, ...earlierFilters().filter((earlier) => earlier !== filter)].slice(0, KEPT);
  try {
    localStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // It is not remembered, then.
  }
}
