import { describe, expect, it } from "vitest";
import {
  firstLook,
  judge,
  MOST_OTHERS,
  type Candidate,
  type Look,
  type MergedLists,
} from "../../../runtime/store/dashboards/top-verdict.js";

const value = (name: string, count: number, gap = 0): Candidate => ({ value: name, count, gap });
const merged = (candidates: readonly Candidate[], extra: Partial<MergedLists> = {}): MergedLists => ({
  listed: 10,
  stale: 0,
  unseen: 5,
  total: 100,
  candidates,
  ...extra,
});
const LOOK = firstLook(2);
const WHOLE: Look = { ...LOOK, number: 2, prefix: 100_000 };

describe("the verdict on the lists of the most frequent values", () => {
  it("is the best where no other value can reach them and they are exact", () => {
    const best = [value("a", 20), value("b", 10)];
    expect(judge(merged(best), LOOK, 2)).toEqual({ kind: "found", best, total: 100 });
    // One that has the same count exactly comes behind in the order of the values.
    expect(judge(merged([...best, value("c", 10)]), LOOK, 2)).toEqual({ kind: "found", best, total: 100 });
    expect(judge(merged([...best, value("c", 4, 5)]), LOOK, 2)).toEqual({ kind: "found", best, total: 100 });
  });

  it("is to look closer at values that could be among the best, or that are and have a gap", () => {
    for (const [candidates, recount] of [
      [[value("a", 20), value("b", 10), value("c", 8, 2)], ["c"]],
      [[value("a", 20, 1), value("b", 10)], ["a"]],
    ] as const)
      expect(judge(merged(candidates), LOOK, 2)).toEqual({
        kind: "again",
        look: { ...LOOK, number: 2, recount },
      });
  });

  it("is to read longer lists where a value in none of them could be among the best", () => {
    for (const candidates of [[value("a", 20), value("b", 5)], [value("a", 20)], []])
      expect(judge(merged(candidates), LOOK, 2)).toEqual({ kind: "again", look: WHOLE });
    expect(judge(merged([value("a", 1)], { unseen: 0 }), LOOK, 2)).toMatchObject({ kind: "found" });
  });

  it("is to scan the days without a list, but not when they are most", () => {
    const candidates = [value("a", 20), value("b", 10)];
    expect(judge(merged(candidates, { stale: 1 }), LOOK, 2)).toEqual({
      kind: "again",
      look: { ...LOOK, number: 2, scan: true },
    });
    expect(judge(merged(candidates, { stale: 1 }), { ...LOOK, scan: true }, 2)).toMatchObject({
      kind: "found",
    });
    expect(judge(merged(candidates, { stale: 11 }), LOOK, 2)).toEqual({ kind: "scan" });
  });

  it("is to scan everything where whole lists don't help, or too many values are in question", () => {
    expect(judge(merged([value("a", 20), value("b", 5)]), WHOLE, 2)).toEqual({ kind: "scan" });
    const many = Array.from({ length: MOST_OTHERS + 3 }, (_, index) => value(`v${index}`, 10, 1));
    expect(judge(merged(many), LOOK, 2)).toEqual({ kind: "again", look: WHOLE });
    expect(judge(merged(many), WHOLE, 2)).toEqual({ kind: "scan" });
  });

  it("comes to an end", () => {
    // As if each look found other values in question.
    let look = LOOK;
    for (let looks = 1; ; looks++) {
      const verdict = judge(merged([value("a", 20), value(`b${looks}`, 10, 1)]), look, 2);
      if (verdict.kind !== "again") {
        expect(verdict).toEqual({ kind: "scan" });
        expect(looks).toBe(4);
        break;
      }
      ({ look } = verdict);
    }
  });
});
