import { readdirSync, readFileSync } from "node:fs";
import { parse } from "libpg-query";
import { describe, expect, it } from "vitest";
import { IDEA_CATALOGUE } from "../../../compiler/catalogue/idea.js";
import { spreadCatalogue } from "../../../compiler/catalogue/spread.js";
import { allTables, storeTables } from "../../../compiler/catalogue/tables.js";
import { exampleText, takesFilter } from "../../../compiler/sql/operation.js";
import { statements } from "../../../generated/index.js";
import { compileFilter } from "../../../compiler/compile.js";
import type { Session } from "../../../runtime/postgres/session.js";
import { evaluateClient } from "../../../runtime/store/client.js";
import { createContext } from "../../../runtime/store/context.js";
import { bindFilter } from "../../../runtime/store/filter-argument.js";
import { rollupsAlone } from "../../../runtime/store/rollups/alone-statements.js";
import { searchEvents } from "../../../runtime/store/search/search.js";
import { storeFunctionStatements } from "../../../runtime/store/insert/spread-statements.js";
import { byLayout } from "../../../runtime/store/layouts.js";
import { operationSpecs } from "../../../runtime/store/statements.js";

const specs = operationSpecs(IDEA_CATALOGUE);

describe("operationSpecs", () => {
  it("have names of their own and texts that PostgreSQL parses", async () => {
    expect(new Set(specs.map(({ name }) => name)).size).toBe(specs.length);
    for (const spec of specs) expect((await parse(exampleText(spec))).stmts, spec.name).toHaveLength(1);
  });

  it("declare as many parameters as there are placeholders", () => {
    for (const { name, text, slots, parameters } of specs) {
      const numbers = [...`${text} ${JSON.stringify(slots ?? {})}`.matchAll(/\$(\d+)/g)].map(([, number]) =>
        Number(number),
      );
      expect(Math.max(0, ...numbers), name).toBe(parameters.length);
    }
  });

  it("name indexes that the schema has", () => {
    const tables = allTables(storeTables(IDEA_CATALOGUE));
    const known = new Set(
      tables.flatMap(({ name, indexes }) => [`${name}_pkey`, ...indexes.map((index) => index.name)]),
    );
    for (const { name, indexes } of specs)
      for (const index of indexes) expect(known.has(index), `${name}: ${index}`).toBe(true);
  });

  it("are used by the store, each of them", () => {
    const folder = new URL("../../../runtime/store/", import.meta.url);
    const source = readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts") && !file.endsWith("statements.ts"))
      .map((file) => readFileSync(new URL(file, folder), "utf8"))
      .join("\n");
    const isUsed = (name: string): boolean =>
      new RegExp(String.raw`(?:\.|[{,]\s*)${name}\b(?!\s*[:?])`, "u").test(source);
    const unused = specs.map(({ name }) => name).filter((name) => !isUsed(name));
    expect(unused).toEqual([]);
  });

  it("repeat by themselves only what may be repeated", () => {
    expect(specs.filter(({ idempotent }) => !idempotent).map(({ name }) => name)).toEqual([
      "insertEvent",
      "insertListedEvent",
      "insertEvents",
      "insertNewEvents",
      "freeIds",
      "sweepRollups",
      "rollUpHours",
      "forgetCombinations",
      "countDay",
      "deleteEvent",
      "deleteEvents",
      "deleteSomeEvents",
      "deleteOldEvents",
      "deleteSlice",
      "deleteSomeOfSlice",
      "thresholdSave",
      "expireThresholds",
    ]);
    expect(specs.filter(takesFilter).map(({ name }) => name)).toEqual([
      "streamEventIds",
      "countEvents",
      "estimateEvents",
      "deleteEvents",
      "deleteSomeEvents",
    ]);
  });
});

describe("the statements that are evaluated as a store is opened", () => {
  const evaluated = evaluateClient(IDEA_CATALOGUE).statements as unknown as Readonly<
    Record<string, { readonly operation: string; readonly text: string; readonly cardinality: string }>
  >;

  it("are those of generated/, byte for byte", () => {
    const parts = (given: typeof evaluated) =>
      Object.entries(given)
        .map(([name, { operation, text, cardinality }]) => [name, operation, cardinality, text])
        .sort();
    expect(parts(evaluated)).toEqual(parts(statements));
  });
});

