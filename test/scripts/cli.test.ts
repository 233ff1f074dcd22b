import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { argumentError } from "../../compiler/values/errors.js";
import { QueryCanceledError, StorageConnectionError } from "../../runtime/postgres/errors.js";
import type { BulkOptions, BulkResult, EventStorage } from "../../runtime/store/types.js";
import { cli } from "./support/cli.js";

let folder: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), "eventstore-cli-"))));
afterAll(() => rm(folder, { recursive: true }));

const event = {
  ID: "59c85a23-11b6-4faf-9eff-55bfb5f7fda5",
  Format: "IDEA0",
  DetectTime: "2024-05-01T22:30:05Z",
  Category: ["Attempt.Login"],
  Description: "SSH \u001b[31mlogin\u001b[0m attempts",
  Source: [{ IP4: ["192.0.2.7"] }, { IP6: ["2001:db8::1"], Port: [4711] }],
  Target: [{ Port: [22, 25, 80, 443] }],
  _CESNET: { EventSeverity: "high" },
};

/** A storage whose every search yields these events as its only page. */
function page(...events: object[]): Pick<EventStorage, "searchEvents"> {
  const result = { events: events.map((one) => JSON.stringify(one)), next: null, hasMore: false };
  return { searchEvents: (() => Promise.resolve(result)) as unknown as EventStorage["searchEvents"] };
}

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
    [["count", "--zone", "Prague"], "there is no time zone"],
    [["count", "--database", "postgres://x", "--data", "y"], "exclude each other"],
    [["count", "severity >= $least"], "--param least=VALUE"],
    [["count", "severity >= $least", "-p", "least"], "NAME=VALUE"],
    [["count", "severity >= $least", "-p", "leest=high"], "did you mean $least?"],
    [["count", "target.port = $port", "-p", "port=http"], "$port is a number"],
    [["delete"], "--all"],
    [["delete", "true"], "--all"],
    [["complete", "sev", "4"], "OFFSET"],
    [["convert", "x"], "--from"],
    [["clean", "--older-than", "9"], "has no unit"],
    [["ingest", ".", "x", "--watch"], "--watch takes one folder"],
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

  it("gives one JSON value with -f json", async () => {
    const storage = { countEvents: () => Promise.resolve(7), deleteEvents: () => Promise.resolve(3) };
    const json = async (...args: string[]): Promise<unknown> =>
      JSON.parse((await cli([...args, "-f", "json"], { storage })).stdout);
    expect(await json("count")).toEqual({ count: 7 });
    expect(await json("delete", "severity = low", "--yes")).toEqual({ deleted: 3 });
    expect(await json("fmt", "severity=low")).toEqual({ text: "severity = low" });
    expect(await json("card")).toHaveLength(5);
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
});

