import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { searchedColumns, type SearchedColumn } from "../../../compiler/catalogue/columns.js";
import { IDEA_CATALOGUE } from "../../../compiler/catalogue/idea.js";
import { decodeArray } from "../../../compiler/values/array.js";
import { eventEncoder } from "../../../runtime/events/encode.js";
import { IdeaError } from "../../../runtime/events/idea-error.js";
import type { ScalarValue } from "../../../runtime/events/column-value.js";
import { eventToRow, type ColumnValue } from "../../../runtime/events/row.js";
import { sharedData } from "../../support/shared-data.js";
import { referenceEvent, smallEvent } from "./reference-event.js";
import { anyTexts } from "../../testing/characters.js";

const ALERTS = sharedData("nemea-alerts.ndjson");

/** The columns that hold something, without the tokens. */
function filled(event: unknown): Record<string, unknown> {
  const entries = Object.entries(eventToRow(event)).filter(
    ([name, value]) => value !== null && name !== "ip_tokens",
  );
  return Object.fromEntries(entries);
}

const remarks = (event: unknown): unknown => eventToRow(event)["inspection_error"];

function refusalOf(event: unknown): string {
  try {
    eventToRow(event);
  } catch (error) {
    if (error instanceof IdeaError) return `${error.path}: ${error.reason}`;
    throw error;
  }
  throw new Error("the event was not refused");
}

describe("the reference event", () => {
  it("maps column by column", () => {
    expect(filled(referenceEvent())).toEqual({
      id: "e1",
      detect_time: "2012-11-03T10:00:07Z",
      storage_time: "2017-04-05T10:21:39Z",
      category: ["Fraud.Phishing", "Test"],
      description: "Synthetic example",
      source_ip: ["192.168.0.2-192.168.0.5", "192.168.0.0/25", "2001:db8::ff00:42:0/112"],
      source_type: ["Phishing"],
      source_protocol: ["tcp", "http"],
      target_ip: ["10.2.2.0/24", "2001:ffff::ff00:42:0/112"],
      target_port: [22, 25, 443],
      target_type: ["Backscatter", "OriginSpam", "CasualIP"],
      node_name: ["org.example.kippo_honey"],
      node_type: ["Protocol", "Honeypot"],
      severity: "low",
      event_class: "vulnerable-config-ssdp",
      abuse_group: ["abuse@cesnet.cz"],
      source_count: 1,
      target_count: 2,
      target_elements: [
        { type: ["Backscatter", "OriginSpam"] },
        { ip: ["10.2.2.0/24", "2001:ffff::ff00:42:0/112"], port: [22, 25, 443], type: ["CasualIP"] },
      ],
      node_count: 1,
      attach_count: 0,
    });
  });

  it("has a value, null at least, for every column, in their order", () => {
    expect(Object.keys(eventToRow(referenceEvent()))).toEqual(
      searchedColumns(IDEA_CATALOGUE).map(({ name }) => name),
    );
  });

  it("reads the other name of the extension object", () => {
    const { _CESNET: extension, ...event } = referenceEvent();
    expect(eventToRow({ ...event, _Mentat: extension })).toEqual(eventToRow(referenceEvent()));
  });
});

describe("the real alerts", () => {
  it.skipIf(ALERTS === null)("map without a refusal, what is odd in them remarked on", () => {
    const rows = readFileSync(ALERTS ?? "", "utf8")
      .trim()
      .split("\n")
      .map((line) => eventToRow(JSON.parse(line)));
    expect(rows).toHaveLength(60);
    const texts = rows.flatMap((row) => (row["inspection_error"] ?? []) as string[]);
    expect([...new Set(texts)].sort()).toEqual([
      'Category[0]: "Availibility.DDoS" is not a category',
      'Category[0]: "Malware.Ransomware" is not a category',
      'Category[0]: "Suspicious.Booter" is not a category',
      'Category[0]: "Suspicious.Miner" is not a category',
      'Source[0].URL[0]: "phishing.example.cz" is not a URI',
      'Source[0].URL[0]: "ramsomware.example.org" is not a URI',
      "Target[0].Port: a single value where a list is due",
    ]);
    expect(rows.every((row) => row["node_name"] !== null)).toBe(true);
  });
});

