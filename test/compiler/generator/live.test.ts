import { readFile } from "node:fs/promises";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { IDEA_CATALOGUE } from "../../../compiler/catalogue/idea.js";
import { describeOperations, type Describer } from "../../../compiler/generator/describe.js";
import { liveDifferences } from "../../../compiler/generator/live.js";
import { parseManifest, type Manifest } from "../../../compiler/generator/manifest.js";
import { operationSpecs } from "../../../runtime/store/statements.js";
import { openExecutor } from "../../../runtime/postgres/executor.js";
import { databaseCreate, databaseDrop } from "../../../runtime/store/schema/index.js";
import { createDescriber } from "../../../scripts/generate/describer.js";
import { describeEngines, withDatabase, type TestDatabase } from "../../support/database.js";

describeEngines("a live database", (engine) => {
  let database: TestDatabase;
  let client: pg.Client;
  let describer: Describer;
  let manifest: Manifest;
  beforeAll(async () => {
    database = await withDatabase(engine);
    client = new pg.Client({ connectionString: database.connectionString });
    await client.connect();
    describer = createDescriber(client);
    const text = await readFile(new URL("../../../generated/manifest.json", import.meta.url), "utf8");
    manifest = { ...parseManifest(text), ip4r: await describer.rangesVersion() };
  });
  beforeEach(async () => {
    const executor = openExecutor({ connectionString: database.connectionString });
    await databaseDrop(executor, IDEA_CATALOGUE);
    await databaseCreate(executor, IDEA_CATALOGUE);
    await executor.close();
  });
  afterAll(async () => {
    await client.end();
    await database.dispose();
  });

  it("agrees with the manifest when it is new, and gives the same types on both engines", async () => {
    expect(await liveDifferences(manifest, describer)).toEqual([]);
    const { operations } = await describeOperations(operationSpecs(IDEA_CATALOGUE), describer);
    expect(operations.map(({ columnTypes }) => columnTypes)).toEqual(
      manifest.operations.map(({ columns }) => columns.map(({ type }) => type)),
    );
    expect(operations.map(({ parameterTypes }) => parameterTypes)).toEqual(
      manifest.operations.map(({ parameters }) => parameters.map(({ type }) => type)),
    );
  });

  it.each([
    ["drop index events_storage_time_idx", "watchdogEvents: the index events_storage_time_idx is missing"],
    [
      "drop index events_storage_time_idx; create index events_storage_time_idx on events (create_time)",
      "watchdogEvents: the index events_storage_time_idx is there but not used by the plan",
    ],
    ["drop index event_json_seq_idx", "fetchEvent: the index event_json_seq_idx is missing"],
    [
      "alter table thresholds rename column ttltime to ttl",
      'thresholdSet: column "ttltime" of relation "thresholds" does not exist',
    ],
    [
      "alter table events rename column tlp to label",
      'insertEvent: column "tlp" of relation "events" does not exist',
    ],
    [
      "alter table thresholds alter column thresholdtime type timestamp",
      "thresholdCheck: the column thresholdTime has the type timestamp, the manifest timestamptz",
    ],
    [
      "alter table event_json alter column event drop not null",
      "fetchEvent: the column event may be null, in the manifest never",
    ],
    ["drop table eventstore_schema", 'insertEvent: relation "eventstore_schema" does not exist'],
  ])("that was changed by %s is told so", async (change, problem) => {
    await client.query(change);
    expect(await liveDifferences(manifest, describer)).toContain(problem);
  });

  it("without ip4r, or with another version of it, is told so", async () => {
    const [other] = await liveDifferences({ ...manifest, ip4r: "1.0" }, describer);
    expect(other).toMatch(/^ip4r: the database has .*, the statements were generated with version 1\.0$/);
    const [none] = await liveDifferences(manifest, {
      ...describer,
      rangesVersion: () => Promise.resolve(null),
    });
    expect(none).toContain("install the package of ip4r");
  });
});