describe("search", () => {
  it("shows a table without anything that steers the terminal", async () => {
    const run = await cli(["search", "severity", ">=", "high"], { storage: page(event), columns: 120 });
    expect(run.code).toBe(0);
    expect(run.stdout.split("\n").map((line) => line.replace(/\u001b\[\d+m/g, "").trimEnd())).toEqual([
      "detect_time (UTC)    category       severity  source                   target        description               id",
      "2024-05-01 22:30:05  Attempt.Login  high      192.0.2.7, [2001:db8::…  :22,25,80 +1  SSH ␛[31mlogin␛[0m atte…  59c85a23…",
      "",
    ]);
  });

  const plain = (text: string): string[] =>
    text
      .replace(/\u001b\[\d+m/g, "")
      .trimEnd()
      .split("\n");

  it("keeps time, 8 characters of the id and the description at 80 columns", async () => {
    const run = await cli(["search"], { storage: page(event), columns: 80 });
    const [titles = "", row = ""] = plain(run.stdout);
    expect(titles).toMatch(/^UTC +category .*description +id$/);
    expect(row).toMatch(/^05-01 22:30:05 {2}.*SSH ␛\[3.*59c85a23/);
    expect(row.length).toBeLessThanOrEqual(80);
  });

  it.each([40, 47, 59])("shows cards at %i columns, of which no line wraps", async (columns) => {
    const run = await cli(["search"], { storage: page(event, { ...event, ID: "b" }), columns });
    const lines = plain(run.stdout);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns);
    expect(lines[0]).toBe(event.ID);
    expect(lines.map((line) => line.trim()).join("")).toContain("4711");
    expect(lines).toContain("b");
  });

  it("shows all values with --expanded", async () => {
    const run = await cli(["search", "-x", "-c", "id,source,target.port"], { storage: page(event) });
    expect(run.stdout.split("\n").slice(0, 3)).toEqual([
      event.ID,
      "source       192.0.2.7, [2001:db8::1]:4711",
      "target.port  22, 25, 80, 443",
    ]);
  });

  it("continues the last search with --after last", async () => {
    const env = { XDG_STATE_HOME: join(folder, "state") };
    const asked: (string | undefined)[] = [];
    const searchEvents = ((given: { readonly after?: string }) => {
      asked.push(given.after);
      return Promise.resolve({ events: [JSON.stringify(event)], next: "KEY", hasMore: true });
    }) as unknown as EventStorage["searchEvents"];
    const run = (...args: string[]) =>
      cli(["search", "-n", "1", ...args], { storage: { searchEvents }, env });
    expect(await run("--after", "last")).toMatchObject({ code: 2 });
    await run("severity = high");
    expect(await run("--after", "last")).toMatchObject({ code: 0 });
    expect((await run("severity = low", "--after", "last")).stderr).toContain("another filter");
    expect(asked).toEqual([undefined, "KEY"]);
  });

  it("follows what is stored after its start, each event once, until Ctrl-C", async () => {
    const interrupt = new AbortController();
    let looks = 0;
    const searchEvents = (() => {
      looks++;
      const ids = ["old", ...(looks > 1 ? ["new"] : [])];
      if (looks === 3) interrupt.abort();
      const events = ids.map((ID) => JSON.stringify({ ...event, ID }));
      return Promise.resolve({ events, next: null, hasMore: false });
    }) as unknown as EventStorage["searchEvents"];
    const world = { storage: { searchEvents }, interrupt: interrupt.signal };
    const run = await cli(["search", "--follow", "-f", "ndjson"], world);
    expect(run.code).toBe(130);
    expect(
      run.stdout
        .trim()
        .split("\n")
        .map((line) => (JSON.parse(line) as typeof event).ID),
    ).toEqual(["new"]);
    expect(await cli(["search", "--follow", "-f", "json"])).toMatchObject({ code: 2, opened: [] });
  });

  it("prints NDJSON, JSON and CSV", async () => {
    const world = { storage: page(event, { ...event, ID: "b", Description: undefined }) };
    const ndjson = await cli(["search", "-f", "ndjson"], world);
    expect(
      ndjson.stdout
        .trim()
        .split("\n")
        .map((line) => (JSON.parse(line) as typeof event).ID),
    ).toEqual([event.ID, "b"]);
    expect(JSON.parse((await cli(["search", "-f", "json"], world)).stdout)).toHaveLength(2);
    const csv = await cli(["search", "-f", "csv", "-c", "id,detect_time,source.ip,target.port"], world);
    expect(csv.stdout).toBe(
      "id,detect_time,source.ip,target.port\n" +
        `${event.ID},2024-05-01T22:30:05Z,192.0.2.7;2001:db8::1,22;25;80;443\n` +
        "b,2024-05-01T22:30:05Z,192.0.2.7;2001:db8::1,22;25;80;443\n",
    );
  });

  it("prints valid empty results and says so", async () => {
    const outputs = await Promise.all(
      ["table", "ndjson", "json", "csv"].map((format) => cli(["search", "-f", format], { storage: page() })),
    );
    expect(outputs.map(({ stdout }) => stdout.slice(0, 3))).toEqual(["", "", "[]\n", "id,"]);
    for (const { stderr, code } of outputs)
      expect({ stderr, code }).toEqual({ stderr: "No event matches.\n", code: 0 });
  });

  it("turns the pages up to the limit and tells where to go on", async () => {
    const asked: (readonly [number | undefined, string | undefined])[] = [];
    const storage = {
      searchEvents: ({ limit = 0, after }: { limit?: number; after?: string }) => {
        asked.push([limit, after]);
        const events = Array.from({ length: limit }, () => '{"ID":"x"}');
        return Promise.resolve({ events, next: `key${asked.length}`, hasMore: true });
      },
    } as never;
    const run = await cli(["search", "--limit", "2500", "-f", "ndjson", "--after", "key0"], { storage });
    expect(asked).toEqual([
      [1000, "key0"],
      [1000, "key1"],
      [500, "key2"],
    ]);
    expect(run.stdout.split("\n")).toHaveLength(2501);
    expect(run.stderr).toBe(
      "The first 2,500. There are more: --limit all, or --after last, or --after key3\n",
    );
  });

  it("ends quietly when nobody reads any more", async () => {
    const closed = {
      write: (_: string, done?: (error?: Error) => void) => {
        done?.(Object.assign(new Error("write EPIPE"), { code: "EPIPE" }));
        return false;
      },
      on: () => undefined,
    };
    expect(await cli(["search", "-f", "ndjson"], { storage: page(event), stdout: closed })).toMatchObject({
      code: 0,
      stderr: "",
    });
  });

  it("gives the query a signal and ends with 130 when it is aborted", async () => {
    const controller = new AbortController();
    const storage = {
      searchEvents: ({ signal }: { signal?: AbortSignal }) =>
        new Promise<never>((_, reject) => {
          signal?.addEventListener("abort", () => reject(new QueryCanceledError("searchEvents: canceled")));
          controller.abort();
        }),
    };
    const run = await cli(["search"], { storage, interrupt: controller.signal });
    expect(run).toMatchObject({ code: 130, stdout: "", stderr: "" });
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

describe("ingest", () => {
  /** Takes everything; an event without DetectTime is rejected, ids that came before are duplicates. */
  function memoryStorage() {
    const ids = new Set<string>();
    const insertEvents = async (
      events: Iterable<unknown> | AsyncIterable<unknown>,
      { onProgress }: BulkOptions = {},
    ): Promise<BulkResult> => {
      const result = {
        inserted: 0,
        duplicates: 0,
        different: 0,
        rejected: [] as { index: number; path: string; reason: string }[],
      };
      let index = 0;
      for await (const item of events) {
        const { ID, DetectTime } = (
          item as { readonly event: { readonly ID: string; readonly DetectTime?: string } }
        ).event;
        if (DetectTime === undefined) result.rejected.push({ index, path: "DetectTime", reason: "missing" });
        else if (ids.has(ID)) result.duplicates++;
        else result.inserted = ids.add(ID).size;
        index++;
      }
      onProgress?.({ inserted: [...ids], duplicates: [], different: [], rejected: [] });
      return result;
    };
    return { insertEvents, databaseCreate: () => Promise.resolve({ version: 1, changes: [] }) };
  }
  const line = (ID: string, more: object = {}): string => JSON.stringify({ ...event, ID, ...more });

  it("counts what was stored, what was there and what was not, with places and reasons", async () => {
    const path = join(folder, "mixed.ndjson");
    const text = [line("a"), "{broken", line("b", { DetectTime: undefined }), "", line("a"), line("c")].join(
      "\n",
    );
    await writeFile(path, text);
    const report = join(folder, "rejected.txt");
    const run = await cli(["ingest", path, "--rejected", report], { storage: memoryStorage() });
    expect(run.code).toBe(1);
    expect(run.stdout).toBe("5 events: 2 stored, 1 already there, 2 rejected\n");
    expect(run.stderr).toContain(`rejected: ${path}:2: not JSON`);
    expect(run.stderr).toContain(`rejected: ${path}:3: DetectTime: missing`);
    expect(run.stderr).toContain("; what was not is listed in");
  });

  it("takes standard input and folders, and is fine when all is stored", async () => {
    const run = await cli(["ingest", "-"], {
      storage: memoryStorage(),
      stdin: `[${line("a")},\n${line("b")}]`,
    });
    expect(run).toMatchObject({
      code: 0,
      stdout: "2 events: 2 stored, 0 already there, 0 rejected\n",
      stderr: "",
    });
    const inbox = await mkdtemp(join(folder, "inbox-"));
    await writeFile(join(inbox, "one.json"), line("a"));
    await writeFile(join(inbox, "two.idea"), line("b"));
    await writeFile(join(inbox, "note.txt"), "not for us");
    expect(await cli(["ingest", inbox], { storage: memoryStorage() })).toMatchObject({
      code: 0,
      stdout: "2 events: 2 stored, 0 already there, 0 rejected\n",
    });
  });

  it("lists the first 20 rejections", async () => {
    const stdin = Array.from({ length: 25 }, () => "{broken").join("\n");
    const run = await cli(["ingest", "-"], { storage: memoryStorage(), stdin });
    expect(run.stderr.match(/rejected: standard input/g)).toHaveLength(20);
    expect(run.stderr).toContain("and 5 more");
    expect(run.stdout).toBe("25 events: 0 stored, 0 already there, 25 rejected\n");
  });

  it("says what is missing or empty, and stores the rest", async () => {
    const empty = join(folder, "empty.ndjson");
    const good = join(folder, "good.ndjson");
    await writeFile(empty, "");
    await writeFile(good, line("a"));
    const missing = join(folder, "missing.ndjson");
    expect(await cli(["ingest", missing])).toMatchObject({
      code: 1,
      stderr: `error: ${missing}: there is no such file or folder\n`,
      opened: [],
    });
    const run = await cli(["ingest", missing, empty, good], { storage: memoryStorage() });
    expect(run).toMatchObject({ code: 1, stdout: "1 event: 1 stored, 0 already there, 0 rejected\n" });
    expect(run.stderr).toContain(`${missing}: there is no such file or folder`);
    expect(run.stderr).toContain(`${empty}: there is nothing in it`);
  });
});
