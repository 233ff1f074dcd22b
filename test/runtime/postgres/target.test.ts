/** Where a connection string leads, as libpq reads it. */
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openExecutor } from "../../../runtime/index.js";
import { redactUrl } from "../../../runtime/postgres/redact.js";
import { resolveTarget } from "../../../runtime/postgres/target.js";
import { openStorage } from "../../../runtime/store/index.js";
import { HOSTILE_TEXTS } from "../../support/hostile-values.js";

const resolve = (connectionString: string, environment = {}) =>
  resolveTarget({ connectionString }, environment);

describe("resolveTarget", () => {
  it.each([
    ["postgresql://u:p@h:1/d", { user: "u", database: "d", places: [["h", 1]] }],
    [
      "postgres://u@h1,h2:7/d?target_session_attrs=read-write",
      {
        attributes: "read-write",
        places: [
          ["h1", 5432],
          ["h2", 7],
        ],
      },
    ],
    ["postgresql:///d?host=/run/pg&port=5433&user=u", { places: [["/run/pg", 5433]] }],
    ["postgresql://u@[::1]:5/d", { places: [["::1", 5]] }],
    ["host=h dbname='a b' user=u port=6", { database: "a b", places: [["h", 6]] }],
    ["postgresql://u@h/d?application_name=100%", { applicationName: "100%" }],
    ["postgresql://u@h/d?statement_timeout=5s", { timeoutMs: 5_000 }],
    ["postgresql://u@h/d?query_timeout=700", { timeoutMs: 700 }],
    ["postgresql://u@h/d?options=-c%20search_path%3Dx", { serverSettings: { search_path: "x" } }],
  ])("reads %s", (text, expected) => {
    const { places, ...target } = resolve(text);
    const hosts = [...new Map(places.map(({ host, port }) => [`${host} ${port}`, [host, port]])).values()];
    expect({ ...target, places: hosts }).toMatchObject(expected);
  });

  it("takes what is left out from the environment", async () => {
    const environment = {
      PGHOST: "h",
      PGPORT: "9",
      PGUSER: "u",
      PGDATABASE: "d",
      PGPASSWORD: "secret",
      PGSSLMODE: "require",
      PGAPPNAME: "a",
    };
    const target = resolve("postgresql://", environment);
    expect(target).toMatchObject({ user: "u", database: "d", applicationName: "a" });
    expect(target.places).toHaveLength(1);
    expect(target.places[0]).toMatchObject({ host: "h", port: 9, tls: { rejectUnauthorized: false } });
    expect(await target.password(target.places[0]!)).toBe("secret");
    expect(target.description).not.toContain("secret");
  });

  it.each([
    ["postgresql://u@h/d?sslmode=maybe", "sslmode is one of"],
    ["postgresql://u@h/d?sslmode=verify-ca", "sslrootcert"],
    ["postgresql://u@h:x/d", "port"],
    ["postgresql://u@h/d?statement_timeout=soon", "statement_timeout is a time"],
    ["postgresql://u@h/d?lock_timout=1", '"lock_timout"'],
    ["postgresql://u@h/d?service=x", "service files"],
    ["postgresql://u@h/d?sslrootcert=system&sslmode=require", "sslrootcert=system needs sslmode=verify-full"],
    [
      "postgresql://u@h/d?channel_binding=require",
      "channel_binding (PGCHANNELBINDING) is not supported but as",
    ],
    ["postgresql://u@h/d?load_balance_hosts=maybe", "load_balance_hosts"],
    ["postgresql://u@h/d?hostaddr=10.0.0.1,10.0.0.2", "as many hosts (host) as addresses (hostaddr)"],
    ...["require_auth=none", "requirepeer=pg", "gssencmode=require", "sslnegotiation=direct", "sslcrl=f"].map(
      (setting) => [`postgresql://u@h/d?${setting}`, `the setting ${setting.split("=")[0]!} (PG`],
    ),
    ["mysql://u@h/d", "not a PostgreSQL URL"],
  ])("refuses %s by name", (text, message) => {
    expect(() => resolve(text)).toThrow(message);
  });

  it("refuses what the environment asks for and is not done, as it refuses it in the text", () => {
    for (const [name, value] of [
      ["PGCHANNELBINDING", "require"],
      ["PGREQUIREAUTH", "scram-sha-256"],
      ["PGSSLCRL", "/f"],
    ] as const)
      expect(() => resolve("postgresql://u@h/d", { [name]: value })).toThrow(name);
  });

  it("checks certificates of the system's authorities for the name of the host, also where its address is given", () => {
    const target = resolve("postgresql://u@name.example/d?hostaddr=10.0.0.1&sslrootcert=system");
    expect(target.places).toEqual([
      expect.objectContaining({ host: "10.0.0.1", name: "name.example", port: 5432 }),
    ]);
    expect(target.places[0]!.tls).toEqual({ rejectUnauthorized: true, servername: "name.example" });
  });

  it("takes any text for any parameter, or refuses it by an error of ours", () => {
    const names = [
      "host",
      "hostaddr",
      "port",
      "dbname",
      "user",
      "password",
      "passfile",
      "options",
      "service",
    ];
    const timed = ["connect_timeout", "statement_timeout", "query_timeout", "lock_timeout", "timezone"];
    const tls = ["sslmode", "sslcert", "sslkey", "sslrootcert", "ssl", "channel_binding", "require_auth"];
    const other = ["target_session_attrs", "load_balance_hosts", "application_name", "search_path", ""];
    for (const name of [...names, ...timed, ...tls, ...other])
      for (const text of HOSTILE_TEXTS)
        for (const url of [
          `postgresql://u@h/d?${name}=${text}`,
          `host=h ${name}=${text}`,
          `postgresql://${text}`,
        ])
          try {
            resolve(url);
          } catch (error) {
            expect(error, url).toMatchObject({ code: "configuration_invalid" });
            expect(String(error), url).not.toMatch(/undefined|\[object/u);
          }
  });

  it("shows no password, whatever is in it", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: "grapheme-ascii" }), (text) => {
        const url = `postgresql://u:Geheim${text}Geheim@host/db`;
        expect(redactUrl(`at ${url}`)).not.toContain("Geheim");
        let shown: string;
        try {
          shown = resolve(url).description;
        } catch (error) {
          shown = String(error);
        }
        expect(shown).not.toContain("Geheim");
      }),
    );
    for (const secret of ["a b", "a/b", "a\tb", "a@b", "a?b", "a#b", "1/2", "1?2"])
      expect(resolve(`postgresql://u:${secret}@h/d`).description).toBe("postgresql://u:***@h:5432/d");
  });
});