describe("untidy events", () => {
  it.each<[string, Record<string, unknown>, Record<string, unknown>, string[] | undefined]>([
    [
      "scalar port",
      { Target: [{ Port: 22 }] },
      { target_port: [22] },
      ["Target[0].Port: a single value where a list is due"],
    ],
    [
      "port as text",
      { Target: [{ Port: ["443"] }] },
      { target_port: [443] },
      ['Target[0].Port[0]: "443" is text where a number is due'],
    ],
    [
      "single source",
      { Source: { IP4: ["192.0.2.1"] } },
      { source_ip: ["192.0.2.1"], source_count: 1 },
      ["Source: a single object where a list is due"],
    ],
    ["empty object", { Source: [{}] }, { source_count: 1 }, ["Source[0]: an empty object"]],
    [
      "no object",
      { Source: ["nowhere", 7] },
      { source_count: 0 },
      ["Source[0]: not an object", "Source[1]: not an object"],
    ],
    [
      "nameless node",
      { Node: [{ SW: ["Nemea"] }] },
      { node_name: undefined, node_software: ["Nemea"] },
      ["Node[0]: no Name"],
    ],
    [
      "misspelt category",
      { Category: ["Recon.Scaning"] },
      { category: ["Recon.Scaning"] },
      ['Category[0]: "Recon.Scaning" is not a category'],
    ],
    [
      "category in another case",
      { Category: ["recon.scanning"] },
      { category: ["Recon.Scanning"] },
      undefined,
    ],
    [
      "hostname only",
      { Source: [{ Hostname: ["a.example"] }] },
      { source_hostname: ["a.example"] },
      undefined,
    ],
    ["unknown keys", { Foo: { Bar: [1] } }, {}, undefined],
    [
      "missing keys",
      { Format: undefined, Category: [] },
      { category: undefined },
      ["Format: missing", "Category: missing"],
    ],
    [
      "bad port",
      { Target: [{ Port: [70000, 22, 1.5, "x"] }] },
      { target_port: [22] },
      [
        "Target[0].Port[0]: 70000 is outside 0 to 65535",
        "Target[0].Port[2]: 1.5 is no whole number",
        'Target[0].Port[3]: "x" is no whole number',
      ],
    ],
    [
      "network with host bits",
      { Source: [{ IP4: ["10.1.2.3/8"] }] },
      { source_ip: ["10.0.0.0/8"] },
      undefined,
    ],
    [
      "reversed range",
      { Source: [{ IP4: ["192.0.2.9-192.0.2.1"] }] },
      { source_ip: ["192.0.2.1-192.0.2.9"] },
      undefined,
    ],
    [
      "block at zero",
      { Source: [{ IP4: ["0.0.0.0/1"], IP6: ["::/3"] }] },
      { source_ip: ["0.0.0.0/1", "::/3"] },
      undefined,
    ],
    [
      "nested lists",
      { Source: [[{ IP4: [["192.0.2.1"], "192.0.2.2"] }]] },
      { source_ip: ["192.0.2.1", "192.0.2.2"], source_count: 1 },
      ["Source[0]: a list within a list"],
    ],
    ["category case", { Category: ["recon.SCANNING"] }, { category: ["Recon.Scanning"] }, undefined],
    ["protocol case", { Source: [{ Proto: ["TCP"] }] }, { source_protocol: ["tcp"] }, undefined],
    ["TLP prefix", { TLP: "tlp:red" }, { tlp: "RED" }, undefined],
    ["TLP strict", { TLP: "amber+strict" }, { tlp: "AMBER+STRICT" }, undefined],
    ["TLP strict with a hyphen", { TLP: "AMBER-STRICT" }, { tlp: "AMBER+STRICT" }, undefined],
    [
      "TLP strict with a blank and a prefix",
      { TLP: "TLP: Amber Strict" },
      { tlp: "AMBER+STRICT" },
      undefined,
    ],
    ["TLP of version 1", { TLP: "white" }, { tlp: "CLEAR" }, undefined],
    ["unknown TLP label", { TLP: "Reddish" }, { tlp: "REDDISH" }, ['TLP: "Reddish" is not a TLP label']],
    [
      "TLP that is no text",
      { TLP: { to: 1 } },
      { tlp: '{"TO":1}' },
      ['TLP: "{\\"to\\":1}" is not a TLP label'],
    ],
    ["TLP that says nothing", { TLP: " " }, { tlp: undefined }, ["TLP: an empty text where a word is due"]],
    [
      "class that says nothing",
      { _CESNET: { EventClass: "" }, Source: [{ Proto: ["", "TCP"], Type: [""] }] },
      { event_class: undefined, source_protocol: ["tcp"], source_type: undefined },
      [
        "_CESNET.EventClass: an empty text where a word is due",
        "Source[0].Type[0]: an empty text where a word is due",
        "Source[0].Proto[0]: an empty text where a protocol is due",
      ],
    ],
    [
      "unknown severity",
      { _CESNET: { EventSeverity: "urgent" } },
      { severity: undefined },
      ['_CESNET.EventSeverity: "urgent" is not a severity'],
    ],
    [
      "number as text",
      { Description: 7 },
      { description: "7" },
      ["Description: 7 is a number where text is due"],
    ],
    [
      "list as scalar",
      { Description: ["a", "b"] },
      { description: "a" },
      [
        "Description[1]: more than one value; the first is used",
        "Description: a list where a single value is due",
      ],
    ],
    [
      "Unix seconds",
      { EventTime: 1714550400.5 },
      { event_time: "2024-05-01T08:00:00.500000Z" },
      ["EventTime: 1714550400.5: seconds since 1970, not RFC 3339"],
    ],
    [
      "half-hour offset",
      { EventTime: "2024-05-01 04:30:00-03:30" },
      { event_time: "2024-05-01T08:00:00Z" },
      undefined,
    ],
    [
      "count of 64 bits",
      { ByteCount: 2 ** 60, PacketCount: 18446744073709551615n, FlowCount: "9007199254740993" },
      {
        byte_count: "1152921504606847000",
        packet_count: "18446744073709551615",
        flow_count: "9007199254740993",
      },
      ['FlowCount: "9007199254740993" is text where a number is due'],
    ],
    [
      "count beyond 64 bits",
      { ByteCount: 2 ** 70 },
      { byte_count: undefined },
      [`ByteCount: ${2 ** 70} is outside 0 to 99999999999999999999`],
    ],
    [
      "NUL and half a surrogate pair",
      { Note: "a\u0000b\ud800" },
      { note: "a\ufffdb\ufffd" },
      ["Note: U+0000 or half a surrogate pair is replaced"],
    ],
    [
      "prototype keys",
      {
        ["__proto__"]: 1,
        constructor: { name: "x" },
        Source: [JSON.parse('{"__proto__":{"IP4":["192.0.2.1"]}}')],
      },
      { source_ip: undefined },
      undefined,
    ],
  ])("%s", (_, keys, columns, expected) => {
    expect(eventToRow(smallEvent(keys))).toMatchObject(
      Object.fromEntries(Object.entries(columns).map(([name, value]) => [name, value ?? null])),
    );
    expect(remarks(smallEvent(keys))).toEqual(expected ?? null);
  });

  it("puts its remarks after the event's own inspection errors and bounds them", () => {
    const Port = Array.from({ length: 50 }, () => -1);
    const texts = remarks(
      smallEvent({ Target: [{ Port }], _CESNET: { InspectionErrors: ["own"] } }),
    ) as string[];
    expect(texts).toHaveLength(22);
    expect([texts[0], texts.at(-1)]).toEqual(["own", "and 30 more"]);
  });

  it("leaves out texts that an index entry cannot hold", () => {
    const long = "x".repeat(5000);
    const row = eventToRow(smallEvent({ Node: [{ Name: long }], Description: long }));
    expect(row).toMatchObject({ node_name: null, description: long });
    expect(row["inspection_error"]).toEqual([
      "Node[0].Name: a text of 5000 characters is too long to be searched for",
    ]);
  });
});

