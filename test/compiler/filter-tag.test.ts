import { describe, expect, it } from "vitest";
import { compileFilter } from "../../compiler/compile.js";
import { andFilters, composeFilter, type ComposedFilter } from "../../compiler/compose.js";
import { filter } from "../../compiler/filter-tag.js";
import { FilterError } from "../../grammar/filter-error.js";

const sqlOf = (composed: ComposedFilter) => {
  const { compiled, args } = composeFilter(composed);
  return compiled.sql(args);
};
const plain = (text: string, args: Readonly<Record<string, unknown>> = {}) => compileFilter(text).sql(args);

describe("the tag filter", () => {
  it("binds values as parameters", () => {
    const nets = ["10.0.0.0/8", "192.0.2.0/24"];
    expect(
      sqlOf(filter`source.ip in ${nets} and severity >= ${"high"} and target.port in [${22}, 80]`),
    ).toEqual(
      plain("source.ip in $nets and severity >= $least and target.port in [$port, 80]", {
        nets,
        least: "high",
        port: 22,
      }),
    );
  });

  it.each(['x" or true or note = "', "a) or (true", "$value1", '"', "\\"])(
    "takes the value %j for a value",
    (value) => {
      const { compiled, args } = composeFilter(filter`description = ${value}`);
      expect(compiled.sql(args).text).toBe(plain('description = "x"').text);
      expect(compiled.matches({ Description: value }, args)).toBe(true);
      expect(compiled.matches({ Description: "x" }, args)).toBe(false);
    },
  );

  it("takes filters where conditions are due: text, compiled, composed, with arguments", () => {
    const low = compileFilter("severity = low");
    const mine = { filter: "target.ip in $nets", args: { nets: ["10.0.0.0/8"] } };
    const composed = andFilters("category under Recon", mine);
    expect(sqlOf(filter`${low} and not (${"tlp = red"} or ${composed})`)).toEqual(
      plain("severity = low and not (tlp = red or (category under Recon and target.ip in $nets))", mine.args),
    );
  });

  it("has exclusive or of filters", () => {
    const composed = composeFilter(filter`${"severity = low"} xor tlp = ${"RED"}`);
    const matches = (event: object): boolean => composed.compiled.matches(event, composed.args);
    const severity = { EventSeverity: "low" };
    expect(matches({ _CESNET: severity })).toBe(true);
    expect(matches({ TLP: "RED" })).toBe(true);
    expect(matches({ _CESNET: severity, TLP: "RED" })).toBe(false);
    expect(matches({})).toBe(false);
  });

  it("can't be broken out of by the text of a part", () => {
    for (const text of ["tlp = red) or (true", "tlp = red # ", "tlp = red or true"]) {
      const composed = filter`severity = critical and ${text} and note exists`;
      const matches = (): boolean => composeFilter(composed).compiled.matches({ TLP: "GREEN" });
      if (text.includes(")")) expect(matches).toThrow(FilterError);
      else expect(matches()).toBe(false);
    }
  });

  it("reads the text as it is written", () => {
    expect(sqlOf(filter`description matches /^\d+\.\w$/ and note = "a\"b"`)).toEqual(
      plain('description matches /^\\d+\\.\\w$/ and note = "a\\"b"'),
    );
  });

  it("compiles to one text whatever the values", () => {
    const make = (port: number): string => sqlOf(filter`target.port = ${port} and ${"tlp = red"}`).text;
    expect(make(1)).toBe(make(2));
  });

  it("is every event when it is empty", () => expect(sqlOf(filter``).text).toBe("true"));

  it.each([
    ["a value in quotes", () => filter`note = "${"x"}"`, /inside a quoted text/],
    ["a value in a comment", () => filter`note = a # ${"x"}`, /inside a quoted text/],
    ["a number for a condition", () => filter`${5} and note = a`, /where a condition is due/],
    ["a filter for a value", () => filter`note = ${filter`tlp = red`}`, /where a value is due/],
    ["no value", () => filter`note = ${undefined}`, /is undefined/],
    ["a filter inside has", () => filter`source has (ip = 10.0.0.1 and ${"tlp = red"})`, /inside has/],
    ["a parameter beside values", () => filter`note = ${"x"} and tlp = $label`, /\$label/],
    ["wrong text", () => filter`note = ${"x"} note = a`, /E006/],
  ])("refuses %s", (_, make, message) => expect(make).toThrow(message));
});
