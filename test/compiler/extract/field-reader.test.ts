import { describe, expect, it } from "vitest";
import { searchedColumns, tokenSide } from "../../../compiler/catalogue/columns.js";
import { IDEA_CATALOGUE } from "../../../compiler/catalogue/idea.js";
import type { Catalogue, StoredField } from "../../../compiler/catalogue/model.js";
import { elementReader } from "../../../compiler/extract/element-reader.js";
import { fieldReader } from "../../../compiler/extract/field-reader.js";
import { formatPath, problemLog, showValue } from "../../../compiler/extract/value.js";

function storedField(name: string, catalogue = IDEA_CATALOGUE): StoredField {
  const field = catalogue.fields.find((candidate) => candidate.name === name);
  if (field?.kind !== "stored") throw new Error(`no stored field ${name}`);
  return field;
}

const read = (name: string, event: unknown) => fieldReader(storedField(name), IDEA_CATALOGUE)(event);

describe("fieldReader", () => {
  it("gives each type its values", () => {
    const event = {
      ID: "x",
      DetectTime: "1970-01-01T00:00:01.000002Z",
      Confidence: "0.5",
      Source: [{ IP4: ["10.0.0.0/8"], Port: 22, Spoofed: "true" }, { Port: ["25"] }],
    };
    expect(read("id", event)).toEqual(["x"]);
    expect(read("detect_time", event)).toEqual([1_000_002n]);
    expect(read("confidence", event)).toEqual([0.5]);
    expect(read("source.ip", event)).toEqual([{ family: 4, first: 0x0a000000n, last: 0x0affffffn }]);
    expect(read("source.port", event)).toEqual([22, 25]);
    expect(read("source.spoofed", event)).toEqual([true]);
  });

  it("takes the values of a list from all paths, those of a scalar from the first that has one", () => {
    const event = {
      _CESNET: { ResolvedAbuses: ["a"], EventClass: {} },
      _Mentat: { ResolvedAbuses: ["b"], EventClass: "C" },
    };
    expect(read("abuse_group", event)).toEqual(["a", "b"]);
    expect(read("event_class", event)).toEqual(["c"]);
  });

  it.each([null, undefined, 1, "text", [], {}, { Source: null }, { Source: [null, 1] }])(
    "finds nothing in %j",
    (event) => {
      expect(read("source.ip", event)).toEqual([]);
    },
  );

  it("reads own keys only", () => {
    const catalogue: Catalogue = {
      ...IDEA_CATALOGUE,
      fields: [{ ...storedField("note"), name: "odd", paths: ["constructor.name"] }],
      groups: [],
      unionGroups: [],
    };
    const odd = fieldReader(storedField("odd", catalogue), catalogue);
    expect(odd({})).toEqual([]);
    expect(odd(JSON.parse('{"constructor":{"name":"x"}}'))).toEqual(["x"]);
  });

  it("adds the remarks of the mapping to the inspection errors, as the column does", () => {
    expect(read("inspection_error", { Category: ["Test"], _CESNET: { InspectionErrors: "own" } })).toEqual([
      "own",
      "Format: missing",
      "_CESNET.InspectionErrors: a single value where a list is due",
    ]);
  });

  it("shows problems to a log only", () => {
    const reader = fieldReader(storedField("source.port"), IDEA_CATALOGUE);
    const event = { Source: [{ Port: [22, "x", { a: 1 }] }] };
    const log = problemLog(1);
    expect(reader(event, log)).toEqual(reader(event));
    expect(log.problems).toEqual([{ path: "Source[0].Port[1]", reason: '"x" is no whole number' }]);
    expect(log.omitted).toBe(1);
  });
});

describe("elementReader", () => {
  const group = IDEA_CATALOGUE.groups[0];
  if (group === undefined) throw new Error("the catalogue has no group");

  it("gives the elements and reads their fields", () => {
    const { elements, fields } = elementReader(group, IDEA_CATALOGUE);
    const found = elements({ Source: [{ Port: [1] }, "x", [{ Port: [2] }], {}] });
    const port = fields.find(({ name }) => name === "port");
    expect(found.map((element) => port?.read(element))).toEqual([[1], [2], []]);
    expect(elements({ Source: { Port: [1] } })).toHaveLength(1);
    expect(fields.map(({ name }) => name)).toContain("ip");
  });

  it("refuses a catalogue whose fields lie outside their group", () => {
    expect(() => elementReader({ ...group, path: "Sources" }, IDEA_CATALOGUE)).toThrow(
      "source.ip is a field of the group source, but Source.IP4 is not under Sources",
    );
  });
});

describe("messages", () => {
  it("prints places and values shortly", () => {
    expect(formatPath([])).toBe("$");
    expect(formatPath(["Source", 0, "IP4", 2])).toBe("Source[0].IP4[2]");
    expect(showValue("x".repeat(100))).toBe(`"${"x".repeat(40)}…"`);
    expect(showValue("\ud800\u0000")).toBe('"\\ud800\\u0000"');
    expect([showValue([]), showValue({}), showValue(null)]).toEqual(["a list", "an object", "null"]);
  });
});

describe("searchedColumns", () => {
  it("lists fields, groups and tokens", () => {
    const columns = searchedColumns(IDEA_CATALOGUE);
    const type = (name: string) => columns.find((column) => column.name === name)?.pgType;
    expect(["id", "source_ip", "source_port", "source_asn", "byte_count", "detect_time"].map(type)).toEqual([
      "text",
      "iprange[]",
      "integer[]",
      "bigint[]",
      "numeric",
      "timestamptz",
    ]);
    expect(columns.slice(-3).map(({ name }) => name)).toEqual([
      "attach_count",
      "attach_elements",
      "ip_tokens",
    ]);
    expect(columns.filter(({ notNull }) => notNull).map(({ name }) => name)).toEqual([
      "id",
      "detect_time",
      "storage_time",
      "source_count",
      "target_count",
      "node_count",
      "attach_count",
    ]);
  });

  it("numbers the sides of the tokens", () => {
    const sides = ["source.ip", "target.ip", "id"].map((name) =>
      tokenSide(storedField(name), IDEA_CATALOGUE),
    );
    expect(sides).toEqual([1, 2, null]);
  });
});
