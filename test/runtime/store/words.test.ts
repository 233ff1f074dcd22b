/** Lists of values: what a test of a part of a text is asked of, instead of every event. They change how events are found, never which. */
import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { compileFilter } from "../../../compiler/compile.js";
import { lowerForRows, lowerForStore } from "../../../compiler/lower/for-store.js";
import { render } from "../../../compiler/sql/fragment.js";
import { IDEA_CATALOGUE } from "../../../compiler/catalogue/idea.js";
import { openExecutor } from "../../../runtime/postgres/executor.js";
import { clientOf } from "../../../runtime/store/client.js";
import { createContext } from "../../../runtime/store/context.js";
import { bindFilter } from "../../../runtime/store/filter-argument.js";
import { insertStatements } from "../../../runtime/store/insert/encoded-event.js";
import { MAX_ASKED_VALUES } from "../../../runtime/store/search/partition-statements.js";
import { bind } from "../../../compiler/values/binding.js";
import type { EventStorage } from "../../../runtime/store/index.js";
import { describeStores, emptyStore, eventAt, idsOf, secondsAfterNoon } from "./support.js";

const found = async (storage: Pick<EventStorage, "searchEvents">, filter: string) =>
  [...idsOf((await storage.searchEvents({ filter })).events)].sort();

const listed = async (storage: EventStorage, field = "category"): Promise<readonly unknown[]> => {
  const { rows } = await storage.query("select value from event_words where field = $1 order by value", [
    field,
  ]);
  return rows.map((row) => row["value"]);
};

const withCategory = (id: string, ...categories: string[]) =>
  eventAt(id, secondsAfterNoon(0), { Category: categories });

const forget = (storage: EventStorage) => storage.query("delete from event_words where value <> ''");