describe("refusals", () => {
  it.each<[unknown, string]>([
    [null, "$: an event is a JSON object"],
    [[smallEvent()], "$: an event is a JSON object"],
    [{ DetectTime: "2024-05-01T08:00:00Z" }, "ID: missing"],
    [smallEvent({ ID: "" }), "ID: the identifier is empty"],
    [smallEvent({ ID: {} }), "ID: an object is no identifier"],
    [smallEvent({ ID: "a\u0000" }), "ID: the identifier holds U+0000 or half a surrogate pair"],
    [smallEvent({ ID: "x".repeat(600) }), "ID: the identifier has 600 characters, the limit is 512"],
    [smallEvent({ DetectTime: undefined }), "DetectTime: missing"],
    [
      smallEvent({ DetectTime: "yesterday" }),
      'DetectTime: "yesterday" is no time (RFC 3339 or Unix seconds)',
    ],
    [smallEvent({ DetectTime: 1e30 }), "DetectTime: 1e+30 is no time (RFC 3339 or Unix seconds)"],
  ])("case %#", (event, reason) => {
    expect(refusalOf(event)).toBe(reason);
  });

  it("takes a number as identifier", () => {
    expect(eventToRow(smallEvent({ ID: 42 }))["id"]).toBe("42");
  });
});

