/** Mentat's own tables: the language over them, with the columns that cover addresses. */
import fc from "fast-check";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { searchedColumns } from "../../../compiler/catalogue/columns.js";
import { MENTAT_CATALOGUE, MENTAT_OLD_CATALOGUE } from "../../../compiler/catalogue/mentat.js";
import type { Catalogue } from "../../../compiler/catalogue/model.js";
import { checkFilter } from "../../../compiler/index.js";
import { compileFilter } from "../../../compiler/compile.js";
import { explainFilter } from "../../../compiler/explain/explain.js";
import { openStorage } from "../../../runtime/store/open.js";
import { describeEngines, withDatabase, type TestDatabase } from "../../support/database.js";
import { filterCalls, POOL_NOW } from "../../testing/index.js";

const EVENT = {
  Format: "IDEA0",
  ID: "e1",
  DetectTime: "2024-05-01T08:00:00Z",
  Category: ["Recon.Scanning"],
  Source: [{ IP4: ["10.0.0.0/24", "192.0.2.7"], Port: [22] }],
  Note: "only in the JSON: \u0001",
};

const VERSIONS: readonly (readonly [name: string, catalogue: Catalogue])[] = [
  ["2.15", MENTAT_CATALOGUE],
  ["documented", MENTAT_OLD_CATALOGUE],
];

describeEngines("a mentat_events database", (engine) => {
  for (const [version, catalogue] of VERSIONS) {
    let database: TestDatabase;
    let client: pg.Client;
    beforeAll(async () => {
      database = await withDatabase(engine);
      client = new pg.Client({ connectionString: database.connectionString });
      await client.connect();
      const hulls = ["source", "target"].flatMap((side) => [
        `${side}_ip_aggr_ip4 ip4r`,
        `${side}_ip_aggr_ip6 ip6r`,
      ]);
      const columns = searchedColumns(catalogue).map(({ name, pgType }) => `${name} ${pgType}`);
      await client.query(`create table events (${[...columns, ...hulls].join(", ")}, primary key (id))`);
      await client.query(
        "create table events_json (id text primary key references events, event bytea not null)",
      );
      await client.query(
        "create index hulls on events using gist (source_ip_aggr_ip4, target_ip_aggr_ip4, source_ip_aggr_ip6, target_ip_aggr_ip6)",
      );
      await client.query("create index on events (detecttime)");
      await client.query(
        `insert into events (id, detecttime, category, source_ip, source_ip_aggr_ip4, source_port, node_name)
         values ('e1', '2024-05-01 08:00', '{Recon.Scanning}', '{10.0.0.0/24,192.0.2.7}', '10.0.0.0-192.0.2.7', '{22}', '{a.b}'),
                ('e2', '2024-05-01 09:00', '{Malware}', '{}', null, '{}', '{a.c}')`,
      );
      // Mentat takes an IPv4-mapped address for one of IPv6.
      await client.query(
        `insert into events (id, detecttime, category, source_ip, source_ip_aggr_ip6, node_name)
         values ('e3', '2024-05-01 07:00', '{Test}', '{::ffff:10.9.0.1}', '::ffff:10.9.0.1', '{a.b}')`,
      );
      await client.query("insert into events_json values ('e1', $1), ('e2', $2)", [
        Buffer.from(JSON.stringify(EVENT)),
        Buffer.from(JSON.stringify({ ...EVENT, ID: "e2" })),
      ]);
      await client.query("set enable_seqscan = off");
    });
    afterAll(async () => {
      await client.end();
      await database.dispose();
    });

    it(`every filter of the language runs (${version})`, async () => {
      await fc.assert(
        fc.asyncProperty(filterCalls(catalogue), async ({ filter, args }) => {
          const { text, values } = compileFilter(filter, { catalogue }).sql(args, { now: POOL_NOW });
          await client.query(`select id from events where ${text}`, values);
        }),
        { numRuns: 30 },
      );
    });

    it(`the store reads it where it is (${version})`, async () => {
      const storage = await openStorage({ connectionString: database.connectionString, catalogue });
      try {
        const { events } = await storage.searchEvents({
          filter: "source.ip overlaps 10.0.0.9 and source.port = 22",
        });
        expect(events).toEqual([EVENT]);
        expect(await storage.fetchEvent("e1")).toEqual(EVENT);
        expect(await storage.countEvents({ filter: "detect_time >= 2024-05-01T08:30Z" })).toBe(1);
        expect(await storage.aggregateEvents({ by: "node.name" })).toHaveLength(2);
        expect(await storage.countEvents({ filter: "source.ip in 10.9.0.0/16" })).toBe(1);
        const tops = await storage.aggregateEvents({ by: "source.ip" });
        expect(tops.map(({ value }) => value)).toContain("10.9.0.1");
        await expect(storage.insertEvent(EVENT)).rejects.toThrow(
          "insertEvent: the table events was not made by this store",
        );
      } finally {
        await storage.close();
      }
    });

    it(`"has" is refused, as the table keeps no elements (${version})`, () => {
      for (const filter of [
        "source has (ip in 10.0.0.0/8 and port = 22)",
        "host has (port = 22)",
        "attach has (size > 1)",
      ])
        expect(checkFilter(filter, { catalogue })).toMatchObject([
          {
            code: "E106",
            notes: [
              expect.stringContaining(`catalogue "${catalogue.name}" keeps the values of all elements`),
            ],
          },
        ]);
    });

    it(`addresses are found through the columns that cover them (${version})`, async () => {
      const { sql, values, atoms } = explainFilter("source.ip in 10.0.0.0/8", { catalogue });
      const { rows } = await client.query<{ "QUERY PLAN": string }>(
        `explain select id from events where ${sql}`,
        [...(values ?? [])],
      );
      expect(rows.map((row) => row["QUERY PLAN"]).join("\n")).toContain("hulls");
      expect(atoms[0]?.index).toBe(catalogue === MENTAT_CATALOGUE ? "gist" : null);
    });
  }
});