describeStores("values of events", ({ storage, open, url }) => {
  beforeEach(async () => {
    await storage().databaseDrop();
    await storage().databaseCreate();
  });

  it("are listed however an event is stored, once", async () => {
    const store = storage();
    await store.insertEvent(withCategory("one", "Recon.Scanning"));
    await store.insertEvent(withCategory("again", "Recon.Scanning", "Recon.Scanning"));
    await Promise.all(["a", "b", "c"].map((id) => store.insertEvent(withCategory(id, `Gathered.${id}`))));
    await store.insertEvents([withCategory("d", "Bulk.X", "Bulk.Y"), withCategory("e", "Bulk.X")]);
    await store.transaction((inner) => inner.insertEvent(withCategory("f", "Within")));
    expect(await listed(storage())).toEqual([
      "",
      "Bulk.X",
      "Bulk.Y",
      "Gathered.a",
      "Gathered.b",
      "Gathered.c",
      "Recon.Scanning",
      "Within",
    ]);
    expect(await found(storage(), "category under Bulk")).toEqual(["d", "e"]);
    expect(await found(storage(), "category under Gathered")).toEqual(["a", "b", "c"]);
    expect(await found(storage(), "category under [Within, Recon]")).toEqual(["again", "f", "one"]);
  });

  it("are looked for once, and not again while they are remembered", async () => {
    const statements: (string | null)[] = [];
    const store = await open({
      onEvent: ({ operation, statement }) => {
        if (operation === "insertEvent") statements.push(statement);
      },
    });
    const { one, oneOfKnownWords } = insertStatements(IDEA_CATALOGUE, clientOf(IDEA_CATALOGUE).statements);
    for (const [id, ...categories] of [
      ["a", "X"],
      ["b", "X"],
      ["c", "Y"],
      ["d", "Y"],
      ["e", "X", "Y"],
    ] as const)
      await store.insertEvent(withCategory(id, ...categories));
    expect(statements).toEqual([one, oneOfKnownWords, one, oneOfKnownWords, one].map(({ name }) => name));
  });

  it("stay unknown when what listed them was rolled back", async () => {
    const event = (id: string) => withCategory(id, "Lost.Once");
    await expect(
      storage().transaction(async (inner) => {
        await inner.insertEvent(event("first"));
        throw new Error("no");
      }),
    ).rejects.toThrow("no");
    expect(await listed(storage())).toEqual([""]);
    await storage().transaction(async (inner) => {
      await inner
        .transaction(async (nested) => {
          await nested.insertEvent(event("second"));
          throw new Error("no");
        })
        .catch(() => undefined);
      await inner.insertEvent(event("third"));
    });
    await storage().insertEvent(event("fourth"));
    expect(await found(storage(), "category under Lost")).toEqual(["fourth", "third"]);
  });

  it("of a refused event do no harm, and empty ones are missing", async () => {
    await storage().insertEvent(withCategory("taken", "Kept"));
    await expect(storage().insertEvent(withCategory("taken", "Refused.Kind"))).rejects.toThrow(
      /stored already/u,
    );
    await storage().insertEvent(withCategory("empty", ""));
    expect(await found(storage(), "category under Refused")).toEqual([]);
    expect(await found(storage(), 'category = "KEPT"i')).toEqual(["taken"]);
    expect(await found(storage(), 'category = ""i')).toEqual([]);
    expect(await found(storage(), "category missing and id = empty")).toEqual(["empty"]);
  });

  it("are known to each process by itself", async () => {
    const [first, second] = [await open(), await open()];
    await first.insertEvent(withCategory("a", "Seen.Here"));
    await second.insertEvent(withCategory("b", "Seen.Here"));
    await second.insertEvent(withCategory("c", "Seen.There"));
    expect(await found(first, "category under Seen")).toEqual(["a", "b", "c"]);
  });

  it("are listed anew in a store that was dropped and made again", async () => {
    for (const id of ["before", "after"]) {
      await storage().insertEvent(withCategory(id, "Same.Kind"));
      expect(await found(storage(), "category under Same")).toEqual([id]);
      await storage().databaseDrop();
      await storage().databaseCreate();
    }
  });

  it("of a store of version 2 are listed when it is brought to this one", async () => {
    await storage().insertEvents([withCategory("old", "Old.Kind"), withCategory("none")]);
    await storage().query("drop table event_words");
    await storage().query("update eventstore_schema set version = 2");
    const { changes } = await storage().databaseCreate();
    expect(changes).toContain("listed the values of category, node.name, abuse_group");
    expect(await listed(storage())).toEqual(["", "Old.Kind"]);
    expect(await found(storage(), "category under Old")).toEqual(["old"]);
    expect((await storage().databaseCreate()).changes).toEqual([]);
  });

  it("of a crowded field are not asked", async () => {
    await storage().insertEvent(withCategory("one", "Recon.Scanning"));
    const session = openExecutor({ connectionString: url() });
    try {
      const context = createContext(clientOf(IDEA_CATALOGUE), {});
      const filter = 'category under Recon and node.name like "cz.*"';
      const texts = () => {
        const { slot, slotOfRows } = bindFilter({ filter }, context);
        return [slot(1).text, slotOfRows()?.(1).text];
      };
      const lists = () =>
        texts().map((text) => [...(text ?? "").matchAll(/w\.field = '(.+?)'/gu)].map(([, name]) => name));
      const both = expect.arrayContaining(["category", "node.name"]) as string[];
      const fill = async (values: number) => {
        await storage().query(
          "insert into event_words select 'category', n from generate_series(1, $1::int) n on conflict do nothing",
          [values],
        );
        await context.partitions.reload(session, {});
      };
      // With the mark of a complete list and the event's own value: as many as are asked.
      await fill(MAX_ASKED_VALUES - 2);
      expect(lists()).toEqual([both, both]);
      await fill(MAX_ASKED_VALUES - 1);
      for (const names of lists()) expect(new Set(names)).toEqual(new Set(["node.name"]));
      const { slot } = bindFilter({ filter: "category under Recon" }, context);
      expect(slot(1).text).toBe(compileFilter("category under Recon").sql().text);
    } finally {
      await session.close();
    }
    expect(await found(await open(), "category under Recon")).toEqual(["one"]);
  });

  it("let an index find the few events that have them", async () => {
    await storage().insertEvent(withCategory("one", "Recon.Scanning"));
    const { text, bindings } = render(lowerForStore(compileFilter("category under Recon")));
    const values = bindings.map((binding) => bind(binding, { args: {}, now: 0n }));
    const plan = await storage().transaction(async (inner) => {
      await inner.query("set local enable_seqscan = off");
      return inner.query(`explain select from events where ${text}`, values);
    });
    expect(JSON.stringify(plan.rows)).toMatch(/Bitmap Index Scan on events_\d*_?[a-z_0-9]*idx/u);
    expect(JSON.stringify(plan.rows)).toContain("Index Cond: (category && ");
  });
});

