/**
 * Work grows in proportion to the text, whatever is in it: counted in executed blocks of our own code, so that neither the machine nor its
 * load plays a part. Of four times the text four times as many are run; work that grows with the square would run sixteen times as many.
 */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";

/** Of a text of four times the length. */
const MAX_GROWTH = 5;

/** Code that V8 has compiled at its leisure counts less, or nothing: interpreted, each run counts the same. */
const INTERPRETED = ["--no-opt", "--no-maglev", "--no-sparkplug"];

it("work is in proportion to the text", { timeout: 300_000 }, async () => {
  const script = fileURLToPath(new URL("./linear-child.ts", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [...INTERPRETED, "--import", "tsx", script]);
  const counted = JSON.parse(stdout) as Record<string, Record<string, [few: number, many: number]>>;
  const found = Object.entries(counted).flatMap(([work, texts]) =>
    Object.entries(texts).map(([text, [few, many]]) => ({ work, text, few, many })),
  );
  expect(found.length).toBeGreaterThan(70);
  expect(found.filter(({ many }) => many === 0)).toEqual([]);
  expect(found.filter(({ few, many }) => many >= MAX_GROWTH * Math.max(few, 1_000))).toEqual([]);
});
