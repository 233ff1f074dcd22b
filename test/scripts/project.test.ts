/** `eventstore.config.json` in the folder of a command and above it. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { cli, type CliWorld } from "./support/cli.js";

let root: string;
let project: string;
let below: string;
beforeAll(async () => void (root = await mkdtemp(join(tmpdir(), "eventstore-project-"))));
afterAll(() => rm(root, { recursive: true }));
beforeEach(async () => {
  project = await mkdtemp(join(root, "project-"));
  below = join(project, "a", "b");
  await mkdir(below, { recursive: true });
});

const storage = { countEvents: () => Promise.resolve(7) };
const configure = (config: object): Promise<void> =>
  writeFile(join(project, "eventstore.config.json"), JSON.stringify(config));
const count = (cwd: string, args: readonly string[] = [], world: CliWorld = {}) =>
  cli(["count", ...args], { storage, cwd, ...world });

describe("a project's configuration", () => {
  it("says where the store is, the zone, sets and saved filters", async () => {
    await writeFile(join(project, "noise.filter"), "category = Test");
    await configure({
      data: "events",
      zone: "Europe/Prague",
      sets: { campus: ["192.0.2.0/24"] },
      filters: ".",
    });
    const run = await count(project, ["source.ip in @campus and not @noise"]);
    expect(run).toMatchObject({ code: 0, stdout: "7\n", stderr: "" });
    expect(run.opened).toMatchObject([{ dataDir: join(project, "events"), timeZone: "Europe/Prague" }]);
  });

  it("in Latin-1 is refused with the place of the byte", async () => {
    await writeFile(join(project, "eventstore.config.json"), Buffer.from('{ "zone": "Zürich" }', "latin1"));
    const run = await count(project);
    expect(run.code).toBe(1);
    expect(run.stderr).toMatch(/eventstore\.config\.json: .*0xfc.*Latin-1/);
  });

  it("gives way to options and environment", async () => {
    await configure({ database: "postgres://configured", zone: "Europe/Prague" });
    expect((await count(project)).opened).toMatchObject([{ connectionString: "postgres://configured" }]);
    const options = await count(project, ["--data", "here", "--zone", "UTC"]);
    expect(options.opened).toMatchObject([{ dataDir: "here", timeZone: "UTC" }]);
    expect(options.opened[0]).not.toHaveProperty("connectionString");
    const env = { DATABASE_URL: "postgres://environment" };
    expect((await count(project, [], { env })).opened[0]).not.toHaveProperty("connectionString");
  });

  it("of a folder above is announced on first use, without its password", async () => {
    await configure({ database: "postgres://me:hidden@db/events" });
    const env = { XDG_STATE_HOME: join(project, "state") };
    const first = await count(below, [], { env });
    expect(first.stderr).toContain(join(project, "eventstore.config.json"));
    expect(first.stderr).not.toContain("hidden");
    expect(first.opened).toMatchObject([{ connectionString: "postgres://me:hidden@db/events" }]);
    expect(await count(below, [], { env })).toMatchObject({ code: 0, stderr: "" });
    // Where nothing can be noted down it is said again.
    expect((await count(below)).stderr).toContain("eventstore.config.json");
  });

  it("never has its catalogue loaded from above unasked", async () => {
    const mark = join(project, "loaded");
    await writeFile(
      join(project, "own.mjs"),
      `import { writeFileSync } from "node:fs"; writeFileSync(${JSON.stringify(mark)}, ""); export default { name: "x" };`,
    );
    await configure({ catalogue: "own.mjs" });
    const unasked = await count(below);
    expect(unasked).toMatchObject({ code: 1, opened: [] });
    expect(unasked.stderr).toContain("--trust");
    expect(await cli(["check", "severity = high"], { cwd: below })).toMatchObject({ code: 0 });
    await expect(readFile(mark)).rejects.toThrow();
    const asked = await count(below, ["--trust"]);
    expect(asked.stderr).toContain("exports no catalogue");
    await expect(readFile(mark, "utf8")).resolves.toBe("");
  });

  it.each([
    [{ databse: "x" }, "did you mean database"],
    [{ zone: "Prague" }, 'there is no time zone "Prague"'],
    [{ zone: 7 }, '"zone" is a text'],
    [{ database: "postgres://x", data: "y" }, "exclude each other"],
    [[], "not an object of settings"],
  ])("%j is refused by name", async (config, message) => {
    await configure(config);
    const run = await count(project);
    expect(run.code).toBeGreaterThan(0);
    expect(run.opened).toEqual([]);
    expect(run.stderr).toContain(join(project, "eventstore.config.json"));
    expect(run.stderr.toLowerCase()).toContain(message.toLowerCase());
  });
});
