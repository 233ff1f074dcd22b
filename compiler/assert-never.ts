/** Marks a place that the type checker proves unreachable. @throws Error if a value gets there all the same. */
export function assertNever(value: never): never {
  throw new Error(`unexpected ${JSON.stringify(value)}`);
}
