/** Whether two catalogues describe the same, be they of two copies of this package. */
import type { Catalogue } from "./model.js";

const texts = new WeakMap<Catalogue, string>();

/** True for catalogues of equal content. */
export function sameCatalogue(a: Catalogue, b: Catalogue): boolean {
  return a === b || textOf(a) === textOf(b);
}

/** The content as text, with the keys of all objects in order; made once for each catalogue. */
function textOf(catalogue: Catalogue): string {
  let text = texts.get(catalogue);
  if (text === undefined) texts.set(catalogue, (text = JSON.stringify(catalogue, inOrder)));
  return text;
}

function inOrder(_: string, value: unknown): unknown {
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
