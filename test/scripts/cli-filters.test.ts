import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compileFilter } from "../../compiler/compile.js";
import { CARD } from "../../scripts/cli/card.js";
import { cli } from "./support/cli.js";

let folder: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), "eventstore-cli-"))));
afterAll(() => rm(folder, { recursive: true }));

describe("filters without a database", () => {
  it("check says all that is wrong at once", async () => {
    const run = await cli(["check", "sorce.ip in 10.0.0.0/8 and severty = high"]);
    expect(run.code).toBe(2);
    expect(run.stdout.match(/error E101/g)).toHaveLength(2);
    expect(run.stdout).toContain("| fix: source.ip in 10.0.0.0/8 and severty = high\n");
    expect(run.stdout).toContain("| fix: sorce.ip in 10.0.0.0/8 and severity = high\n");
    expect(await cli(["check", "severity >= high"])).toMatchObject({
      code: 0,
      stdout: "",
      stderr: "The filter is fine.\n",
    });
    expect(JSON.parse((await cli(["check", "-f", "json", "target.port != 22"])).stdout)).toMatchObject([
      { code: "L01" },
    ]);
  });

  it("fmt, highlight, complete, explain, convert, fields and card print", async () => {
    expect((await cli(["fmt", "-"], { stdin: "severity>=high&&tlp=red # why\n" })).stdout).toBe(
      "severity >= high and tlp = red # why\n",
    );
    expect((await cli(["fmt", "SOURCE.IP exists and Source has (Port = 22)"])).stdout).toBe(
      "source.ip exists and source has (port = 22)\n",
    );
    expect(await cli(["fmt", "severity >="])).toMatchObject({ code: 2, stdout: "" });
    expect((await cli(["highlight", "tlp = red"])).stdout).toContain("\u001b[36mtlp\u001b[0m");
    expect((await cli(["complete", "severity >= "])).stdout).toContain("critical");
    const explained = (await cli(["explain", "source.ip in $net"])).stdout;
    expect(explained).toContain("$net: ip");
    expect((await cli(["explain", "source.ip in $net", "-p", "net=10.0.0.0/8"])).stdout).toContain(
      "{10.0.0.0/8}",
    );
    const nets = ["-p", "net=10.0.0.0/8", "-p", "net=192.0.2.0/24"];
    expect((await cli(["explain", "source.ip in $net", ...nets])).stdout).toContain(
      "{10.0.0.0/8,192.0.2.0/24}",
    );
    expect((await cli(["convert", "--from", "ransack", "Source.IP4 in 10.0.0.0/8"])).stdout).toBe(
      "source.ip in 10.0.0.0/8\n",
    );
    expect((await cli(["fields", "severity"])).stdout).toContain("info < low < medium < high < critical");
    expect(await cli(["fields", "severty"])).toMatchObject({ code: 2, stdout: "" });
  });
});

describe("generate", () => {
  it("writes the modules; --check fails when they are not what would be written", async () => {
    const filters = join(folder, "generate", "filters");
    const out = join(folder, "generate", "out");
    await mkdir(filters, { recursive: true });
    await writeFile(join(filters, "serious.filter"), "severity >= high");
    const generate = (...more: string[]) => cli(["generate", "--filters", filters, "--out", out, ...more]);
    expect(await generate("--check")).toMatchObject({
      code: 1,
      stdout: expect.stringContaining(`${join(out, "serious.ts")}: is missing\n`) as string,
      stderr: "run it without --check to write the files anew\n",
    });
    expect(await generate()).toMatchObject({ code: 0, stderr: "3 files written\n" });
    expect(await generate("--check")).toMatchObject({ code: 0, stdout: "", stderr: "3 files up to date\n" });
    await writeFile(join(filters, "serious.filter"), "severity >= critical");
    expect(await generate("--check")).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(
        /serious\.ts: line \d+ differs\n.*filter-options\.ts: line \d+ differs\n$/,
      ) as string,
    });
    await writeFile(join(filters, "serious.filter"), "severity >=");
    const refused = await generate("--check");
    expect(refused).toMatchObject({ code: 2, stdout: "" });
    expect(refused.stderr).toContain(`${join(filters, "serious.filter")}:1:`);
  });
});

describe("card", () => {
  it("holds filters that compile, on one screen", async () => {
    for (const { filter } of CARD.flatMap(({ entries }) => entries))
      expect(() => compileFilter(filter), filter).not.toThrow();
    const lines = (await cli(["card"])).stdout.split("\n");
    expect(lines.length).toBeLessThanOrEqual(24);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  });
});
