/** `eventstore ingest` of other formats, and the file of what was rejected, fed again. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openStorage, type EventStorage } from "../../runtime/store/index.js";
import { EVE, INTELMQ, ZEEK, ZEEK_LOG } from "../runtime/events/converters/samples.js";
import { describeEngines, withDatabase, type TestDatabase } from "../support/database.js";
import { cli, type CliRun } from "./support/cli.js";

const lines = (records: readonly object[]): string =>
  records.map((record) => JSON.stringify(record) + "\n").join("");

describeEngines("ingest of other formats", (engine) => {
  let database: TestDatabase;
  let storage: EventStorage;
  let folder: string;

  beforeAll(async () => {
    database = await withDatabase(engine);
    storage = await openStorage({ connectionString: database.connectionString });
    folder = await mkdtemp(join(tmpdir(), "eventstore-formats-"));
  });
  afterAll(async () => {
    await storage.close();
    await database.dispose();
    await rm(folder, { recursive: true });
  });

  const run = (...args: string[]): Promise<CliRun> =>
    cli([...args, "--database", database.connectionString], { openStorage });

  async function file(name: string, content: string | Uint8Array): Promise<string> {
    const path = join(folder, name);
    await writeFile(path, content);
    return path;
  }

  it("converts alerts, counts what it skips, and stores nothing twice, in whatever order", async () => {
    const path = await file("eve.json.gz", gzipSync(lines(EVE)));
    expect(await run("ingest", path, "--from", "eve")).toMatchObject({
      code: 0,
      stdout: "2 events: 2 stored, 0 already there, 0 rejected, 3 skipped (flow 1, stats 1, dns 1)\n",
    });
    const again = await file("again.json", lines([...EVE].reverse()));
    expect((await run("ingest", again, "--from", "eve")).stdout).toContain("0 stored, 2 already there");
    expect(await storage.countEvents({ filter: "severity = high and source.ip = 192.0.2.10" })).toBe(1);
  });

  it("converts IntelMQ and Zeek", async () => {
    const intelmq = await file("intelmq.json", lines(INTELMQ));
    expect((await run("ingest", intelmq, "--from", "intelmq")).stdout).toContain(
      "1 stored, 0 already there, 0 rejected, 1 skipped (report 1)",
    );
    const zeek = await file("notice.json", lines(ZEEK));
    expect((await run("ingest", zeek, "--from", "zeek")).stdout).toContain("2 events: 2 stored");
    const log = await file("notice.log", ZEEK_LOG);
    expect((await run("ingest", log, "--from", "zeek")).stdout).toContain("1 event: 1 stored");
  });

  it("takes a converter of the user's", async () => {
    const path = await file(
      "own.ndjson",
      '{"when":1476356100,"who":"192.0.2.77"}\n{"when":null}\n{"bad":1}\n',
    );
    const module = await file(
      "own.mjs",
      `export default (record) => {
        if (record.when === null) return null;
        if (record.when === undefined) throw new Error("no time in it");
        return { Format: "IDEA0", ID: "own-" + record.when, DetectTime: record.when, Category: ["Test"],
                 Source: [{ IP4: [record.who] }] };
      };`,
    );
    const result = await run("ingest", path, "--converter", module);
    expect(result).toMatchObject({ code: 1 });
    expect(result.stdout).toBe("2 events: 1 stored, 0 already there, 1 rejected, 1 skipped (record 1)\n");
    expect(result.stderr).toContain(`${path}:3: the converter failed: no time in it`);
    expect(await storage.countEvents({ filter: "source.ip = 192.0.2.77" })).toBe(1);
  });

  it("names the format of a file that it was not told of, in one line", async () => {
    const path = await file("eve.json", lines(EVE));
    const result = await run("ingest", path);
    expect(result.code).toBe(1);
    expect(result.stderr).toContain(
      `rejected: ${path}: it looks like Suricata EVE, not like IDEA; read it with --from eve`,
    );
    expect(result.stderr.match(/rejected:/g)).toHaveLength(1);
  });

  it("refuses formats that there are not", async () => {
    const path = await file("x.json", "{}");
    expect(await run("ingest", path, "--from", "evee")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('there is no format "evee"'),
    });
    expect((await run("ingest", path, "--from", "eve", "--converter", "x.mjs")).code).toBe(2);
    expect(await run("ingest", path, "--converter", join(folder, "missing.mjs"))).toMatchObject({ code: 1 });
    const latin = join(folder, "latin.mjs");
    await writeFile(latin, Buffer.from("export default () => ({ Note: 'é' });", "latin1"));
    expect((await run("ingest", path, "--converter", latin)).stderr).toMatch(/latin\.mjs: .*0xe9.*Latin-1/);
  });

  it("writes what was rejected as NDJSON, which can be mended and fed again", async () => {
    const bad = '{"ID":"mend-1","DetectTime":"yesterday","ByteCount":18446744073709551615}';
    const path = await file(
      "bad.ndjson",
      `${bad}\nno json\n{"ID":"mend-2","DetectTime":"2016-10-13T10:55:00Z"}\n`,
    );
    const report = join(folder, "rejected.ndjson");
    expect((await run("ingest", path, "--rejected", report)).code).toBe(1);
    const written = (await readFile(report, "utf8")).trimEnd().split("\n");
    expect(written.map((line) => JSON.parse(line) as unknown)).toEqual([
      {
        file: path,
        line: 1,
        reason: 'DetectTime: "yesterday" is no time (RFC 3339 or Unix seconds)',
        event: JSON.parse(bad) as unknown,
      },
      { file: path, line: 2, reason: expect.stringContaining("not JSON"), text: "no json" },
    ]);
    expect(written[0]).toContain("18446744073709551615");
    const mended = await file(
      "mended.ndjson",
      (written[0] ?? "").replace(/"DetectTime":"yesterday"/, '"DetectTime":"2016-10-13T10:55:00Z"'),
    );
    expect(await run("ingest", mended)).toMatchObject({ code: 0 });
    expect(await storage.countEvents({ filter: "byte_count = 18446744073709551615" })).toBe(1);
    const { events } = await storage.searchEvents({ filter: 'id = "mend-1"', raw: true });
    expect(events).toEqual([expect.stringContaining('"ByteCount":18446744073709551615')]);

    // A text that was mended is an event; one that was not keeps its reason, and so does a file that could not be read.
    const text = JSON.stringify('{"ID":"mend-3","DetectTime":"2016-10-13T10:55:00Z"}');
    const whole = '{"file":"gone.json","line":0,"reason":"there is no such file","text":null}';
    await file(
      "texts.ndjson",
      `${(written[1] ?? "").replace('"no json"', text)}\n${written[1] ?? ""}\n${whole}\n`,
    );
    const again = await run("ingest", join(folder, "texts.ndjson"), "--rejected", report);
    expect(again.stdout).toBe("3 events: 1 stored, 0 already there, 2 rejected\n");
    const left = (await readFile(report, "utf8")).trimEnd().split("\n");
    expect(left.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { line: 2, reason: expect.stringContaining("not JSON"), text: "no json" },
      {
        line: 3,
        reason: expect.stringMatching(/gone\.json as a whole \(there is no such file\)/),
        text: null,
      },
    ]);
    const [over, nowhere] = [await run("ingest", report, "--rejected", report), join(folder, "no", "where")];
    expect(over).toMatchObject({ code: 2, stderr: expect.stringContaining("would be overwritten") });
    expect(await run("ingest", report, "--rejected", nowhere)).toMatchObject({
      code: 1,
      opened: [],
      stdout: "",
    });
  });
});
