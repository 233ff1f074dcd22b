import { describe, expect, it } from "vitest";
import { IDEA_CATALOGUE } from "../../../../compiler/catalogue/idea.js";
import { enumerationOf, indexCatalogue } from "../../../../compiler/catalogue/lookup.js";
import { parseJson, printJson } from "../../../../compiler/values/exact-json.js";
import { EVE_CATEGORIES } from "../../../../runtime/events/converters/eve-tables.js";
import { CONVERTERS, converterOf } from "../../../../runtime/events/converters/index.js";
import { INTELMQ_CATEGORIES } from "../../../../runtime/events/converters/intelmq-tables.js";
import type { ConvertedRecord, FeedRecord } from "../../../../runtime/events/converters/model.js";
import { ZEEK_CATEGORIES } from "../../../../runtime/events/converters/zeek-tables.js";
import { readEventItems } from "../../../../runtime/events/read-events.js";
import { eventToRow } from "../../../../runtime/events/row.js";
import { EVE, INTELMQ, ZEEK, ZEEK_LOG } from "./samples.js";

const convert = (name: string, record: unknown): ConvertedRecord => {
  const converter = converterOf(name);
  if (converter === undefined) throw new Error(`no converter ${name}`);
  return converter.convert(record as FeedRecord);
};

const eventOf = (name: string, record: unknown): Record<string, unknown> => {
  const conversion = convert(name, record);
  if (conversion.kind !== "event") throw new Error(`no event: ${JSON.stringify(conversion)}`);
  return conversion.event;
};

const SAMPLES = [
  ["eve", EVE],
  ["intelmq", INTELMQ],
  ["zeek", ZEEK],
] as const;

describe.each(SAMPLES)("%s", (name, records) => {
  const events = records
    .map((record) => convert(name, record))
    .flatMap((c) => (c.kind === "event" ? [c.event] : []));

  it("makes events that are as the definition has them", () => {
    expect(events.length).toBeGreaterThan(0);
    for (const event of events) expect(eventToRow(event)["inspection_error"]).toBeNull();
  });

  it("gives the same identifier whatever the order of keys, and another to another record", () => {
    const [first] = records;
    const reversed = Object.fromEntries(Object.entries(first).reverse());
    expect(eventOf(name, reversed)["ID"]).toBe(eventOf(name, first)["ID"]);
    expect(eventOf(name, { ...first, another: 1 })["ID"]).not.toBe(eventOf(name, first)["ID"]);
    expect(new Set(events.map(({ ID }) => ID)).size).toBe(events.length);
  });

  it("refuses what should be an event and has no time", () => {
    const { timestamp: _, ts: __, ...rest } = records[0] as Record<string, unknown>;
    const timeless = Object.fromEntries(Object.entries(rest).filter(([key]) => !key.startsWith("time.")));
    expect(convert(name, timeless)).toMatchObject({ kind: "refused" });
  });
});

describe("Suricata", () => {
  it("maps an alert, and keeps the rest under _Suricata", () => {
    expect(eventOf("eve", EVE[0])).toMatchObject({
      Format: "IDEA0",
      DetectTime: "2016-10-13T10:55:00.123456Z",
      EventTime: "2016-10-13T10:54:59Z",
      Category: ["Malware.Trojan"],
      Description: "ET MALWARE Win32/CryFile Checkin",
      PacketCount: 7,
      Source: [{ IP4: ["192.0.2.10"], Port: [51234], Proto: ["tcp", "http"] }],
      Target: [
        {
          IP4: ["198.51.100.7"],
          Port: [80],
          Hostname: ["www.example.com"],
          URL: ["http://www.example.com/gate.php?id=1"],
        },
      ],
      Attach: [{ Content: "R0VUIC8=", ContentEncoding: "base64" }],
      Node: [{ Name: "org.example.sensor_1.suricata", SW: ["Suricata"] }],
      _CESNET: { EventSeverity: "high" },
      _Suricata: {
        flow_id: 1676750115612680,
        in_iface: "eth0",
        vlan: [12],
        alert: { action: "allowed", signature_id: 2024056 },
        http: { http_method: "GET" },
        stream: 1,
      },
    });
    expect(Object.keys(eventOf("eve", EVE[0])["_Suricata"] as object)).not.toContain("src_ip");
  });

  it("heeds who a rule says attacks whom", () => {
    expect(eventOf("eve", EVE[4])).toMatchObject({
      Category: ["Recon.Scanning"],
      Source: [{ IP6: ["2001:db8::2"], Proto: ["ipv6-icmp"] }],
      Target: [{ IP6: ["2001:db8::1"] }],
    });
  });

  it("keeps all digits of what it does not know", () => {
    const text = JSON.stringify(EVE[0]).replace("1676750115612680", "18446744073709551615");
    expect(printJson(eventOf("eve", parseJson(text)))).toContain('"flow_id":18446744073709551615');
  });

  it("skips the records of other kinds by name", () => {
    expect(EVE.slice(1, 4).map((record) => convert("eve", record))).toEqual(
      ["flow", "stats", "dns"].map((what) => ({ kind: "skipped", what })),
    );
  });
});

