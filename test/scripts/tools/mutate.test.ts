import { expect, it } from "vitest";
import { mutatedText } from "../../../scripts/tools/mutate/copy.js";
import { FAULTS } from "../../../scripts/tools/mutate/faults/index.js";
import { summaryLines, verdictLine, type Verdict } from "../../../scripts/tools/mutate/report.js";

const root = new URL("../../..", import.meta.url).pathname;

it.each(FAULTS)("the fault $name fits its file", async (fault) => {
  expect(fault.replace).not.toBe(fault.find);
  expect(await mutatedText(fault, root)).toContain(fault.replace);
});

it("faults have names of their own, and there are some in every area", () => {
  expect(new Set(FAULTS.map(({ name }) => name)).size).toBe(FAULTS.length);
  const counts = new Map<string, number>();
  for (const { area } of FAULTS) counts.set(area, (counts.get(area) ?? 0) + 1);
  expect(Math.min(...counts.values())).toBeGreaterThanOrEqual(3);
});

it("survivors are told last, with what was replaced", () => {
  const [first, second] = FAULTS;
  const verdicts: readonly Verdict[] = [
    { fault: first!, suite: null, seconds: 3.2 },
    { fault: second!, suite: "syntax", seconds: 12 },
  ];
  expect(verdictLine(verdicts[0]!, 1, 2)).toMatch(/^ +1\/2 +grammar +\S+ +SURVIVED +3 s$/);
  const lines = summaryLines(verdicts);
  expect(lines[1]).toBe("1 of 2 faults noticed");
  expect(lines).toContain("by area:  grammar 1 of 2");
  expect(lines).toContain("by suite: syntax 1");
  expect(lines.slice(-4)).toEqual([
    "survivors:",
    `  ${first!.name} (${first!.file})`,
    `    - ${first!.find}`,
    `    + ${first!.replace}`,
  ]);
});
