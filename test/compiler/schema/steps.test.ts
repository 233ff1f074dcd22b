import { parse } from "libpg-query";
import { describe, expect, it } from "vitest";
import { IDEA_CATALOGUE } from "../../../compiler/catalogue/idea.js";
import { spreadCatalogue } from "../../../compiler/catalogue/spread.js";
import type { Catalogue } from "../../../compiler/catalogue/model.js";
import { allTables, storeTables } from "../../../compiler/catalogue/tables.js";
import {
  CITUS_LAYOUT,
  citusDistribution,
  citusDropStatements,
  citusStatements,
} from "../../../compiler/schema/citus.js";
import { oneDay } from "../../../compiler/schema/day.js";
import { createPartition } from "../../../compiler/schema/partition.js";
import { dropStatements, pendingSteps, schemaStatements } from "../../../compiler/schema/steps.js";

const steps = schemaStatements(IDEA_CATALOGUE);
const tables = storeTables(IDEA_CATALOGUE);
const nothing = { relations: new Set<string>(), columns: new Set<string>() };

describe("schemaStatements", () => {
  it("gives the DDL of the IDEA catalogue", async () => {
    const text = steps.map(({ id, description, sql }) => `-- ${id}: ${description}\n${sql};\n`).join("\n");
    await expect(text).toMatchFileSnapshot("../../golden/schema/idea.sql");
  });

  it("gives SQL that PostgreSQL parses, steps with ids of their own", async () => {
    const partitions = [tables.events, tables.json].flatMap((table) =>
      createPartition(table, oneDay(19_000), new Set(table.indexes.map(({ name }) => name))),
    );
    const drops = dropStatements(tables).map(({ sql }) => sql);
    for (const sql of [
      ...steps.map((step) => step.sql),
      ...partitions,
      ...drops,
      ...citusStatements(IDEA_CATALOGUE),
      ...citusStatements(IDEA_CATALOGUE, 4),
    ])
      expect((await parse(sql)).stmts, sql).toHaveLength(1);
    expect(new Set(steps.map(({ id }) => id)).size).toBe(steps.length);
  });

  it("refuses a catalogue without the fields that the layout rests on", () => {
    const { roles: _, ...table } = IDEA_CATALOGUE.table;
    expect(() => schemaStatements({ ...IDEA_CATALOGUE, table })).toThrow(
      /table\.roles\.id has to name a required scalar field/,
    );
    const roles = { id: "id", time: "category", stored: "storage_time" };
    const odd: Catalogue = { ...IDEA_CATALOGUE, table: { ...IDEA_CATALOGUE.table, roles } };
    expect(() => schemaStatements(odd)).toThrow(/table\.roles\.time/);
  });
});

describe("pendingSteps", () => {
  it("is everything for an empty database, nothing for a complete one", () => {
    expect(pendingSteps(IDEA_CATALOGUE, nothing)).toEqual(steps);
    const relations = new Set(
      steps.map(({ provides: { kind, name } }) => (kind === "extension" ? `+${name}` : name)),
    );
    const columns = new Set(
      allTables(tables).flatMap(({ name, columns: list }) => list.map((column) => `${name}.${column.name}`)),
    );
    expect(pendingSteps(IDEA_CATALOGUE, { relations, columns })).toEqual([]);
    columns.delete("events.tlp");
    relations.delete("events_severity_idx");
    expect(pendingSteps(IDEA_CATALOGUE, { relations, columns }).map(({ id }) => id)).toEqual([
      "column:events.tlp",
      "index:events_severity_idx",
    ]);
  });
});

describe("citusStatements", () => {
  const founders = (shards?: number) =>
    citusStatements(IDEA_CATALOGUE, shards).filter((sql) => sql.includes("shard_count"));

  it("give each group its shards, two for each worker where nothing is said, and the layout is remembered", () => {
    expect(founders(6)).toHaveLength(2);
    for (const sql of founders(6)) expect(sql).toMatch(/colocate_with => 'none', shard_count => 6\)$/);
    for (const sql of founders()) expect(sql).toContain("select 2 * greatest(count(*), 1) from pg_dist_node");
    expect(citusStatements(IDEA_CATALOGUE).join("\n")).toContain(
      `comment on table eventstore_schema is '${CITUS_LAYOUT}'`,
    );
  });
});

describe("a store on Citus", () => {
  it("keeps the identifier beside the JSON, and is made of statements that PostgreSQL parses", async () => {
    const spread = spreadCatalogue(IDEA_CATALOGUE);
    const made = schemaStatements(spread).filter(({ sql }) => !steps.some((step) => step.sql === sql));
    expect(made.map(({ id }) => id)).toEqual(["table:event_json"]);
    const text = [
      ...made.map(({ sql }) => sql),
      ...citusStatements(spread, 4),
      ...citusDropStatements(spread),
    ]
      .map((sql) => `${sql};\n`)
      .join("\n");
    await expect(text).toMatchFileSnapshot("../../golden/schema/citus.sql");
    for (const sql of citusDropStatements(spread)) expect((await parse(sql)).stmts).toHaveLength(1);
  });
});

describe("citusDistribution", () => {
  const plan = citusDistribution(IDEA_CATALOGUE);
  const typeOf = (table: (typeof tables)["events"], name: string) =>
    table.columns.find((column) => column.name === name)?.pgType;

  it("covers every table", () => {
    expect(new Set(plan.map(({ table }) => table.name))).toEqual(
      new Set(allTables(tables).map(({ name }) => name)),
    );
  });

  it("has the distribution column in every unique constraint", () => {
    for (const distribution of plan) {
      if (distribution.kind === "reference" || distribution.table.primaryKey.length === 0) continue;
      expect(distribution.table.primaryKey, distribution.table.name).toContain(distribution.column);
    }
  });

  it("co-locates tables by columns of one type, after the table that founds the group", () => {
    const founded = new Set<string>();
    for (const distribution of plan) {
      if (distribution.kind === "reference") continue;
      const { table, column, colocatedWith } = distribution;
      if (colocatedWith === null) founded.add(table.name);
      else {
        expect(founded).toContain(colocatedWith.name);
        const other = plan.find((candidate) => candidate.table === colocatedWith);
        expect(other?.kind === "distributed" && typeOf(other.table, other.column)).toBe(
          typeOf(table, column),
        );
      }
    }
  });
});
