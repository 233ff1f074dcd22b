import { describe, expect, it } from "vitest";
import { eventToRow } from "../../../../runtime/events/row.js";
import { FREQUENCIES } from "../../../../scripts/tools/demo/frequencies.js";
import { generateEvents } from "../../../../scripts/tools/demo/generate-events.js";

describe("generateEvents", () => {
  const events = [...generateEvents({ count: 2000, seed: 3 })];

  it("is reproducible, and differs by seed", () => {
    expect([...generateEvents({ count: 2000, seed: 3 })]).toEqual(events);
    expect([...generateEvents({ count: 1, seed: 4 })]).not.toEqual(events.slice(0, 1));
  });

  it("makes tidy events with identifiers of their own, oldest first, in the interval", () => {
    const rows = events.map((event) => eventToRow(event));
    expect(rows.filter((row) => row["inspection_error"] !== null)).toEqual([]);
    expect(new Set(rows.map((row) => row["id"])).size).toBe(events.length);
    const times = events.map(({ DetectTime }) => Date.parse(DetectTime));
    expect(times).toEqual([...times].sort((a, b) => a - b));
    const [from, to] = [new Date("2024-05-01"), new Date("2024-05-02")];
    for (const { DetectTime } of generateEvents({ count: 100, from, to })) {
      expect(Date.parse(DetectTime)).toBeGreaterThanOrEqual(from.getTime());
      expect(Date.parse(DetectTime)).toBeLessThan(to.getTime());
    }
  });

  it("covers what a store has to cope with", () => {
    const rows = events.map((event) => eventToRow(event));
    const texts = (row: (typeof rows)[number], column: string): string[] =>
      [row[column] ?? []].flat().map((value) => JSON.stringify(value).replaceAll('"', ""));
    const some = (column: string, test: (value: string) => boolean): boolean =>
      rows.some((row) => texts(row, column).some(test));
    expect(new Set(events.flatMap(({ Category }) => Category ?? [])).size).toBeGreaterThanOrEqual(10);
    expect(some("source_ip", (ip) => ip.includes(":"))).toBe(true);
    expect(some("target_ip", (ip) => ip.endsWith("/24"))).toBe(true);
    expect(some("target_ip", (ip) => ip.includes("-"))).toBe(true);
    expect(some("source_count", (count) => count === "2")).toBe(true);
    expect(some("node_count", (count) => count === "2")).toBe(true);
    expect(rows.some(({ source_ip }) => Array.isArray(source_ip) && source_ip.length > 20)).toBe(true);
    const frequent = new Map<string, number>();
    for (const ip of rows.flatMap((row) => texts(row, "source_ip")))
      frequent.set(ip, (frequent.get(ip) ?? 0) + 1);
    expect(Math.max(...frequent.values())).toBeGreaterThan(20);
  });

  it("has categories, ports and keys as often as real events", () => {
    const share = (test: (event: (typeof events)[number]) => boolean): number =>
      events.filter(test).length / events.length;
    const { categories, keys, nodes, events: all } = FREQUENCIES;
    const login = share(({ Category }) => Category?.[0] === "Attempt.Login");
    const scan = share(({ Category }) => Category?.[0] === "Recon.Scanning");
    expect(login / scan).toBeCloseTo((categories["Attempt.Login"] + 2) / (categories.Recon + 2), 0);
    expect(share(({ EventTime }) => EventTime !== undefined)).toBeCloseTo(keys.EventTime / all, 1);
    expect(share(({ Confidence }) => Confidence !== undefined)).toBeCloseTo(keys.Confidence / all, 1);
    expect(share(({ Node }) => Node?.length === 2)).toBeCloseTo(nodes["2"] / all, 1);
    const withPort = (port: number): number =>
      share(({ Target }) => Target?.some(({ Port }) => Port?.includes(port)) === true);
    expect(withPort(22)).toBeGreaterThan(withPort(443));
  });

  it("refuses options that make no sense", () => {
    expect(() => [...generateEvents({ count: -1 })]).toThrow(RangeError);
    expect(() => [...generateEvents({ count: 1, from: new Date(1), to: new Date(0) })]).toThrow(RangeError);
  });
});
