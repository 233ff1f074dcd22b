/**
 * `npm run mutate [-- --only NAME] [-- --area AREA] [-- --list]`: plants faults in a copy of the package, one at a time, and shows which
 * suite notices. A fault that none notices is a gap of the suites. Exit code 0: all noticed; 1: some survived; 2: the suites fail without
 * a fault, or a fault does not fit the source any more.
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { copyPackage, mutatedText, removeCopy, withFault } from "./copy.js";
import { FAULTS, type Fault } from "./faults/index.js";
import { faultLine, summaryLines, verdictLine, type Verdict } from "./report.js";
import { noticedBy, suitesFor, suitesForAll } from "./suites.js";

const root = join(import.meta.dirname, "../../..");

async function list(faults: readonly Fault[]): Promise<number> {
  const problems: string[] = [];
  for (const fault of faults) {
    console.log(faultLine(fault));
    await mutatedText(fault, root).catch((error: unknown) => problems.push(String(error)));
  }
  problems.forEach((problem) => console.error(problem));
  return problems.length === 0 ? 0 : 2;
}

async function mutate(faults: readonly Fault[]): Promise<number> {
  for (const fault of faults) await mutatedText(fault, root);
  const folder = await copyPackage(root);
  const verdicts: Verdict[] = [];
  try {
    const failing = await noticedBy(suitesForAll(faults.map(({ area }) => area)), folder, root);
    if (failing !== null) throw new Error(`the suite "${failing}" fails without any fault`);
    for (const fault of faults) {
      const start = Date.now();
      const suite = await withFault(fault, folder, () => noticedBy(suitesFor(fault.area), folder, root));
      const verdict = { fault, suite, seconds: (Date.now() - start) / 1000 };
      verdicts.push(verdict);
      console.log(verdictLine(verdict, verdicts.length, faults.length));
    }
  } finally {
    await removeCopy(folder);
  }
  for (const line of summaryLines(verdicts)) console.log(line);
  return verdicts.every(({ suite }) => suite !== null) ? 0 : 1;
}

function chosenFaults(names: readonly string[], areas: readonly string[]): readonly Fault[] {
  const unknown = [
    ...names.filter((wanted) => !FAULTS.some(({ name }) => name === wanted)),
    ...areas.filter((wanted) => !FAULTS.some(({ area }) => area === wanted)),
  ];
  if (unknown.length > 0)
    throw new Error(`there is no fault or area ${unknown.join(", ")}; --list shows them`);
  if (names.length + areas.length === 0) return FAULTS;
  return FAULTS.filter(({ name, area }) => names.includes(name) || areas.includes(area));
}

try {
  const { values } = parseArgs({
    options: {
      only: { type: "string", multiple: true, default: [] },
      area: { type: "string", multiple: true, default: [] },
      list: { type: "boolean", default: false },
    },
  });
  const chosen = chosenFaults(values.only, values.area);
  process.exitCode = values.list ? await list(chosen) : await mutate(chosen);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
}
