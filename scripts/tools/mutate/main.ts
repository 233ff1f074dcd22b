/**
 * `npm run mutate [-- --only NAME] [-- --area AREA] [-- --sample N] [-- --seed N] [-- --quick] [-- --in SUITE] [-- --list]`: plants faults one at a
 * time, each in the memory of the test runner only, and runs the suite that has to notice it. A fault that its suite does not notice is
 * a gap of the suites. `--in` asks other suites instead, in their order, to find the one for a new fault. Exit code 0: all noticed;
 * 1: some survived; 2: a suite fails without a fault, or a fault does not fit its source any more.
 */
import { parseArgs } from "node:util";
import { chosenFaults } from "./choose.js";
import type { Fault } from "./faults/index.js";
import { mutatedText } from "./mutated.js";
import { openPlanter, PACKAGE_ROOT, type Planter } from "./planter.js";
import { faultLine, summaryLines, verdictLine, type Verdict } from "./report.js";

async function list(faults: readonly Fault[]): Promise<number> {
  const problems: string[] = [];
  for (const fault of faults) {
    console.log(faultLine(fault));
    await mutatedText(fault, PACKAGE_ROOT).catch((error: unknown) => problems.push(String(error)));
  }
  problems.forEach((problem) => console.error(problem));
  return problems.length === 0 ? 0 : 2;
}

/** Without a fault every suite has to pass, or it proves nothing. */
async function expectSound(planter: Planter, suites: readonly string[]): Promise<void> {
  for (const suite of new Set(suites)) {
    const outcome = await planter.run(suite, null);
    if (outcome !== "passed") throw new Error(`the suite ${suite} ${outcome} without any fault`);
  }
}

async function noticedBy(planter: Planter, fault: Fault, suites: readonly string[]): Promise<string | null> {
  for (const suite of suites) {
    const outcome = await planter.run(suite, fault);
    if (outcome === "not run") throw new Error(`${suite} does not run with ${fault.name}: it can't judge it`);
    if (outcome === "failed") return suite;
  }
  return null;
}

interface Plan {
  readonly faults: readonly Fault[];
  /** The suites to ask for a fault. */
  readonly suitesOf: (fault: Fault) => readonly string[];
  /** Whether the suites first have to pass without a fault; elsewhere they are known to. */
  readonly isProved: boolean;
}

async function mutate({ faults, suitesOf, isProved }: Plan): Promise<number> {
  for (const fault of faults) await mutatedText(fault, PACKAGE_ROOT);
  const planter = await openPlanter(PACKAGE_ROOT);
  const verdicts: Verdict[] = [];
  try {
    if (isProved) await expectSound(planter, faults.flatMap(suitesOf));
    for (const fault of faults) {
      const start = Date.now();
      const suite = await noticedBy(planter, fault, suitesOf(fault));
      const verdict = { fault, suite, seconds: (Date.now() - start) / 1000 };
      verdicts.push(verdict);
      console.log(verdictLine(verdict, verdicts.length, faults.length));
    }
  } finally {
    await planter.close();
  }
  for (const line of summaryLines(verdicts)) console.log(line);
  return verdicts.every(({ suite }) => suite !== null) ? 0 : 1;
}

/** A whole number of an option. @throws Error when it is none */
function wholeNumber(option: string, text: string): number {
  if (!/^\d+$/.test(text)) throw new Error(`${option} takes a whole number, not ${text}`);
  return Number(text);
}

try {
  const { values } = parseArgs({
    options: {
      only: { type: "string", multiple: true, default: [] },
      area: { type: "string", multiple: true, default: [] },
      in: { type: "string", multiple: true, default: [] },
      sample: { type: "string" },
      seed: { type: "string", default: String(Date.now() % 2 ** 31) },
      quick: { type: "boolean", default: false },
      list: { type: "boolean", default: false },
    },
  });
  const sample = values.sample === undefined ? null : wholeNumber("--sample", values.sample);
  const seed = wholeNumber("--seed", values.seed);
  const faults = chosenFaults({ only: values.only, area: values.area, sample, seed, quick: values.quick });
  if (sample !== null) console.log(`${faults.length} faults, drawn with --seed ${seed}`);
  const suitesOf = (fault: Fault): readonly string[] => (values.in.length > 0 ? values.in : [fault.suite]);
  process.exitCode = values.list
    ? await list(faults)
    : await mutate({ faults, suitesOf, isProved: sample === null });
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
}
