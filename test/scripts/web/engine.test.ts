/** A list in memory answers what the same questions asked of each event answer. */
import { describe, expect, it } from "vitest";
import { IDEA_CATALOGUE } from "../../../compiler/catalogue/idea.js";
import { compileFilter } from "../../../compiler/compile.js";
import { eventList } from "../../../scripts/web/engine/event-list.js";
import { listData } from "../../../scripts/web/engine/list-data.js";
import { nextTurn, pausing } from "../../../scripts/web/engine/pause.js";
import { parseEvents } from "../../../scripts/web/engine/read-file.js";
import { generateEvents } from "../../../scripts/tools/demo/generate-events.js";

const call = { signal: new AbortController().signal };
const events = [
  ...generateEvents({ count: 500, seed: 11, from: new Date("2024-05-01"), to: new Date("2024-05-08") }),
];

async function data(given: readonly unknown[]) {
  const { list, refused } = await eventList(given, IDEA_CATALOGUE, pausing(call.signal, nextTurn));
  return { refused, data: listData(list, { description: "test", details: {} }) };
}

const question = (filter: string) => ({ filter: compileFilter(filter), args: {} });

describe("a list of events", () => {
  it.each(["", "category under Recon", "severity >= high or target.port = 22", "false"])(
    "pages through what matches, each once, in order: %s",
    async (filter) => {
      const { data: list } = await data(events);
      const expected = events.filter(compileFilter(filter).matcher()).map(({ ID }) => ID);
      for (const sort of ["detect_time.desc", "detect_time.asc"] as const) {
        const found: string[] = [];
        let after: string | undefined;
        do {
          const page = await list.search({ ...question(filter), sort, limit: 37, after }, call);
          found.push(...page.events.map((event) => (event as { ID: string }).ID));
          expect(page.hasMore).toBe(page.next !== null);
          after = page.next ?? undefined;
        } while (after !== undefined);
        expect(found.toSorted()).toEqual(expected.toSorted());
        const times = found.map((id) => events.find(({ ID }) => ID === id)!.DetectTime);
        expect(times).toEqual(sort === "detect_time.asc" ? times.toSorted() : times.toSorted().reverse());
      }
      expect(await list.count(question(filter), call)).toBe(expected.length);
    },
  );

  it("counts an event once for each of its values", async () => {
    const { data: list } = await data(events);
    const top = await list.top({ ...question(""), field: "category", limit: 1000 }, call);
    for (const { value, count } of top)
      expect(count).toBe(
        events.filter((event) => (event["Category"] as string[]).includes(String(value))).length,
      );
    expect(top.map(({ count }) => count)).toEqual(top.map(({ count }) => count).toSorted((a, b) => b - a));
  });

  it("sums up to its total in a timeline, whatever the split", async () => {
    const { data: list } = await data(events);
    const timeline = await list.timeline(
      {
        ...question("category under Attempt"),
        step: "1d",
        by: "severity",
        limit: 2,
        timeZone: "Europe/Prague",
      },
      call,
    );
    const expected = events.filter(compileFilter("category under Attempt").matcher()).length;
    expect(timeline.total).toBe(expected);
    for (const { count, values } of timeline.buckets)
      expect((values ?? []).reduce((sum, row) => sum + row.count, 0)).toBe(count);
    expect(timeline.buckets[1]?.from.toISOString()).toMatch(/T22:00:00\.000Z$/);
  });

  it("leaves out what a store would refuse", async () => {
    const { data: list, refused } = await data([
      ...events.slice(0, 3),
      { ID: "x" },
      { DetectTime: "2024-05-01T00:00:00Z" },
      events[0],
    ]);
    expect(refused).toBe(3);
    expect(await list.count(question(""), call)).toBe(3);
  });

  it.each([undefined, "the client went away"])(
    "answers who goes on waiting although another gives up: %s",
    async (reason) => {
      const controller = new AbortController();
      const { data: list } = await data(events);
      const ask = (signal: AbortSignal) =>
        list.top({ ...question("severity exists"), field: "category", limit: 3 }, { signal });
      const [first, second] = [ask(controller.signal), ask(call.signal)];
      controller.abort(reason);
      await expect(first).rejects.toThrow("given up");
      expect(await second).toHaveLength(3);
    },
  );

  it("gives up when it is told to", async () => {
    const controller = new AbortController();
    const { data: list } = await data(events);
    controller.abort();
    await expect(list.count(question("severity = high"), { signal: controller.signal })).rejects.toThrow();
  });
});

it.each([
  ["NDJSON with a broken line", '{"a":1}\n\nno\n{"b":2}\n', 2, 1],
  ["a list", '[{"a":1},{"b":2},3]', 2, 1],
  ["one object over several lines", '{\n "a": 1\n}\n', 1, 0],
])("reads %s", async (_name, text, count, problems) => {
  expect(await parseEvents(text, call.signal)).toMatchObject({ events: { length: count }, problems });
});
