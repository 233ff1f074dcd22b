/** Values of a filter's parameters as a program writes them. */

/** Each value as the text of an expression: `100`, `"high"`, `[22, 80]`, `30000000n`. */
export function argumentSources(args: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(args).map(([name, value]) => [name, sourceOf(value)]));
}

function sourceOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sourceOf).join(", ")}]`;
  return typeof value === "bigint" ? `${value}n` : JSON.stringify(value);
}
