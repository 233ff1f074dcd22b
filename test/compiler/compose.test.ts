import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileFilter } from "../../compiler/compile.js";
import { andFilters, composeFilter, notFilter, orFilters, type FilterPart } from "../../compiler/compose.js";
import { FilterError } from "../../grammar/filter-error.js";
import { filters, ideaEvents } from "../testing/index.js";

const matches = (part: FilterPart, event: unknown, args = {}): boolean => {
  const bound = composeFilter(andFilters(part), args);
  return bound.compiled.matches(event, bound.args);
};

describe("a composed filter", () => {
  const low = { Format: "IDEA0", ID: "a", Category: ["Test"], _CESNET: { EventSeverity: "low" } };
  const high = { ...low, ID: "b", _CESNET: { EventSeverity: "high" } };

  it("means what its operator says of its parts", () => {
    fc.assert(
      fc.property(filters(), filters(), ideaEvents(), (left, right, event) => {
        const a = compileFilter(left).matches(event);
        const b = compileFilter(right).matches(event);
        const parts = [left, compileFilter(right)];
        expect(matches(andFilters(...parts), event)).toBe(a && b);
        expect(matches(orFilters(...parts), event)).toBe(a || b);
        expect(matches(notFilter(orFilters(...parts)), event)).toBe(!(a || b));
      }),
      { numRuns: 50 },
    );
  });

  it("without parts is every event, or none", () => {
    expect(matches(andFilters(), low)).toBe(true);
    expect(matches(orFilters(), low)).toBe(false);
  });

  it("can't be opened by the text of a part, whose diagnostics are those of its own text", () => {
    const text = "severity = low) or (true";
    const composed = andFilters("severity = high", text);
    expect(() => composeFilter(composed)).toThrow(FilterError);
    try {
      composeFilter(composed);
    } catch (error) {
      const { diagnostics, text: shown } = error as FilterError & { readonly text: string };
      expect(shown).toBe(text);
      expect(text.slice(diagnostics[0]!.span.start, diagnostics[0]!.span.end)).toBe(")");
    }
    expect(matches(andFilters("severity = high", "true or true # )"), low)).toBe(false);
  });

  it("keeps parameters of parts with arguments apart from each other and from those of the call", () => {
    const of = (severity: string): FilterPart => ({ filter: "severity = $x", args: { x: severity } });
    expect(matches(orFilters(of("low"), of("high")), low)).toBe(true);
    expect(matches(andFilters(of("low"), of("high")), low)).toBe(false);
    expect(matches(andFilters(of("high"), "severity = $x"), high, { x: "high" })).toBe(true);
    expect(matches(andFilters(of("high"), "severity = $x"), high, { x: "low" })).toBe(false);
    // Arguments of the call can't reach into a part.
    expect(matches(andFilters(of("high")), low, { x: "low", "x of part 1": "low" })).toBe(false);
  });

  it("gives a nested composition its arguments", () => {
    const inner = { filter: orFilters("severity = $x", "id = $y"), args: { x: "critical", y: "a" } };
    expect(matches(andFilters(inner, notFilter("severity = $x")), low, { x: "high" })).toBe(true);
  });

  it("refuses one parameter of two types, what is no filter, and names a missing argument", () => {
    expect(() => composeFilter(andFilters("severity = $x", "source.ip in $x"))).toThrow(
      /\$x has different types/,
    );
    expect(() => composeFilter(andFilters(5 as never))).toThrow(/not a value of type number/);
    const { compiled, args } = composeFilter(andFilters({ filter: "severity = $x", args: {} }));
    expect(() => compiled.sql(args)).toThrow("$x of part 1: no value is given for this parameter");
    const reached = composeFilter(andFilters({ filter: "severity = $x", args: {} }), {
      "x of part 1": "low",
    });
    expect(() => reached.compiled.sql(reached.args)).toThrow("no value is given");
  });

  it("is compiled once for the same parts, whatever their arguments", () => {
    const bound = ["low", "high"].map((x) =>
      composeFilter(andFilters({ filter: "severity = $x", args: { x } }, "source.ip in 10.0.0.0/8")),
    );
    expect(bound[0]!.compiled).toBe(bound[1]!.compiled);
    expect(bound[0]!.args).not.toEqual(bound[1]!.args);
  });
});
