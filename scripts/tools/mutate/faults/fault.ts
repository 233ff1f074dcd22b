/** What a planted fault is. */

/** The parts of the package that faults are planted in. */
export const AREAS = [
  "grammar",
  "resolve",
  "passes",
  "lower",
  "evaluate",
  "values",
  "tokens",
  "mapping",
  "statements",
  "catalogues",
  "partitions",
  "paging",
  "lists",
  "roll-ups",
  "kit",
] as const;

/** A part of the package. */
export type Area = (typeof AREAS)[number];

/** A fault: `find`, which occurs once in the file, is replaced. */
export interface Fault {
  readonly name: string;
  readonly area: Area;
  /** Path from the root of the package. */
  readonly file: string;
  readonly find: string;
  readonly replace: string;
  /** The test file that has to find it, the cheapest that does: its path below `test/` without `.test.ts`. */
  readonly suite: string;
  /** What users saw, where the package once had this fault. */
  readonly once?: string;
}

/** A fault of a file: its name, what is replaced by what, the suite that finds it, and what users saw if it once was there. */
export type FaultRow = readonly [name: string, find: string, replace: string, suite: string, once?: string];

/** The faults of one file. */
export function inFile(area: Area, file: string, ...faults: readonly FaultRow[]): readonly Fault[] {
  return faults.map(([name, find, replace, suite, once]) => ({
    ...{ name, area, file, find, replace, suite },
    ...(once === undefined ? {} : { once }),
  }));
}