const NAMES = ["cz.cesnet.hp", "cz.cesnet.Flow", "cz", "org.example.hp", "a_b", "a%b", "", "ě.Č"] as const;
const CATEGORIES = [
  "Recon",
  "Recon.Scanning",
  "recon.scanning",
  "Reconnaissance",
  "Attempt.Login",
  "Test",
  "",
] as const;

const parts = fc.constantFrom("cz", "cesnet", "hp", "Recon", "scan", "a_b", "%", "ě", "", "x");
const tests = fc.oneof(
  fc
    .tuple(
      fc.constantFrom("contains", "starts with", "ends with", "like"),
      parts,
      fc.constantFrom("", "i", "c"),
    )
    .map(
      ([operator, part, flag]) =>
        `${operator} "${operator === "like" ? `*${part}*` : part}"${flag === "c" ? "" : flag}`,
    ),
  parts.map((part) => `matches /${part.replace("%", ".")}/`),
  fc.constantFrom(...CATEGORIES).map((word) => `= "${word}"i`),
);
const atoms = fc
  .oneof(
    fc
      .tuple(fc.constantFrom("category", "node.name", "abuse_group"), tests)
      .map(([field, test]) => `${field} ${test}`),
    fc
      .uniqueArray(fc.constantFrom("Recon", "Attempt", "Test", "recon"), { minLength: 1, maxLength: 2 })
      .map((words) => `category under [${words.join(", ")}]`),
  )
  .filter((text) => compiles(text));
const filters = fc
  .tuple(atoms, fc.option(atoms), fc.constantFrom("and", "or", "xor"), fc.constantFrom("", "not "))
  .map(
    ([first, second, junction, not]) =>
      `${not}${second === null ? first : `(${first} ${junction} ${second})`}`,
  );

function compiles(text: string): boolean {
  try {
    compileFilter(text);
    return true;
  } catch {
    return false;
  }
}

const events = fc.array(
  fc.record({
    categories: fc.array(fc.constantFrom(...CATEGORIES), { maxLength: 3 }),
    nodes: fc.array(fc.constantFrom(...NAMES), { maxLength: 3 }),
    groups: fc.array(fc.constantFrom(...NAMES), { maxLength: 2 }),
  }),
  { minLength: 1, maxLength: 12 },
);

describeStores("conditions over listed values", ({ storage }) => {
  describe("hold", () => {
    it("where the plain condition holds, for indexes and for rows that are looked at one by one", async () => {
      await fc.assert(
        fc.asyncProperty(
          events,
          fc.array(filters, { minLength: 1, maxLength: 12 }),
          fc.constantFrom(0, 0, 20, 200),
          async (stored, texts, others) => {
            await emptyStore(storage());
            await forget(storage());
            const given = stored.map(({ categories, nodes, groups }, index) =>
              eventAt(`e${index}`, secondsAfterNoon(index), {
                Category: categories,
                Node: nodes.map((Name) => ({ Name })),
                _CESNET: { ResolvedAbuses: groups },
              }),
            );
            await storage().insertEvents([...given, eventAt("last", secondsAfterNoon(60))]);
            // Values that no event has any more; too many for the list to be of use for tests that they meet.
            await storage().query(
              "insert into event_words select f, 'Recon.cz.' || n from unnest($1::text[]) f, generate_series(1, $2::int) n",
              ["{category,node.name,abuse_group}", others],
            );
            for (const text of texts) {
              const filter = compileFilter(text);
              const { text: plain, values } = filter.sql();
              const ids = async (condition: string, bound: readonly unknown[]) =>
                (await storage().query(`select id from events where ${condition} order by id`, [...bound]))
                  .rows;
              const expected = await ids(plain, values);
              for (const fragment of [lowerForStore(filter), lowerForRows(filter) ?? lowerForStore(filter)]) {
                const { text: condition, bindings } = render(fragment);
                const bound = bindings.map((binding) => bind(binding, { args: {}, now: 0n }));
                expect(await ids(condition, bound), text).toEqual(expected);
              }
              expect(await found(storage(), text)).toEqual(expected.map((row) => row["id"]));
            }
          },
        ),
        { numRuns: 40 },
      );
    });
  });
});
