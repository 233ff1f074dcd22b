/** `eventstore catalogue` and `--catalogue`: a table that is there is described, and searched by its description. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeEngines, withDatabase, type TestDatabase } from "../support/database.js";
import { openStorage } from "../../runtime/store/open.js";
import { cli } from "./support/cli.js";

const DDL = `
create table flows (id bigserial primary key, src inet not null, net cidr, dport int4, "first seen" timestamptz not null,
  tags text[], payload jsonb, app text, "In" smallint);
comment on column flows.src is 'Address of the client.';
create index on flows ("first seen");
create index on flows using gist (src inet_ops);
create index on flows using gin (tags);
create index on flows (lower(app));
create index on flows using gin (app gin_trgm_ops);
create index on flows (dport, id);
insert into flows (src, net, dport, "first seen", tags, payload, app)
  select ('10.0.' || n % 4 || '.1')::inet, '10.0.0.0/16', n % 10, timestamptz '2024-05-01 00:00Z' + n * interval '1 minute', array['t' || n % 3], '{}', 'App' || n % 7
  from generate_series(1, 100) as n`;

describeEngines("a flow table", (engine) => {
  let database: TestDatabase;
  let folder: string;
  let module: string;

  beforeAll(async () => {
    database = await withDatabase(engine);
    folder = await mkdtemp(join(tmpdir(), "eventstore-catalogue-"));
    module = join(folder, "flows.mjs");
    const client = new pg.Client({ connectionString: database.connectionString });
    await client.connect();
    await client.query(DDL);
    await client.end();
  });
  afterAll(async () => {
    await database.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  const run = (...args: readonly string[]) =>
    cli([...args, "--database", database.connectionString], { openStorage });

  it("is described with its types, indexes and comments; what can't be read is named", async () => {
    const { code, stderr } = await run("catalogue", "--table", "flows", "--out", module);
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: "payload is left out: no type of the language reads jsonb\n",
    });
    const { catalogue } = (await import(module)) as { readonly catalogue: Record<string, unknown> };
    const described = catalogue["fields"] as readonly Record<string, unknown>[];
    expect(catalogue["table"]).toEqual({ name: "flows", plain: { time: "first_seen", key: "id" } });
    expect(
      described.map(({ name, type, list, columnType, index, indexOn }) => [
        name,
        type,
        list,
        columnType,
        index,
        indexOn,
      ]),
    ).toEqual([
      ["id", "integer", false, "bigint", "btree", undefined],
      ["src", "ip", false, "inet", "gist", undefined],
      ["net", "ip", false, "cidr", undefined, undefined],
      ["dport", "integer", false, "integer", "btree", undefined],
      ["first_seen", "time", false, "timestamptz", "btree", undefined],
      ["tags", "text", true, "text", "gin", undefined],
      ["app", "text", false, "text", "trigram", "column"],
      ["in_", "integer", false, "smallint", undefined, undefined],
    ]);
    expect(described[1]?.["description"]).toBe("Address of the client");
    expect(await readFile(module, "utf8")).toContain("payload (jsonb)");
  });

  it("is searched, counted and drawn by the description", async () => {
    const filter = ["--catalogue", module, "src in 10.0.1.0/24"];
    const found = await run("search", ...filter, "-n", "1", "--format", "ndjson");
    expect(JSON.parse(found.stdout)).toMatchObject({ id: 97, src: "10.0.1.1", tags: ["t1"] });
    expect((await run("count", ...filter)).stdout.trim()).toBe("25");
    expect((await run("top", "tags", ...filter, "--format", "csv")).stdout.split("\n")).toHaveLength(5);
    expect((await run("timeline", ...filter, "--step", "1h", "--format", "csv")).stdout).toContain(",15");
    expect((await run("search", ...filter, "-n", "1", "--format", "csv")).stdout).toContain(
      "first_seen,id,src",
    );
    expect((await run("fields", "src", "--catalogue", module)).stdout).toContain("Address of the client");
    const tidy = await run("fmt", "--catalogue", module, "FIRST_SEEN exists&&Dport=22");
    expect(tidy).toMatchObject({ code: 0, stdout: "first_seen exists and dport = 22\n" });
    const wrong = await run("check", "--catalogue", module, "source.ip in 10.0.0.0/8");
    expect(wrong.code).toBe(2);
    const order = await run("search", ...filter, "--sort", "detect_time.desc");
    expect([order.code, order.stderr]).toEqual([2, expect.stringContaining("first_seen.desc")]);
  });

  it("is the source of a client, which is held against its files and the table", async () => {
    const filters = join(folder, "filters");
    await mkdir(filters);
    await writeFile(join(filters, "clients.filter"), "# Low ports\nsrc in $nets and dport < 5\n");
    const out = join(folder, "client");
    const generate = (...args: readonly string[]) =>
      run("generate", "--catalogue", module, "--filters", filters, "--out", out, ...args);
    const written = await generate();
    expect(written, written.stderr).toMatchObject({ code: 0 });
    expect(written.stdout).toContain(join(out, "clients.ts"));
    expect(await generate("--check")).toMatchObject({ code: 0, stdout: "" });
    expect(await generate("--check", "--live")).toMatchObject({ code: 0, stdout: "" });

    const statements = join(out, "statements.ts");
    const text = await readFile(statements, "utf8");
    await writeFile(statements, text.replaceAll("\n", "\r\n"));
    expect(await generate("--check")).toMatchObject({ code: 0, stdout: "" });
    await writeFile(statements, text.replace("select", "SELECT"));
    const edited = await generate("--check");
    expect([edited.code, edited.stdout]).toEqual([1, expect.stringContaining("statements.ts")]);
    await writeFile(statements, text);

    const client = new pg.Client({ connectionString: database.connectionString });
    await client.connect();
    await client.query(
      "drop index flows_src_idx; alter table flows alter src drop not null, alter dport type int8, drop net",
    );
    await client.end();
    const live = await generate("--check", "--live");
    expect([live.code, live.stdout.trim().split("\n")]).toEqual([
      1,
      [
        "src: the catalogue says it is always there, the column src may be null",
        "src: the catalogue declares an index gist, and flows has none over src",
        "flows: the column net is missing",
        "dport: the catalogue says int4, the column dport is int8",
      ],
    ]);
  });

  it("names of filters that make no module are refused with the reason", async () => {
    const filters = join(folder, "odd-filters");
    const refused = async (file: string, content: string | Buffer): Promise<string> => {
      await rm(filters, { recursive: true, force: true });
      await mkdir(dirname(join(filters, file)), { recursive: true });
      await writeFile(join(filters, file), content);
      const { code, stderr } = await run(
        "generate",
        "--catalogue",
        module,
        "--filters",
        filters,
        "--out",
        out,
      );
      expect([1, 2], `${file} ${stderr}`).toContain(code);
      return stderr;
    };
    const out = join(folder, "odd-client");
    expect(await refused("net/low.filter", "dport < 5")).toContain("filters of subfolders are not read");
    expect(await refused("latin.filter", Buffer.from([0x23, 0xe9, 0x0a]))).toContain("UTF-8");
    expect(await refused("wrong.filter", "dprot < 5")).toContain("dport");
    expect(await refused("a b.filter", "dport < 5")).toContain("a b");
  });

  it("a table or a file that is not there, or is there already, is reported", async () => {
    const missing = await run("catalogue", "--table", "flow", "--out", join(folder, "x.ts"));
    expect([missing.code, missing.stderr]).toEqual([1, expect.stringContaining("there is no table flow")]);
    const again = await run("catalogue", "--table", "flows", "--out", module);
    expect([again.code, again.stderr]).toEqual([1, expect.stringContaining("is there already")]);
    await writeFile(join(folder, "bad.mjs"), "export default { name: 'x' };");
    const bad = await run("check", "--catalogue", join(folder, "bad.mjs"), "a exists");
    expect([bad.code, bad.stderr]).toEqual([1, expect.stringContaining("exports no catalogue")]);
  });
});
