import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { argumentError } from "../../compiler/values/errors.js";
import { StorageConnectionError } from "../../runtime/postgres/errors.js";
import { COMMAND_GROUPS } from "../../scripts/cli/commands.js";
import type { CliContext } from "../../scripts/cli/context.js";
import { cli } from "./support/cli.js";
import { page } from "./support/pages.js";

let folder: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), "eventstore-cli-"))));
afterAll(() => rm(folder, { recursive: true }));

describe("explain --passes", () => {
  it("shows the condition as written and after each pass that changes it", async () => {
    const run = await cli(["explain", "--passes", "not (tlp = red or tlp = red)"]);
    expect(run).toMatchObject({ code: 0, stderr: "" });
    const names = run.stdout.split("\n").filter((line) => /^\S/.test(line));
    expect(names).toEqual(["as written", "negation", "repeats", "flatten the rest"]);
    expect(run.stdout).toMatch(/^as written\n {2}not\n {4}or\n {6}tlp word/);
    expect(run.stdout.trimEnd()).toMatch(/flatten the rest\n {2}not tlp word [^\n]*$/);
  });
});

describe("the list of commands", () => {
  it("shows of each what it says itself", async () => {
    const program = new Command();
    const context = { stdout: {}, stderr: {} } as CliContext;
    for (const [, entries] of COMMAND_GROUPS)
      for (const { term, summary, load } of entries) {
        (await load())(program, context, "1");
        const added = program.commands.at(-1)!;
        const help = added.createHelp();
        expect([help.subcommandTerm(added), help.subcommandDescription(added)]).toEqual([term, summary]);
      }
    const { stdout } = await cli(["--help"]);
    for (const [heading] of COMMAND_GROUPS) expect(stdout).toContain(heading);
    expect((await cli(["help", "search"])).stdout).toBe((await cli(["search", "--help"])).stdout);
  });
});

