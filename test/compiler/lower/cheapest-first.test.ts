import { describe, expect, it } from "vitest";
import { compileFilter } from "../../../compiler/compile.js";
import { cheapestFirst } from "../../../compiler/lower/cheapest-first.js";
import type { Condition } from "../../../compiler/tree.js";

/** The names of the fields of a condition, in their order. */
function names(condition: Condition): readonly unknown[] {
  switch (condition.kind) {
    case "and":
    case "or":
      return condition.operands.map(names);
    case "atom":
      return [condition.name];
    default:
      return [condition.kind];
  }
}

const ordered = (filter: string) => names(cheapestFirst(compileFilter(filter).condition)).flat(3);

describe("tests of rows that are looked at one by one", () => {
  it.each([
    ["category = Recon.Scanning and severity = high", ["severity", "category"]],
    ["source.ip in 10.0.0.0/8 and detect_time >= 2024-05-01", ["detect_time", "source.ip"]],
    ["description matches /a+/ and severity = high", ["severity", "description"]],
    ["category under Recon and source.ip in 10.0.0.0/8", ["source.ip", "category"]],
    ["source has (ip in 10.0.0.0/8 and port = 22) and category under Recon", ["category", "has"]],
    [
      "(category under Recon or severity = high) and target.port = 22",
      ["target.port", "severity", "category"],
    ],
  ])("of %s", (filter, expected) => {
    expect(ordered(filter)).toEqual(expected);
  });

  it("that cost the same stay as they were written", () => {
    expect(ordered("severity = high and conn_count > 3")).toEqual(["severity", "conn_count"]);
    expect(ordered("conn_count > 3 and severity = high")).toEqual(["conn_count", "severity"]);
  });
});