describe("IntelMQ", () => {
  it("maps an event as its own expert for IDEA does", () => {
    expect(eventOf("intelmq", INTELMQ[0])).toMatchObject({
      DetectTime: "2016-10-13T11:00:00Z",
      EventTime: "2016-10-13T10:55:00Z",
      Category: ["Intrusion.Botnet"],
      Description: "Feodo Tracker: c2-server",
      Confidence: 0.95,
      Ref: ["malid:zeus"],
      Source: [{ Type: ["CC"], IP4: ["192.0.2.9"], Port: [8080], ASN: [64500], Proto: ["tcp"] }],
      Attach: [{ Type: ["OrigData"], ContentEncoding: "base64" }],
      _IntelMQ: { "extra.status": "online", "malware.name": "heodo", "source.geolocation.cc": "CZ" },
    });
    expect(eventOf("intelmq", INTELMQ[0])).not.toHaveProperty("Target");
  });

  it("skips reports", () =>
    expect(convert("intelmq", INTELMQ[1])).toEqual({ kind: "skipped", what: "report" }));
});

describe("Zeek", () => {
  it("maps notices, and skips the other logs", () => {
    expect(eventOf("zeek", ZEEK[0])).toMatchObject({
      DetectTime: "2016-10-13T10:55:00.123456Z",
      Category: ["Recon.Scanning"],
      ConnCount: 15,
      Source: [{ IP4: ["192.0.2.30"] }],
      Target: [{ IP4: ["198.51.100.8"] }],
      Node: [{ Name: "worker_1_2.zeek" }],
      _Zeek: { note: "Scan::Port_Scan", actions: ["Notice::ACTION_LOG"] },
    });
    expect(eventOf("zeek", ZEEK[2])).toMatchObject({
      Category: ["Vulnerable.Config"],
      Source: [{ IP4: ["192.0.2.31"], Port: [40123], Proto: ["tcp"] }],
      Target: [{ IP4: ["198.51.100.8"], Port: [443] }],
    });
    expect(convert("zeek", ZEEK[1])).toMatchObject({ kind: "skipped" });
  });

  it("takes notices of scripts without a module", () => {
    const notice = {
      ts: 1476356100,
      note: "Entity_Pattern_Threshold",
      msg: "Found 2 pattern matches",
      src: "::ffff:192.0.2.1",
    };
    expect(eventOf("zeek", notice)).toMatchObject({
      Category: ["Anomaly.Traffic"],
      _Zeek: { note: notice.note },
    });
    expect(eventToRow(eventOf("zeek", notice))["source_ip"]).toEqual(["192.0.2.1"]);
  });

  it("refuses a line that was cut off, and reads on", async () => {
    const [line = "", ...rest] = ZEEK_LOG.split("\n").slice(8);
    const log = [...ZEEK_LOG.split("\n").slice(0, 8), line.slice(0, 30), line, ...rest].join("\n");
    const items: unknown[] = [];
    for await (const item of readEventItems([log], { expect: "records" })) items.push(item);
    expect(items).toMatchObject([
      { kind: "problem", line: 9, reason: "a line of a Zeek log with 4 fields, where it has 13" },
      { kind: "event", line: 10 },
    ]);
  });

  it("reads Zeek's own lines", async () => {
    const records: unknown[] = [];
    const chunks = [ZEEK_LOG.slice(0, 300), ZEEK_LOG.slice(300)];
    for await (const item of readEventItems(chunks, { expect: "records" }))
      records.push(item.kind === "event" ? item.event : item);
    expect(records).toEqual([
      {
        _path: "notice",
        ts: 1476356100.123456,
        note: "Scan::Port_Scan",
        msg: "a\tb",
        sub: "remote",
        src: "192.0.2.30",
        dst: "198.51.100.8",
        p: 22,
        n: 15,
        peer_descr: "worker-1-2",
        actions: ["Notice::ACTION_LOG", "Notice::ACTION_ALARM"],
        suppress_for: 3600,
      },
    ]);
    expect(eventOf("zeek", records[0])).toMatchObject({ Target: [{ IP4: ["198.51.100.8"], Port: [22] }] });
  });
});

describe("the tables", () => {
  it("name categories of IDEA", () => {
    const index = indexCatalogue(IDEA_CATALOGUE);
    const known = enumerationOf(index, index.fields.get("category")!)?.values ?? [];
    const used = [EVE_CATEGORIES, INTELMQ_CATEGORIES, ZEEK_CATEGORIES].flatMap((table) =>
      Object.values(table),
    );
    expect(used.filter((category) => !known.includes(category))).toEqual([]);
  });

  it("have one name each", () => {
    expect(CONVERTERS.map(({ name }) => name)).toEqual(["idea", "warden", "eve", "intelmq", "zeek"]);
  });
});
