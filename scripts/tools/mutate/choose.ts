/** Which of the faults are planted. */
import { createHash } from "node:crypto";
import { FAULTS, type Fault } from "./faults/index.js";

/** What was asked for: faults by name, by area, a random sample of them; empty: all. */
export interface Choice {
  readonly only: readonly string[];
  readonly area: readonly string[];
  /** How many, drawn with `seed`; null: all of them. */
  readonly sample: number | null;
  readonly seed: number;
  /** Only those whose suite needs no database. */
  readonly quick: boolean;
}

const NEEDS_DATABASE = /^(?:database|runtime\/store)\//;

/** The chosen faults. @throws Error when a name or an area is unknown */
export function chosenFaults({ only, area, sample, seed, quick }: Choice): readonly Fault[] {
  const unknown = [
    ...only.filter((wanted) => !FAULTS.some(({ name }) => name === wanted)),
    ...area.filter((wanted) => !FAULTS.some((fault) => fault.area === wanted)),
  ];
  if (unknown.length > 0)
    throw new Error(`there is no fault or area ${unknown.join(", ")}; --list shows them`);
  const isAll = only.length + area.length === 0;
  const wanted = FAULTS.filter(
    (fault) =>
      (isAll || only.includes(fault.name) || area.includes(fault.area)) &&
      !(quick && NEEDS_DATABASE.test(fault.suite)),
  );
  return sample === null ? wanted : drawn(wanted, sample, seed);
}

/**
 * `count` of the faults, each as likely as another; the same for the same seed. Each has a number of its own that they are sorted by, so that a fault
 * that is new or gone changes little else.
 */
function drawn(faults: readonly Fault[], count: number, seed: number): readonly Fault[] {
  const numbered = faults.map((fault) => ({ fault, number: numberOf(`${seed} ${fault.name}`) }));
  numbered.sort((a, b) => (a.number < b.number ? -1 : 1));
  return numbered.slice(0, count).map(({ fault }) => fault);
}

const numberOf = (text: string): string => createHash("sha256").update(text).digest("hex");
