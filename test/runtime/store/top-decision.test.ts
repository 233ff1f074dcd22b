import { describe, expect, it } from "vitest";
import {
  firstProbe,
  decide,
  MAX_OTHERS,
  type Candidate,
  type ListProbe,
  type MergedLists,
} from "../../../runtime/store/dashboards/top-decision.js";

const value = (name: string, count: number, gap = 0): Candidate => ({ value: name, count, gap });
const merged = (candidates: readonly Candidate[], extra: Partial<MergedLists> = {}): MergedLists => ({
  listed: 10,
  stale: 0,
  unseen: 5,
  total: 100,
  candidates,
  ...extra,
});
const FIRST = firstProbe(2);
const WHOLE: ListProbe = { ...FIRST, number: 2, prefix: 100_000 };

describe("the decision on the lists of the most frequent values", () => {
  it("is the best where no other value can reach them and they are exact", () => {
    const best = [value("a", 20), value("b", 10)];
    expect(decide(merged(best), FIRST, 2)).toEqual({ kind: "found", best, total: 100 });
    // One that has the same count exactly comes later in the order of the values.
    expect(decide(merged([...best, value("c", 10)]), FIRST, 2)).toEqual({ kind: "found", best, total: 100 });
    expect(decide(merged([...best, value("c", 4, 5)]), FIRST, 2)).toEqual({
      kind: "found",
      best,
      total: 100,
    });
  });

  it("is to probe further for values that could be among the best, or that are and have a gap", () => {
    for (const [candidates, recount] of [
      [[value("a", 20), value("b", 10), value("c", 8, 2)], ["c"]],
      [[value("a", 20, 1), value("b", 10)], ["a"]],
    ] as const)
      expect(decide(merged(candidates), FIRST, 2)).toEqual({
        kind: "again",
        probe: { ...FIRST, number: 2, recount },
      });
  });

  it("is to read longer lists where a value in none of them could be among the best", () => {
    for (const candidates of [[value("a", 20), value("b", 5)], [value("a", 20)], []])
      expect(decide(merged(candidates), FIRST, 2)).toEqual({ kind: "again", probe: WHOLE });
    expect(decide(merged([value("a", 1)], { unseen: 0 }), FIRST, 2)).toMatchObject({ kind: "found" });
  });

  it("is to scan the days without a list, but not when they are most", () => {
    const candidates = [value("a", 20), value("b", 10)];
    expect(decide(merged(candidates, { stale: 1 }), FIRST, 2)).toEqual({
      kind: "again",
      probe: { ...FIRST, number: 2, scan: true },
    });
    expect(decide(merged(candidates, { stale: 1 }), { ...FIRST, scan: true }, 2)).toMatchObject({
      kind: "found",
    });
    expect(decide(merged(candidates, { stale: 11 }), FIRST, 2)).toEqual({ kind: "scan" });
  });

  it("is to scan everything where whole lists don't help, or too many values are in question", () => {
    expect(decide(merged([value("a", 20), value("b", 5)]), WHOLE, 2)).toEqual({ kind: "scan" });
    const many = Array.from({ length: MAX_OTHERS + 3 }, (_, index) => value(`v${index}`, 10, 1));
    expect(decide(merged(many), FIRST, 2)).toEqual({ kind: "again", probe: WHOLE });
    expect(decide(merged(many), WHOLE, 2)).toEqual({ kind: "scan" });
  });

  it("comes to an end", () => {
    // As if each probe found other values in question.
    let probe = FIRST;
    for (let probes = 1; ; probes++) {
      const decision = decide(merged([value("a", 20), value(`b${probes}`, 10, 1)]), probe, 2);
      if (decision.kind !== "again") {
        expect(decision).toEqual({ kind: "scan" });
        expect(probes).toBe(4);
        break;
      }
      ({ probe } = decision);
    }
  });
});