describe("the layout on Citus", () => {
  const spread = operationSpecs(spreadCatalogue(IDEA_CATALOGUE));
  const plain = new Map(specs.map((spec) => [spec.name, exampleText(spec)]));

  it("has statements of its own where a cluster takes no others", async () => {
    const own = spread.filter((spec) => plain.get(spec.name) !== exampleText(spec));
    for (const spec of own) expect((await parse(exampleText(spec))).stmts, spec.name).toHaveLength(1);
    const made = storeFunctionStatements(spreadCatalogue(IDEA_CATALOGUE));
    for (const sql of made) expect((await parse(sql)).stmts).toHaveLength(1);
    const texts = own.map((spec) => `-- ${spec.name}\n${exampleText(spec)};\n`);
    const text = [...texts, ...made.map((sql) => `${sql};\n`)].join("\n");
    await expect(text).toMatchFileSnapshot("../../golden/store/citus.sql");
  });

  it("asks workers for nothing that Citus refuses", () => {
    for (const spec of spread) {
      expect(exampleText(spec), spec.name).not.toMatch(/exists \(select from|offset 0\)|where \(select seen/);
      expect(spec.plan, spec.name).toBeUndefined();
    }
  });

  it("asks roll-ups alone first, by statements that read no event", async () => {
    const alone = operationSpecs(rollupsAlone(IDEA_CATALOGUE)).map(
      (spec) => [spec, exampleText(spec)] as const,
    );
    const ofRollups = alone.filter(([{ name }, text]) => text !== plain.get(name));
    for (const [{ name }, text] of ofRollups) {
      expect((await parse(text)).stmts, name).toHaveLength(1);
      expect(text, name).not.toMatch(/(?:from|join) events\b/u);
    }
    expect(ofRollups.map(([{ name }]) => name)).toEqual([
      "countRolledEvents",
      "countCombinations",
      "aggregateRollups",
      "distinctRollups",
      "summarizeCombinations",
      "timelineRollups",
      "timelineCombinations",
      "timelineSplitCombinations",
    ]);
  });

  it("asks for all that a filter matches by one statement where its first page was not full", async () => {
    const texts: string[] = [];
    const run = ({ text, cardinality }: { readonly text: string; readonly cardinality: string }) => {
      texts.push(text);
      return Promise.resolve(cardinality === "one" ? { hour: "2024-05-01 00:00:00+00", whole: false } : []);
    };
    const context = createContext(evaluateClient(spreadCatalogue(IDEA_CATALOGUE)), {});
    const search = () =>
      searchEvents({ run } as unknown as Session, context, { filter: "source.ip = 203.0.113.77" });
    const pages = () => texts.splice(0).filter((text) => / from events as e /u.test(text));
    await search();
    expect(pages()).toHaveLength(2);
    await search();
    expect(pages()).toEqual([expect.stringContaining("(select j.event from event_json as j")]);
  });

  it("unpacks elements by a function of the store, whoever compiled the filter", () => {
    const { filterOptions, partitions } = createContext(evaluateClient(spreadCatalogue(IDEA_CATALOGUE)), {});
    const text = "source has (ip in 10.0.0.0/8)";
    for (const filter of [text, compileFilter(text, { catalogue: IDEA_CATALOGUE })]) {
      const bound = bindFilter({ filter }, { filterOptions, partitions }).slot(1).text;
      expect(bound).toContain('"#id" = id and');
      expect(bound).toContain("events_elements(source_elements)");
      expect(bound).not.toContain("jsonb_to_recordset");
    }
  });

  it("is taken where the database remembers it, and asked for again while there is no store", async () => {
    const answers = [{ there: false }, { there: true, layout: "idea-eventstore layout: citus" }];
    const query = () => Promise.resolve({ rows: [answers.shift()] });
    async function* streamEvents(): AsyncGenerator<string> {
      yield await Promise.resolve("spread");
    }
    const { operations, ask } = byLayout({ query } as unknown as Session, IDEA_CATALOGUE, {
      oneServer: { streamEvents: () => streamEvents(), refresh: () => Promise.resolve("one server") },
      spread: () => ({ streamEvents: () => streamEvents(), refresh: () => Promise.resolve("spread") }),
    });
    await ask();
    const streamed: string[] = [];
    for await (const event of operations.streamEvents()) streamed.push(event);
    expect([streamed, await operations.refresh(), answers]).toEqual([["spread"], "spread", []]);
  });

  it("is refused where an earlier release has spread the events by another column, but for dropping", async () => {
    const query = (text: string) =>
      Promise.resolve({
        rows: [
          text.includes("column_to_column_name")
            ? { column: "seq" }
            : { there: true, layout: null, cluster: true },
        ],
      });
    const operations = byLayout({ query } as unknown as Session, IDEA_CATALOGUE, {
      oneServer: { countEvents: () => Promise.resolve(0), databaseDrop: () => Promise.resolve("dropped") },
      spread: () => ({
        countEvents: () => Promise.resolve(1),
        databaseDrop: () => Promise.resolve("spread"),
      }),
    }).operations;
    await expect(operations.countEvents()).rejects.toThrow(
      /^countEvents: an earlier release has spread .* undistribute_table/u,
    );
    expect(await operations.databaseDrop()).toBe("dropped");
  });
});
