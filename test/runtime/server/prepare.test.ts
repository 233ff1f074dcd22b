import { randomBytes } from "node:crypto";
import { createServer } from "node:net";
import pg from "pg";
import { describe, expect, it, inject } from "vitest";
import { openDatabase } from "../../../runtime/server/index.js";
import { prepareUrl } from "../../../runtime/server/prepare.js";
import { describeEngines, withDatabase } from "../../support/database.js";

describeEngines("preparing a database", (engine) => {
  const serverUrl = (): string => {
    const server = inject("testServers")[engine];
    return server.kind === "available" ? server.connectionString : "";
  };

  async function onServer(database: string | undefined, ...statements: readonly string[]): Promise<void> {
    const url = new URL(serverUrl());
    if (database !== undefined) url.pathname = `/${database}`;
    const client = new pg.Client({ connectionString: url.href });
    await client.connect();
    try {
      for (const sql of statements) await client.query(sql);
    } finally {
      await client.end();
    }
  }

  it("changes nothing the second time, and at once from several sides", async () => {
    const database = await withDatabase(engine);
    const prepared = await Promise.all(
      [1, 2, 3].map(() => openDatabase({ connectionString: database.connectionString })),
    );
    expect(prepared.map((handle) => handle.ranges)).toEqual(
      Array(3).fill(engine === "ip4r" ? "ip4r" : "ip4r_compat"),
    );
    await database.dispose();
  });

  it("names what is missing to whoever may not create it", async () => {
    const name = `bare_${randomBytes(4).toString("hex")}`;
    await onServer(
      undefined,
      `CREATE DATABASE ${name} TEMPLATE template0`,
      `CREATE ROLE ${name} LOGIN PASSWORD 'x'`,
    );
    try {
      const url = new URL(serverUrl());
      url.pathname = `/${name}`;
      url.searchParams.set("user", name);
      const opened = openDatabase({ connectionString: url.href });
      await expect(opened).rejects.toMatchObject({
        code: expect.stringMatching(/^(ip4r|extension)-missing$/) as string,
      });
      await expect(opened).rejects.toThrow(
        /Ask an administrator of the database to run CREATE EXTENSION \w+\./,
      );
    } finally {
      await onServer(undefined, `DROP DATABASE ${name} WITH (FORCE)`, `DROP ROLE ${name}`);
    }
  });

  if (engine === "embedded")
    it("names the package of ip4r when the server has none", async () => {
      const name = `bare_${randomBytes(4).toString("hex")}`;
      await onServer(undefined, `CREATE DATABASE ${name} TEMPLATE template0`);
      try {
        const url = new URL(serverUrl());
        url.pathname = `/${name}`;
        const prepared = prepareUrl(url.href);
        await expect(prepared).rejects.toMatchObject({ code: "ip4r-missing" });
        await expect(prepared).rejects.toThrow("postgresql-18-ip4r");
        expect(await prepareUrl(url.href, { allowCompat: true })).toMatchObject({ ranges: "ip4r_compat" });
      } finally {
        await onServer(undefined, `DROP DATABASE ${name} WITH (FORCE)`);
      }
    });

  if (engine === "ip4r")
    it("says when ip4r lies off the search path", async () => {
      const name = `apart_${randomBytes(4).toString("hex")}`;
      await onServer(undefined, `CREATE DATABASE ${name} TEMPLATE template0`);
      try {
        await onServer(name, "CREATE SCHEMA apart", "CREATE EXTENSION ip4r SCHEMA apart");
        const url = new URL(serverUrl());
        url.pathname = `/${name}`;
        await expect(prepareUrl(url.href)).rejects.toThrow('lies in the schema "apart"');
      } finally {
        await onServer(undefined, `DROP DATABASE ${name} WITH (FORCE)`);
      }
    });

  it("says when the database does not exist", async () => {
    const url = new URL(serverUrl());
    url.pathname = "/nowhere";
    const opened = openDatabase({ connectionString: url.href });
    await expect(opened).rejects.toMatchObject({ code: "connection-failed" });
    await expect(opened).rejects.toThrow("Create the database first");
  });
});

describe("a URL that leads nowhere", () => {
  it("is reported without its password", async () => {
    const server = createServer();
    const port = await new Promise<number>((resolve) => {
      server.listen(0, "127.0.0.1", () => resolve((server.address() as { port: number }).port));
    });
    await new Promise((resolve) => server.close(resolve));
    const opened = openDatabase({ connectionString: `postgresql://me:secret@127.0.0.1:${port}/db` });
    await expect(opened).rejects.toMatchObject({ code: "connection-failed" });
    await expect(opened).rejects.toThrow(`postgresql://me:***@127.0.0.1:${port}/db`);
    await expect(opened).rejects.toThrow("Is the server running");
  });

  it.each(["postgresql://me:secret@host:notaport/db", "nonsense", "postgresql://me:secret@host.invalid/db"])(
    "%s",
    async (connectionString) => {
      const opened = openDatabase({ connectionString });
      await expect(opened).rejects.toMatchObject({ code: "connection-failed" });
      await expect(opened).rejects.not.toThrow("secret");
    },
  );
});
