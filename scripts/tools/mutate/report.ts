/** What the check says: a line a fault, then the areas, the suites, and the survivors last. */
import type { Fault } from "./faults/index.js";

/** What became of a fault. */
export interface Verdict {
  readonly fault: Fault;
  /** The suite that noticed it, null for a survivor. */
  readonly suite: string | null;
  readonly seconds: number;
}

const AREA_WIDTH = 10;
const NAME_WIDTH = 36;
const SUITE_WIDTH = 34;

/** `12/99  passes    de-morgan-forgotten   property/compiler   1.2 s`. */
export function verdictLine({ fault, suite, seconds }: Verdict, position: number, count: number): string {
  const place = `${position}/${count}`.padStart(7);
  const what = `${fault.area.padEnd(AREA_WIDTH)} ${fault.name.padEnd(NAME_WIDTH)}`;
  return `${place}  ${what} ${(suite ?? "SURVIVED").padEnd(SUITE_WIDTH)} ${seconds.toFixed(1).padStart(5)} s`;
}

/** One line a fault, as `--list` shows them: its suite, and what users saw where the package once had it. */
export function faultLine({ name, area, suite, file, once }: Fault): string {
  const line = `${area.padEnd(AREA_WIDTH)} ${name.padEnd(NAME_WIDTH)} ${suite.padEnd(SUITE_WIDTH)} ${file}`;
  return once === undefined ? line : `${line}\n${" ".repeat(AREA_WIDTH + 1)}once: ${once}`;
}

/** The sums, and the survivors with what was replaced by what. */
export function summaryLines(verdicts: readonly Verdict[]): readonly string[] {
  const noticed = verdicts.filter(({ suite }) => suite !== null);
  const survivors = verdicts.filter(({ suite }) => suite === null);
  return [
    "",
    `${noticed.length} of ${verdicts.length} faults noticed`,
    `by area:  ${sums(verdicts, ({ fault }) => fault.area)}`,
    `by suite: ${sums(noticed, ({ suite }) => suite ?? "")}`,
    ...(survivors.length === 0 ? [] : ["", "survivors:"]),
    ...survivors.flatMap(({ fault: { name, file, find, replace } }) => [
      `  ${name} (${file})`,
      `    - ${find.trim()}`,
      `    + ${replace.trim()}`,
    ]),
  ];
}

/** `grammar 12, passes 9 of 10`: how many of each kind were noticed. */
function sums(verdicts: readonly Verdict[], kindOf: (verdict: Verdict) => string): string {
  return [...new Set(verdicts.map(kindOf))]
    .map((kind) => {
      const all = verdicts.filter((verdict) => kindOf(verdict) === kind);
      const noticed = all.filter(({ suite }) => suite !== null).length;
      return noticed === all.length ? `${kind} ${noticed}` : `${kind} ${noticed} of ${all.length}`;
    })
    .join(", ");
}
