/** What the check says: a line a fault, then the areas, the suites, and the survivors last. */
import type { Fault } from "./faults/index.js";

/** What became of a fault: the suite that noticed it, null for a survivor. */
export interface Verdict {
  readonly fault: Fault;
  readonly suite: string | null;
  readonly seconds: number;
}

const AREA_WIDTH = 9;
const NAME_WIDTH = 30;
const SUITE_WIDTH = 13;

/** `12/99  passes    de-morgan-forgotten   units   8 s`. */
export function verdictLine({ fault, suite, seconds }: Verdict, position: number, count: number): string {
  const place = `${position}/${count}`.padStart(7);
  const what = `${fault.area.padEnd(AREA_WIDTH)} ${fault.name.padEnd(NAME_WIDTH)}`;
  return `${place}  ${what} ${(suite ?? "SURVIVED").padEnd(SUITE_WIDTH)} ${seconds.toFixed(0).padStart(4)} s`;
}

/** One line a fault, as `--list` shows them. */
export function faultLine({ name, area, file }: Fault): string {
  return `${area.padEnd(AREA_WIDTH)} ${name.padEnd(NAME_WIDTH)} ${file}`;
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