describe("hostile events", () => {
  const nested = (depth: number, open: string, close: string): unknown =>
    JSON.parse(open.repeat(depth) + close.repeat(depth));
  it.each<[string, Record<string, unknown>]>([
    ["lists in lists", { Source: nested(100_000, "[", "]"), Category: nested(100_000, "[", "]") }],
    ["objects in objects", { Source: JSON.parse(`${'{"Source":'.repeat(100_000)}1${"}".repeat(100_000)}`) }],
    [
      "many addresses",
      {
        Source: [
          { IP4: Array.from({ length: 100_000 }, (_, i) => `10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`) },
        ],
      },
    ],
    ["many sources", { Source: Array.from({ length: 50_000 }, () => ({ IP4: ["192.0.2.1"] })) }],
    [
      "long blanks",
      {
        Source: [{ IP4: [" ".repeat(1_000_000)] }],
        EventTime: " ".repeat(1_000_000),
        ByteCount: " ".repeat(1_000_000),
      },
    ],
    ["infinite numbers", { Confidence: JSON.parse("1e999"), ConnCount: JSON.parse("-1e999"), DetectTime: 0 }],
  ])("%s", (_, keys) => {
    const row = eventToRow(smallEvent(keys));
    expect(row["id"]).toBe("small");
    expect(() => JSON.stringify(row)).not.toThrow();
  });
});

describe("eventToRow", () => {
  const keys = fc.constantFrom(
    "ID",
    "DetectTime",
    "Category",
    "Source",
    "IP4",
    "Port",
    "Node",
    "Name",
    "_CESNET",
    "TLP",
    "__proto__",
    "EventSeverity",
  );
  const { json } = fc.letrec<{ json: unknown }>((tie) => ({
    json: fc.oneof(
      { depthSize: "medium", withCrossShrink: true },
      fc.constantFrom(
        null,
        true,
        0,
        -1,
        1e300,
        22,
        "",
        "192.0.2.1",
        "10.0.0.0/8",
        "tcp",
        "2024-05-01T08:00:00Z",
        "\u0000",
        "\udfff",
      ),
      anyTexts(),
      fc.double(),
      fc.array(tie("json"), { maxLength: 4 }),
      fc.dictionary(fc.oneof(keys, fc.string()), tie("json"), { maxKeys: 6 }),
    ),
  }));
  const encode = eventEncoder(IDEA_CATALOGUE);

  /** What the row holds in a column and its encoded text, both as texts. */
  const comparable = (column: SearchedColumn, cell: ColumnValue, text: string | null): readonly unknown[] => {
    if (column.kind === "elements") return [cell, JSON.parse(text ?? "null")];
    if (Array.isArray(cell)) return [cell.map(String), decodeArray(text ?? "")];
    return [cell === null ? null : `${cell as ScalarValue}`, text];
  };

  it("gives a JSON-able row, encoded with the same values, or throws IdeaError, whatever the event", () => {
    fc.assert(
      fc.property(json, fc.boolean(), (value, complete) => {
        const isCompleted = complete && typeof value === "object" && !Array.isArray(value);
        const event = isCompleted ? smallEvent({ ...value, ID: 1, DetectTime: 0 }) : value;
        try {
          const row = eventToRow(event);
          expect(JSON.parse(JSON.stringify(row))).toEqual(row);
          const texts = encode(event, 0n);
          for (const [index, column] of searchedColumns(IDEA_CATALOGUE).entries()) {
            const stamp = column.name === "storage_time" ? "1970-01-01T00:00:00Z" : null;
            const [held, encoded] = comparable(column, row[column.name] ?? stamp, texts[index] ?? null);
            expect(encoded).toEqual(held);
          }
        } catch (error) {
          if (!(error instanceof IdeaError)) throw error;
          expect(isCompleted).toBe(false);
        }
      }),
      { numRuns: 500 },
    );
  });
});
