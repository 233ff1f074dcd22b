import { describe, expect, it } from "vitest";
import { argumentSources } from "../../../scripts/web/shared/argument-source.js";
import fc from "fast-check";
import { compileFilter } from "../../../compiler/compile.js";
import { IDEA_CATALOGUE } from "../../../compiler/catalogue/idea.js";
import {
  clickedField,
  conditionOf,
  conjuncts,
  withCondition,
} from "../../../scripts/web/shared/conditions.js";
import { boundOf, firstView, readView, writeView } from "../../../scripts/web/shared/view-state.js";
import { readTimeText } from "../../../scripts/web/shared/compose.js";
import { eventToRow } from "../../../runtime/events/row.js";
import { filters } from "../../testing/index.js";
import { anyTexts, readableTexts } from "../../testing/characters.js";

describe("conditions of a click", () => {
  const EVENT = { Format: "IDEA0", ID: "a", DetectTime: "2024-05-01T12:00:00Z" };
  const category = IDEA_CATALOGUE.fields.find(({ name }) => name === "category")!;

  it.each([
    ["", "category = Recon.Scanning"],
    ["severity = high", "severity = high and category = Recon.Scanning"],
    [
      "severity = high or severity = low",
      "(severity = high or severity = low) and category = Recon.Scanning",
    ],
    ["severity = high # a remark", "(severity = high # a remark\n) and category = Recon.Scanning"],
    ["category = Recon.Scanning", "category = Recon.Scanning"],
    ["severity = high and category != Recon.Scanning", "severity = high and category = Recon.Scanning"],
  ])("joins %j", (filter, expected) => {
    const [wanted, opposite] = [true, false].map((is) => conditionOf(category, "Recon.Scanning", is));
    expect(withCondition(filter, wanted!, opposite!)).toBe(expected);
  });

  it("is a filter that means what it says, whatever the value and the field", () => {
    const fields = IDEA_CATALOGUE.fields.filter(({ type }) => type === "text" || type === "hierarchy");
    fc.assert(
      fc.property(fc.constantFrom(...fields), anyTexts({ maxLength: 30 }), (field, value) => {
        fc.pre(!/[\u0000\ud800-\udfff]/u.test(value));
        for (const isWanted of [true, false])
          expect(() => compileFilter(conditionOf(field, value, isWanted))).not.toThrow();
      }),
    );
  });

  it("asks for every word that a top shows, known or not, and finds its events", () => {
    for (const [name, path] of [
      ["tlp", "TLP"],
      ["source.type", "Source.Type"],
      ["protocol", "Source.Proto"],
      ["category", "Category"],
    ] as const)
      for (const given of ["REDDISH", "red", "Recon.New", "tcp", "x y", "TLP:TLP:RED"]) {
        const event = path.startsWith("Source.")
          ? { ...EVENT, Source: [{ [path.slice(7)]: [given] }] }
          : { ...EVENT, [path]: path === "TLP" ? given : [given] };
        const field = clickedField(IDEA_CATALOGUE, name)!;
        const column = name === "protocol" ? "source_protocol" : name.replace(".", "_");
        const stored = [eventToRow(event)[column]].flat().map(String)[0]!;
        const [wanted, other] = [true, false].map((is) => compileFilter(conditionOf(field, stored, is)));
        expect([wanted!.matches(event), other!.matches(event)], `${name} ${stored}`).toEqual([true, false]);
      }
    expect(conditionOf(clickedField(IDEA_CATALOGUE, "tlp")!, "RED", true)).toBe("tlp = RED");
    expect(conditionOf(clickedField(IDEA_CATALOGUE, "tlp")!, "REDDISH", true)).toBe('tlp = "REDDISH"');
  });

  it("leaves a right filter right", () => {
    fc.assert(
      fc.property(filters(), (text) => {
        expect(() => compileFilter(withCondition(text, "category = Test", "category != Test"))).not.toThrow();
      }),
      { numRuns: 60 },
    );
  });

  it("takes conditions apart that are joined by and, outside of brackets", () => {
    expect(conjuncts("a = 1 and (b = 2 and c = 3) && d = 4")).toEqual([
      "a = 1",
      "(b = 2 and c = 3)",
      "d = 4",
    ]);
    expect(conjuncts("a = 1 or b = 2")).toEqual(["a = 1 or b = 2"]);
    expect(conjuncts("")).toEqual([]);
  });
});

describe("the address of a view", () => {
  const usual = firstView({ zone: "UTC", by: "severity", columns: ["id", "detect_time"] });

  it("is empty for the first view", () => {
    expect(writeView(usual, usual)).toBe("");
    expect(readView("", usual)).toEqual(usual);
  });

  it("brings back every view", () => {
    const view = fc.record({
      filter: readableTexts().filter((text) => text !== "-"),
      params: fc.dictionary(fc.constantFrom("nets", "b_2"), readableTexts(), {
        noNullPrototype: true,
      }),
      from: fc.constantFrom("", "now-24h", "2024-05-01T00:00:00.000Z"),
      to: fc.constantFrom("", "2024-05-02T00:00:00.000Z"),
      zone: fc.constantFrom("UTC", "Europe/Prague"),
      by: fc.constantFrom("", "severity", "category"),
      sort: fc.constantFrom("detect_time.desc" as const, "detect_time.asc" as const),
      columns: fc.uniqueArray(fc.constantFrom("id", "source.ip", "description"), { minLength: 1 }),
      event: fc.constantFrom("", "a b/c"),
    });
    fc.assert(
      fc.property(view, (given) => {
        expect(readView(`?${writeView(given, usual)}`, usual)).toEqual(given);
      }),
    );
  });

  it("reads bounds relative to now", () => {
    const now = new Date("2024-05-08T12:00:00Z");
    expect(boundOf("now-24h", now)).toBe("2024-05-07T12:00:00.000Z");
    expect(boundOf("2024-05-01", now)).toBe("2024-05-01T00:00:00.000Z");
    expect(boundOf("", now)).toBeNull();
    expect(boundOf("rubbish", now)).toBeNull();
  });
});

it.each(["1 or true", "now) or (true", "now # x", "", "2024-05-01 and severity = high", "@x"])(
  "takes %j for no time",
  (text) => {
    expect(() => readTimeText("from", text, new Date(), {})).toThrow("from is a time");
  },
);

it("writes values of parameters as a program does", () => {
  expect(argumentSources({ n: 100, ports: [22, 80], t: 'a "b"', lasting: 5n })).toEqual({
    n: "100",
    ports: "[22, 80]",
    t: '"a \\"b\\""',
    lasting: "5n",
  });
});