describe("the password file", () => {
  let folder: string;
  beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), "eventstore-pass-"))));
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it("gives the password of the first line that fits, and is left alone when others may read it", async () => {
    const file = join(folder, "pass");
    await writeFile(file, "# all\nother:*:*:*:no\nh:5432:d:u:a\\:b\\\\c\n*:*:*:*:last\n", { mode: 0o600 });
    const ask = async (url: string) => {
      const target = resolve(url, { PGPASSFILE: file });
      return target.password(target.places[0]!);
    };
    expect(await ask("postgresql://u@h/d")).toBe("a:b\\c");
    expect(await ask("postgresql://u@h:7/d")).toBe("last");
    await chmod(file, 0o644);
    expect(await ask("postgresql://u@h/d")).toBe("");
  });
});

describe("a server that says nothing", () => {
  const sockets: Socket[] = [];
  const server = createServer((socket) => void sockets.push(socket.on("error", () => undefined)));
  let url = "";
  beforeAll(async () => {
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    url = `postgresql://u:p@127.0.0.1:${(server.address() as AddressInfo).port}/d?sslmode=disable`;
  });
  afterAll(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });

  it("ends opening and every call by itself", async () => {
    await expect(openStorage({ connectionString: url, timeoutMs: 300 })).rejects.toThrow(
      /timeout|does not answer/,
    );
    const executor = openExecutor({ connectionString: url, timeoutMs: 300 });
    await expect(executor.query("select 1")).rejects.toMatchObject({ name: "QueryTimeoutError" });
    await expect(
      executor.transaction((session) => session.query("select 1"), {
        timeoutMs: 300,
        signal: AbortSignal.timeout(300),
      }),
    ).rejects.toThrow();
    await executor.close();
    expect(executor.counts()).toEqual({ total: 0, idle: 0, waiting: 0 });
  });
});