describe("calling", () => {
  it("without arguments shows help", async () => {
    const run = await cli([]);
    expect(run).toMatchObject({ code: 0, stderr: "" });
    expect(run.stdout).toContain("Usage: eventstore");
  });

  it.each([
    ["search"],
    ["ingest"],
    ["top"],
    ["timeline"],
    ["delete"],
    ["explain"],
    ["check"],
    ["fmt"],
    ["convert"],
    ["generate"],
  ])("%s --help has examples", async (name) => {
    const run = await cli([name, "--help"]);
    expect(run.code).toBe(0);
    expect(run.stdout).toMatch(
      new RegExp(`Usage: eventstore ${name}[^]*Examples:\n {2}.*eventstore ${name}`),
    );
  });

  it.each([
    [["serach", "x"], "Did you mean search?"],
    [["search", "--lmit", "3"], "Did you mean --limit?"],
    [["search", "--limit", "0"], "It is a whole number from 1."],
    [["search", "--format", "xml"], "Allowed choices are table, ndjson, json, csv."],
    [["search", "--columns", "sorce.ip"], 'did you mean "source.ip"?'],
    [["search", "--timeout", "5"], "has no unit"],
    [["top", "severty"], 'did you mean "severity"?'],
    [["timeline", "--by", "severty"], 'did you mean "severity"?'],
    [["timeline", "--from", "tomorow"], "is not a date or time"],
    [
      ["timeline", "--from", "2026-11-01 and severity = high and detect_time < 2026-11-02"],
      "--from is a time",
    ],
    [["timeline", "--to", "now) or (true"], "--to is a time"],
    [["count", "--zone", "Prague"], "there is no time zone"],
    [["count", "--database", "postgres://x", "--data", "y"], "exclude each other"],
    [["count", "severity >= $least"], "--param least=VALUE"],
    [["count", "severity >= $least", "-p", "least"], "NAME=VALUE"],
    [["count", "severity >= $least", "-p", "leest=high"], "did you mean $least?"],
    [["count", "target.port = $port", "-p", "port=http"], "$port is a number"],
    [["count", "target.port = $port", "-p", "port=22", "-p", "port=80"], "$port is given twice"],
    [["delete"], "--all"],
    [["delete", "true"], "--all"],
    [["complete", "sev", "4"], "OFFSET"],
    [["convert", "x"], "--from"],
    [["clean", "--older-than", "9"], '--older-than: "9" has no unit'],
    [["maintain", "--keep", "7x"], '--keep: "x" is not a unit'],
    [["ingest", ".", "x", "--watch"], "--watch takes one folder"],
    [["init", "--dry-run", "--roles", "idea"], "--dry-run and --roles exclude each other"],
    [["init", "--shards", "6"], "--shards goes with --distributed"],
    [["search", "-c", "id", "-f", "json"], "--columns goes with --format table or csv"],
    [["search", "-x", "-f", "csv"], "--expanded goes with --format table"],
    [["search", "--raw"], "--raw goes with --format csv"],
    [["search", "--follow", "-n", "5"], "--follow and --limit exclude each other"],
    [["search", "--follow", "-f", "json"], "--follow and --format json exclude each other"],
    [["top", "category", "--raw"], "--raw goes with --format csv"],
    [["timeline", "--raw", "-f", "json"], "--raw goes with --format csv"],
    [["timeline", "-n", "3"], "--limit goes with --by"],
    [["export", "-c", "id"], "--columns goes with --format csv or parquet"],
    [["explain", "--passes", "true", "-p", "x=1"], "--passes and --param exclude each other"],
    [["explain", "true", "--timeout", "1s"], "unknown option '--timeout'"],
    [["import", "mentat", "--from", "x", "--verify", "--rejected", "y"], "--verify and --rejected exclude"],
    [["archive", "x", "--restore", "--older-than", "9d"], "--restore and --older-than exclude each other"],
    [["maintain", "--once", "--every", "1m"], "--once and --every exclude each other"],
    [["generate", "--out", "x", "--live"], "--live goes with --check"],
    [["serve", "--user-header", "x"], "--user-header goes with --trust-proxy"],
    [["serve", "--file", "x", "--data", "y"], "--file and --data exclude each other"],
    [["ingest", "x", "--interval", "1s"], "--interval goes with --watch"],
    [["ingest", "x", "--keep", "7d"], "--keep goes with --watch"],
    [["ingest", "x", "--watch", "--delete", "--keep", "7d"], "--delete and --keep exclude each other"],
    [["ingest", "x", "--from", "eve", "--converter", "y"], "--from and --converter exclude each other"],
    [["ingest", "--warden", "x", "--watch", "--keep", "7d"], "--keep and --warden exclude each other"],
    [["ingest", "--warden", "x", "y"], "--warden and FILE exclude each other"],
  ])("%j is refused with 2", async (args, message) => {
    const run = await cli(args);
    expect(run.stderr).toContain(message);
    expect(run).toMatchObject({ code: 2, stdout: "", opened: [] });
    expect(run.stderr).not.toMatch(/^ +at /m);
  });

  it.each([
    [["serach", "--help"], "Did you mean search?"],
    [["help", "serach"], "Did you mean search?"],
    [["db", "strat", "--help"], "unknown command"],
    [["--zone", "UTC", "nonsense", "-h"], "unknown command"],
  ])("%j is no help for a command that is not there", async (args, message) => {
    const run = await cli(args);
    expect(run.stderr).toContain(message);
    expect(run).toMatchObject({ code: 2, stdout: "" });
  });

  it("names a refused argument as it was typed, not the method that refused it", async () => {
    const storage = {
      searchEvents: () => Promise.reject(argumentError("searchEvents", '"after" is not a page key')),
    };
    expect(await cli(["search", "--after", "x"], { storage })).toMatchObject({
      code: 2,
      stderr: "error: --after is not a page key\n",
    });
  });

  it("help fits a narrow terminal", async () => {
    for (const args of [["--help"], ["search", "--help"], ["db", "--help"]]) {
      const run = await cli(args, { columns: 40 });
      const longest = Math.max(
        ...run.stdout.split("\n").map((line) => line.replace(/\u001b\[\d+m/g, "").length),
      );
      expect(longest).toBeLessThanOrEqual(40);
    }
  });

  it("export --out writes a file of any format", async () => {
    const out = join(folder, "out.ndjson");
    const only = { events: ['{"ID":"x"}'], next: null, hasMore: false };
    const storage = { searchEvents: () => Promise.resolve(only) } as never;
    await writeFile(out, "what was there before, and is longer\n");
    const openStorage = () => Promise.reject(new Error("no such luck"));
    expect(await cli(["export", "--out", out], { openStorage })).toMatchObject({ code: 1 });
    expect(await readFile(out, "utf8")).toMatch(/^what was there/u);
    expect(await cli(["export", "--out", out], { storage })).toMatchObject({ code: 0, stdout: "" });
    expect(await readFile(out, "utf8")).toBe('{"ID":"x"}\n');
    const nowhere = await cli(["export", "--out", join(folder, "no", "where")], { storage });
    expect(nowhere).toMatchObject({ code: 1, stderr: expect.stringContaining("--out: ") as unknown });
  });

  it("fields with all their numbers are JSON", async () => {
    const { code, stdout } = await cli(["fields", "-f", "json"]);
    expect([code, (JSON.parse(stdout) as readonly object[]).length > 50]).toEqual([0, true]);
  });

  it("gives one JSON value with -f json", async () => {
    const storage = { countEvents: () => Promise.resolve(7), deleteEvents: () => Promise.resolve(3) };
    const json = async (...args: string[]): Promise<unknown> =>
      JSON.parse((await cli([...args, "-f", "json"], { storage })).stdout);
    expect(await json("count")).toEqual({ count: 7 });
    expect(await json("delete", "severity = low", "--yes")).toEqual({ deleted: 3 });
    expect(await json("fmt", "severity=low")).toEqual({ text: "severity = low" });
    expect(await json("card")).toHaveLength(5);
    expect(await json("explain", "--passes", "true or true")).toMatchObject([{ name: "as written" }, {}]);
    expect(await json("convert", "--from", "pynspect", "Category == 'Test'")).toHaveProperty("text");
  });

  it("shows where a filter is wrong, before it looks for a database", async () => {
    const run = await cli(["count", "sorce.ip in 10.0.0.0/8"]);
    expect(run).toMatchObject({ code: 2, stdout: "", opened: [] });
    expect(run.stderr).toBe(
      'error E101: unknown field "sorce.ip"\n  1 | sorce.ip in 10.0.0.0/8\n    | ^^^^^^^^ did you mean "source.ip"?\n',
    );
  });
});

describe("the store", () => {
  it("is where the options say", async () => {
    const storage = { countEvents: () => Promise.resolve(7) };
    const at = async (...args: string[]) => (await cli(["count", ...args], { storage })).opened[0];
    expect(await at()).toMatchObject({ timeZone: "UTC" });
    expect(await at("--database", "postgres://x")).toMatchObject({ connectionString: "postgres://x" });
    expect(await at("--data", "some/folder", "--zone", "Europe/Prague")).toMatchObject({
      dataDir: "some/folder",
      timeZone: "Europe/Prague",
    });
  });

  it("that does not answer is one line and a hint", async () => {
    // What was typed is shown again without its password.
    for (const args of [
      ["postgres://u:Geheim@h/d"],
      ["count", "postgres://u:Geheim@h/d"],
      ["status", "u://x:Geheim@h"],
    ])
      expect((await cli(args)).stderr).not.toContain("Geheim");
    const openStorage = (): never => {
      throw new StorageConnectionError("connect: refused", {
        code: "connection_refused",
        cause: new Error("deep"),
      });
    };
    const run = await cli(["count"], { openStorage });
    expect(run.code).toBe(1);
    expect(run.stderr).toBe(
      "error: connect: refused\nhint: is the server running, and do --database or DATABASE_URL name the right one?\n",
    );
    const debug = await cli(["count", "--debug"], { openStorage });
    expect(debug.stderr).toContain("caused by: Error: deep");
  });

  it("is closed when the work fails", async () => {
    let isClosed = false;
    const storage = {
      countEvents: () => Promise.reject(new Error("broken")),
      close: () => Promise.resolve(void (isClosed = true)),
    };
    const run = await cli(["count"], { storage });
    expect(run).toMatchObject({ code: 1, stdout: "" });
    expect(run.stderr).toContain("error: broken");
    expect(isClosed).toBe(true);
  });

  it("takes sets and saved filters from files", async () => {
    await writeFile(join(folder, "sets.json"), '{"campus": ["192.0.2.0/24"]}');
    await writeFile(join(folder, "noise.filter"), "category = Test # not real\n");
    const storage = { countEvents: () => Promise.resolve(1) };
    const files = ["--sets", join(folder, "sets.json"), "--filters", folder];
    expect(await cli(["count", "source.ip in @campus and not @noise", ...files], { storage })).toMatchObject({
      code: 0,
      stdout: "1\n",
    });
    await writeFile(join(folder, "bad.json"), '{"campus": "192.0.2.0/24"}');
    const bad = await cli(["count", "--sets", join(folder, "bad.json")]);
    expect(bad.code).toBe(1);
    expect(bad.stderr).toContain("is not an object of lists");
  });

  it("refuses text files that are not UTF-8, with file and byte", async () => {
    const latin = await mkdtemp(join(folder, "latin-"));
    const files = ["bad.filter", "sets.json", "catalogue.mjs"].map((name) => join(latin, name));
    for (const file of files) await writeFile(file, Buffer.from('"caf\xe9"', "latin1"));
    const [, sets = "", catalogue = ""] = files;
    for (const args of [
      ["--filters", latin],
      ["--sets", sets],
      ["--catalogue", catalogue],
    ]) {
      const run = await cli(["check", "true", ...args]);
      expect(run.code).toBe(1);
      expect(run.stderr).toContain("not UTF-8: byte 0xe9 at offset 4");
      expect(run.stderr).toContain(latin);
    }
  });

  it("refuses modules that import text that is not UTF-8, with the file that has it", async () => {
    const folder = await mkdtemp(join(tmpdir(), "latin-"));
    const imports = [
      "import { x } from './a.js';",
      'export * from "./sub/b.mjs";',
      "await import('./a.js');",
    ];
    await mkdir(join(folder, "sub"));
    await writeFile(join(folder, "catalogue.mjs"), imports.join("\n"));
    await writeFile(join(folder, "a.ts"), 'import "./catalogue.mjs"; export const x = "é";');
    await writeFile(join(folder, "sub", "b.mjs"), Buffer.from('export const y = "caf\xe9";', "latin1"));
    const run = await cli(["check", "true", "--catalogue", join(folder, "catalogue.mjs")]);
    expect([run.code, run.stderr]).toEqual([
      1,
      expect.stringMatching(/sub.b\.mjs: not UTF-8: byte 0xe9 at offset 21/u),
    ]);
    await rm(folder, { recursive: true });
  });
});

describe("show", () => {
  it("keeps the digits of numbers and the order of keys", async () => {
    const text = '{"b": 12345678901234567890, "a": [], "c": {"d": [1, {}], "e": "x, \\"y\\": {"}}';
    const storage = { fetchEvent: () => Promise.resolve(text) } as never;
    const run = await cli(["show", "x"], { storage });
    expect(run.stdout).toContain('  "b": 12345678901234567890,\n  "a": [],\n');
    expect(JSON.parse(run.stdout)).toEqual(JSON.parse(text));
    expect(run.stdout.trim()).toBe(
      JSON.stringify(JSON.parse(text), null, 2).replace(/: \d{20,}/, ": 12345678901234567890"),
    );
  });

  it("finds by the beginning of an id, and says when there are several or none", async () => {
    const fetchEvent = () => Promise.resolve(null);
    const found = (...ids: string[]) => ({ fetchEvent, ...page(...ids.map((ID) => ({ ID }))) });
    expect((await cli(["show", "ab"], { storage: found("abc") })).stdout).toContain('"abc"');
    const several = await cli(["show", "ab"], { storage: found("abc", "abd") });
    expect(several).toMatchObject({ code: 1 });
    expect(several.stderr).toContain("abc, abd");
    expect(await cli(["show", "ab"], { storage: found() })).toMatchObject({
      code: 1,
      stderr: 'error: there is no event with the id "ab"\n',
    });
  });
});

describe("archive", () => {
  it("says after a stop what was done", async () => {
    const stop = new AbortController();
    const stopped = (): Promise<never> => {
      stop.abort();
      return Promise.reject(Object.assign(new Error("canceled"), { partial: { inserted: 7 } }));
    };
    const storage = {
      archivePartitions: ({ onProgress }: { readonly onProgress?: (message: string) => void }) => {
        onProgress?.("events_20240101: 5 events archived");
        return stopped();
      },
      insertEvents: stopped,
    } as never;
    const run = (...args: string[]) => cli(["archive", ...args], { storage, interrupt: stop.signal });
    expect(await run(folder, "--yes")).toMatchObject({
      code: 130,
      stderr: expect.stringContaining(`Stopped. 1 partition moved to ${folder}`) as unknown,
    });
    expect(await run("--restore", "x.gz")).toMatchObject({
      code: 130,
      stderr: expect.stringContaining("Stopped. 7 events stored; the same command again") as unknown,
    });
  });
});

describe("delete", () => {
  const storage = { countEvents: () => Promise.resolve(3), deleteEvents: () => Promise.resolve(3) };

  it("asks, and takes no answer but yes", async () => {
    const args = ["delete", "category = Test"];
    expect(await cli(args, { storage, answer: "y" })).toMatchObject({
      code: 0,
      stdout: "3 events deleted\n",
    });
    expect(await cli(args, { storage, answer: "" })).toMatchObject({
      code: 1,
      stderr: "error: nothing was done\n",
    });
    expect(await cli(args, { storage })).toMatchObject({ code: 2 });
    expect(await cli([...args, "--yes"], { storage })).toMatchObject({
      code: 0,
      stdout: "3 events deleted\n",
    });
  });
});

describe("counts", () => {
  const rows = [
    { value: "Recon.Scanning", count: 1200 },
    { value: null, count: 30 },
    { value: null, count: 400, remainder: true as const },
  ];
  const storage = { aggregateEvents: () => Promise.resolve(rows) };

  it("are drawn, or data", async () => {
    const chart = await cli(["top", "categories"], { storage, env: { LANG: "C" } });
    expect(chart.stdout.split("\n").map((line) => line.replace(/#+/, (bar) => `#${bar.length}`))).toEqual([
      "Recon.Scanning  1,200  #57",
      "(none)             30  #1",
      "(all others)      400",
      "",
    ]);
    expect((await cli(["top", "category", "-f", "csv"], { storage })).stdout).toBe(
      "category,count\nRecon.Scanning,1200\n,30\n,400\n",
    );
    expect(JSON.parse((await cli(["top", "category", "-f", "json"], { storage })).stdout)).toEqual(rows);
  });
});

describe("for programs", () => {
  it("completion gives its words as JSON", async () => {
    const { stdout } = await cli(["completion", "bash", "-f", "json"]);
    const { commands } = JSON.parse(stdout) as { readonly commands: readonly { readonly name: string }[] };
    expect(commands.map(({ name }) => name)).toEqual(expect.arrayContaining(["search", "archive"]));
  });

  it("completion completes in a shell: commands after global options, their options, and values of these", async () => {
    const { stdout } = await cli(["completion", "bash"]);
    const lines = [
      ["eventstore", "sear"],
      ["eventstore", "--database", "=", "postgresql", ":", "//h/d", "partitions", "mer"],
      ["eventstore", "partitions", "merge", "--wid"],
      ["eventstore", "search", "--format", "=", "cs"],
    ].map(
      (words) =>
        `COMP_WORDS=(${words.map((word) => `"${word}"`).join(" ")}) COMP_CWORD=${words.length - 1}; _eventstore; echo "\${COMPREPLY[*]}"`,
    );
    const script = [stdout, ...lines].join("\n");
    expect(execFileSync("bash", ["-c", script], { encoding: "utf8" })).toBe("search\nmerge\n--width\ncsv\n");
  });
});
