/** What a planted fault is. */

/** The parts of the package whose suites the check is about. */
export type Area =
  | "grammar"
  | "resolve"
  | "passes"
  | "lower"
  | "evaluate"
  | "values"
  | "tokens"
  | "mapping"
  | "paging"
  | "lists"
  | "roll-ups";

/** A fault: `find`, which occurs once in the file, is replaced. */
export interface Fault {
  readonly name: string;
  readonly area: Area;
  /** Path from the root of the package. */
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

/** The faults of one file. */
export function inFile(
  area: Area,
  file: string,
  ...faults: readonly (readonly [name: string, find: string, replace: string])[]
): readonly Fault[] {
  return faults.map(([name, find, replace]) => ({ name, area, file, find, replace }));
}
