import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { chosenFaults } from "../../../scripts/tools/mutate/choose.js";
import { AREAS, FAULTS } from "../../../scripts/tools/mutate/faults/index.js";
import { mutatedText } from "../../../scripts/tools/mutate/mutated.js";
import { suiteFile } from "../../../scripts/tools/mutate/planter.js";
import { faultLine, summaryLines, verdictLine, type Verdict } from "../../../scripts/tools/mutate/report.js";

const root = new URL("../../..", import.meta.url).pathname;

describe("the list of faults", () => {
  it.each(FAULTS)("$name fits its file, and its suite is there", async (fault) => {
    expect(fault.replace).not.toBe(fault.find);
    expect(await mutatedText(fault, root)).toContain(fault.replace);
    expect(existsSync(`${root}/${suiteFile(fault.suite)}`)).toBe(true);
  });

  it("has 200 at least with names of their own, some in every area, and the ones that users once met", () => {
    expect(FAULTS.length).toBeGreaterThanOrEqual(200);
    expect(new Set(FAULTS.map(({ name }) => name)).size).toBe(FAULTS.length);
    for (const area of AREAS)
      expect(FAULTS.filter((fault) => fault.area === area).length, area).toBeGreaterThanOrEqual(3);
    expect(FAULTS.filter(({ once }) => once !== undefined).length).toBeGreaterThanOrEqual(50);
  });

  it("is drawn from by a seed", () => {
    const draw = (seed: number) => chosenFaults({ only: [], area: [], sample: 20, seed, quick: true });
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
    expect(new Set(draw(3)).size).toBe(20);
    expect(() =>
      chosenFaults({ only: ["none-such"], area: [], sample: null, seed: 1, quick: false }),
    ).toThrow("none-such");
  });
});

describe("a sample of the faults", () => {
  // One seed for everybody: whoever changes something has not to look into what a fault elsewhere is worth. All are planted before a release.
  const seed = process.env["FAULTS_SEED"] ?? "20261123";

  it(`is found, each by its suite (--seed ${seed})`, async () => {
    const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("VITEST"));
    const child = spawn(
      process.execPath,
      [
        "--import",
        "tsx",
        "scripts/tools/mutate/main.ts",
        "--quick",
        "--sample",
        process.env["FAULTS"] ?? "20",
        "--seed",
        seed,
      ],
      { cwd: root, env: { ...Object.fromEntries(inherited), TEST_ENGINES: "" } },
    );
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (output += String(text)));
    const code = await new Promise((resolve) => child.on("close", resolve));
    expect(code, output).toBe(0);
    console.log(output.trim());
  }, 400_000);
});

it("survivors are told last, with what was replaced", () => {
  const [first, second] = FAULTS;
  const verdicts: readonly Verdict[] = [
    { fault: first!, suite: null, seconds: 3.2 },
    { fault: second!, suite: "grammar/parse", seconds: 12 },
  ];
  expect(verdictLine(verdicts[0]!, 1, 2)).toMatch(/^ +1\/2 +grammar +\S+ +SURVIVED +3\.2 s$/);
  const lines = summaryLines(verdicts);
  expect(lines[1]).toBe("1 of 2 faults noticed");
  expect(lines).toContain("by area:  grammar 1 of 2");
  expect(lines).toContain("by suite: grammar/parse 1");
  expect(lines.slice(-4)).toEqual([
    "survivors:",
    `  ${first!.name} (${first!.file})`,
    `    - ${first!.find}`,
    `    + ${first!.replace}`,
  ]);
  expect(faultLine({ ...first!, once: "seen by users" })).toMatch(/\n +once: seen by users$/);
});
