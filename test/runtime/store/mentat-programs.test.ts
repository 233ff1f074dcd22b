import { readFileSync } from "node:fs";
import { beforeEach, expect, it } from "vitest";
import * as programs from "../../examples/mentat/programs.js";
import { sharedData } from "../../support/shared-data.js";
import type { EventStorage } from "../../../runtime/store/index.js";
import { collect, describeStores, emptyStore, eventAt, idsOf, secondsAfterNoon } from "./support.js";

const GROUP = "abuse@example.org";
const at = (text: string): Date => new Date(`2024-05-${text}:00Z`);

describeStores("the programs of Mentat", ({ storage: suite }) => {
  const storage = (): EventStorage => suite();
  const event = (id: string, seconds: number, address: string, keys: Record<string, unknown> = {}) => {
    const time = secondsAfterNoon(seconds);
    const extension = {
      StorageTime: time,
      EventSeverity: "low",
      EventClass: "scan",
      ResolvedAbuses: [GROUP],
    };
    return eventAt(id, time, {
      Category: ["Recon.Scanning"],
      Source: [{ IP4: [address] }],
      _CESNET: extension,
      ...keys,
    });
  };
  const EVENTS = [
    event("a", 0, "192.0.2.1"),
    event("b", 1, "192.0.2.2"),
    event("t", 2, "192.0.2.3", { Category: ["Test"] }),
  ];

  beforeEach(async () => {
    await emptyStore(storage());
    await programs.storeEvents(storage(), EVENTS);
  });

  it("store each message once, and tell what is wrong with the others", async () => {
    const messages = [...EVENTS, { ...EVENTS[0], Note: "other" }, event("c", 3, "192.0.2.4"), { ID: "x" }];
    const { done, rejected, ...counts } = await programs.storeEvents(storage(), messages);
    expect(counts).toEqual({ inserted: 1, duplicates: 3, different: 1 });
    expect(done.sort()).toEqual(["a", "b", "c", "t"]);
    expect(rejected).toMatchObject([{ index: 5, id: "x", path: "DetectTime" }]);
  });

  it("report what is new, keep quiet for a while, and come back to what goes on", async () => {
    const run = (from: Date, to: Date) =>
      programs.report(storage(), { group: GROUP, severity: "low", from, to });
    const first = await run(at("01T11:00"), at("01T13:00"));
    expect([idsOf(first.fresh).toSorted(), first.relapsed]).toEqual([["a", "b"], []]);
    const again = event("again", 5 * 86_400, "192.0.2.1");
    await programs.storeEvents(storage(), [again, event("other", 5 * 86_400, "192.0.2.9")]);
    const second = await run(at("01T13:00"), at("06T13:00"));
    expect([idsOf(second.fresh), second.relapsed]).toEqual([["other"], []]);
    const third = await run(at("06T13:00"), at("07T13:00"));
    expect([third.fresh, idsOf(third.relapsed)]).toEqual([[], ["again"]]);
    expect(await storage().thresholdCheck("scan+++192.0.2.1", at("13T13:00"))).toMatchObject({
      label: `M-${GROUP}`,
    });
  });

  it("count, draw and compare", async () => {
    const { total, panels } = await programs.statistics(storage(), at("01T12:00"), at("01T13:00"));
    expect(total).toBe(3);
    expect(panels["category"]).toEqual([
      { value: "Recon.Scanning", count: 2 },
      { value: "Test", count: 1 },
    ]);
    const { buckets } = await programs.dashboard(storage(), at("01T11:00"), at("01T14:00"));
    expect(buckets.map(({ count, values }) => [count, values?.["severity"]?.[0]?.count ?? 0])).toEqual([
      [0, 0],
      [3, 3],
      [0, 0],
    ]);
    const { cells } = await programs.crossTable(storage());
    expect(cells.map(({ count, residual }) => [count, residual])).toEqual([
      [2, null],
      [1, null],
    ]);
    expect(await programs.watchdog(storage())).toMatchObject({
      alive: false,
      newest: new Date(secondsAfterNoon(2)),
    });
  });

  it("back up, and clean up", async () => {
    const lines = await collect(programs.backUp(storage(), at("01T00:00"), at("02T00:00")));
    expect(lines).toEqual(EVENTS.map((stored) => `${JSON.stringify(stored)}\n`));
    await storage().thresholdSet("key", at("01T00:00"), at("01T00:00"), at("02T00:00"));
    await storage().thresholdSave("a", "key", GROUP, "low", at("01T00:00"));
    expect(await programs.cleanUp(storage(), at("09T00:00"))).toEqual({
      tests: 1,
      events: 0,
      thresholds: 1,
      thresholded: 1,
    });
    const nextYear = new Date("2025-06-01T00:00:00Z");
    expect(await programs.cleanUp(storage(), nextYear)).toMatchObject({ events: 2 });
  });

  it("count a value once for each event: 34 of the 60 alerts of NEMEA are tcp", async () => {
    const path = sharedData("nemea-alerts.ndjson");
    if (path === null) return;
    await emptyStore(storage());
    const alerts = readFileSync(path, "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as unknown);
    await programs.storeEvents(storage(), alerts);
    const stored = await storage().countEvents();
    const top = await storage().aggregateEvents({ by: "protocol", limit: 1000 });
    for (const { value, count } of top) {
      const counted =
        value === null
          ? storage().countEvents({ filter: "protocol missing" })
          : storage().countEvents({ filter: "protocol = $value", args: { value } });
      expect(await counted, String(value)).toBe(count);
    }
    expect(top.find(({ value }) => value === "tcp")).toEqual({ value: "tcp", count: 34 });
    expect((await storage().timelineEvents({ step: "1mo", by: "protocol" })).total).toBe(stored);
  });
});
