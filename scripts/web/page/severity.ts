/** Colours of what is split: severities rise in lightness as well as in hue, other values take distinct colours in order. */
import type { ValueCount } from "../shared/answers.js";

const SEVERITIES = ["info", "low", "medium", "high", "critical"];

/** The style class of a part of a chart or a mark, by its value and its place. */
export function partClass(by: string, { value, remainder }: ValueCount, index: number): string {
  if (remainder === true) return "part-rest";
  if (value === null) return "part-none";
  const step = by === "severity" ? SEVERITIES.indexOf(String(value)) : -1;
  return step >= 0 ? `severity-${SEVERITIES[step] ?? "info"}` : `part-${index % 8}`;
}

/** Values in the order in which a chart stacks them: severities from info up, others as they are. */
export function stackOrder(by: string, values: readonly ValueCount[]): readonly number[] {
  const places = values.map((_, index) => index);
  if (by !== "severity") return places;
  const rank = ({ value }: ValueCount): number => SEVERITIES.indexOf(String(value));
  return places.sort((a, b) => rank(values[a]!) - rank(values[b]!));
}

/** What a value is called. */
export function valueName({ value, remainder }: ValueCount): string {
  return remainder === true ? "all others" : value === null ? "none" : String(value);
}
