/** Events that deviate from the IDEA0 definition: what is read out of them, and the remark on each deviation. */
import { describe, expect, it } from "vitest";
import { compileFilter } from "../../../compiler/compile.js";
import { eventToRow } from "../../../runtime/events/row.js";

const base = { Format: "IDEA0", ID: "deviant", DetectTime: "2016-10-13T10:55:00Z", Category: ["Test"] };
const rowOf = (keys: Record<string, unknown>) => eventToRow({ ...base, ...keys });
const remarksOf = (keys: Record<string, unknown>) => (rowOf(keys)["inspection_error"] ?? []) as string[];

describe("times", () => {
  it.each<[unknown, string, string | null]>([
    ["2016-10-13T12:55:00+02", "2016-10-13T10:55:00Z", "not RFC 3339"],
    ["2016-10-13T12:55:00+0200", "2016-10-13T10:55:00Z", "not RFC 3339"],
    ["2016-10-13T12:55:00+02:00", "2016-10-13T10:55:00Z", null],
    ["2016-10-13T00:00Z", "2016-10-13T00:00:00Z", "not RFC 3339"],
    ["2016-10-13 12:55+02", "2016-10-13T10:55:00Z", "not RFC 3339"],
    ["2016-10-13T10:55:00,123Z", "2016-10-13T10:55:00.123000Z", "not RFC 3339"],
    ["2016-10-13 12:55:00,5 +0200", "2016-10-13T10:55:00.500000Z", "not RFC 3339"],
    ["2016-10-13T10:55:00.123456", "2016-10-13T10:55:00.123456Z", "no time zone, read as UTC"],
    ["2016-10-13 10:55", "2016-10-13T10:55:00Z", "no time zone, read as UTC"],
    ["2016-10-13 10:55:00 UTC", "2016-10-13T10:55:00Z", "not RFC 3339"],
    ["2016/10/13 10:55:00Z", "2016-10-13T10:55:00Z", "not RFC 3339"],
    ["20161013T105500Z", "2016-10-13T10:55:00Z", "not RFC 3339"],
    [1476356100, "2016-10-13T10:55:00Z", "seconds since 1970, not RFC 3339"],
    ["1476356100.25", "2016-10-13T10:55:00.250000Z", "seconds since 1970, not RFC 3339"],
    [1476356100123, "2016-10-13T10:55:00.123000Z", "milliseconds since 1970, not RFC 3339"],
    ["1476356100123", "2016-10-13T10:55:00.123000Z", "milliseconds since 1970, not RFC 3339"],
    [1476356100123456, "2016-10-13T10:55:00.123456Z", "microseconds since 1970, not RFC 3339"],
  ])("%j is %s", (time, read, problem) => {
    const row = rowOf({ DetectTime: time, EventTime: time });
    expect([row["detect_time"], row["event_time"]]).toEqual([read, read]);
    expect(remarksOf({ EventTime: time })).toEqual(
      problem === null
        ? []
        : [`EventTime: ${typeof time === "string" ? `"${time}"` : String(time)}: ${problem}`],
    );
    expect(compileFilter(`event_time = ${read}`).matches({ ...base, EventTime: time })).toBe(true);
  });

  const date = "a date without a time, read as the start of that day";
  const noZone = "no time zone, read as UTC";

  it.each<[unknown, string, string?]>([
    ["2016-10-13", "2016-10-13T00:00:00Z", date],
    ["20161013", "2016-10-13T00:00:00Z", date],
    ["2016-W41-4", "2016-10-13T00:00:00Z", date],
    ["2016-287", "2016-10-13T00:00:00Z", date],
    ["2020-W53-5T10:55:00Z", "2021-01-01T10:55:00Z"],
    ["20161013105500", "2016-10-13T10:55:00Z", noZone],
    ["13.10.2016 10:55", "2016-10-13T10:55:00Z", noZone],
    ["10/13/2016 10:55:00 AM", "2016-10-13T10:55:00Z", noZone],
    ["2016-1-3T1:5:0Z", "2016-01-03T01:05:00Z"],
    ["2016-10-13 12:55:00 CEST", "2016-10-13T10:55:00Z"],
    ["2016-10-13 12:55:00 Europe/Prague", "2016-10-13T10:55:00Z"],
    ["2016-10-13T12:55:00+02:00[Europe/Prague]", "2016-10-13T10:55:00Z"],
    ["2016-10-13T10:55:00[UTC]", "2016-10-13T10:55:00Z"],
    ["2016-10-13T12:55:00UTC+2", "2016-10-13T10:55:00Z"],
    ["2016-10-13T12:55:00\u2212", "", "refused"],
    ["2016-10-13T08:55:00\u221202:00", "2016-10-13T10:55:00Z"],
    ["2016-10-13T10:55:00+00:00Z", "2016-10-13T10:55:00Z"],
    ["Thu Oct 13 12:55:00 CEST 2016", "2016-10-13T10:55:00Z"],
    ["13 October 2016 10:55:00", "2016-10-13T10:55:00Z", noZone],
    ["13/Oct/2016:12:55:00 +0200", "2016-10-13T10:55:00Z"],
    ["Thursday, 13-Oct-16 10:55:00 GMT", "2016-10-13T10:55:00Z"],
    ["Oct 13, 2016 10:55 PM", "2016-10-13T22:55:00Z", noZone],
    ["0xdba9e684.0x80000000", "2016-10-13T10:55:00.500000Z", "an NTP stamp, not RFC 3339"],
    ["dba9e684.80000000", "2016-10-13T10:55:00.500000Z", "an NTP stamp, not RFC 3339"],
    ["2016-10-12T24:00:00Z", "2016-10-13T00:00:00Z"],
    ["1476356100123456789", "2016-10-13T10:55:00.123456Z", "nanoseconds since 1970, not RFC 3339"],
    [{ $date: { $numberLong: "1476356100123" } }, "2016-10-13T10:55:00.123000Z"],
    ...[
      "10/11/2016",
      "2016-10-13 10:55:00 IST",
      "Oct 13 10:55:00",
      "2016-W54-1",
      "2016-367",
      "2016-10-13 13:00 PM",
    ].map((text): [unknown, string, string] => [text, "", "refused"]),
  ])("careless: %j is %s", (time, read, problem = "not RFC 3339") => {
    if (problem === "refused") return expect(() => rowOf({ DetectTime: time })).toThrow("is no time");
    expect(rowOf({ DetectTime: time })["detect_time"]).toBe(read);
    expect(remarksOf({ EventTime: time })).toEqual([expect.stringMatching(`^EventTime: .*: ${problem}$`)]);
  });

  it.each(["2016-13-01T00:00Z", "2016-10-13T25:00+02", "2016-10-1310:55", "99999999999999"])(
    "%s is none",
    (time) => expect(() => rowOf({ DetectTime: time })).toThrow("is no time"),
  );
});

describe("names in another case", () => {
  const event = {
    format: "IDEA0",
    id: "lower",
    detectTime: "2016-10-13T10:55:00Z",
    CATEGORY: ["Test"],
    source: [{ Ip4: ["192.0.2.1"], PORT: [22] }, { ip6: ["2001:db8::1"] }],
    node: [{ name: "org.example.a", type: ["Relay"] }],
    _cesnet: { eventseverity: "low" },
  };

  it("are read like the names of the definition, with a remark on each", () => {
    expect(eventToRow(event)).toMatchObject({
      id: "lower",
      detect_time: "2016-10-13T10:55:00Z",
      category: ["Test"],
      source_ip: ["192.0.2.1", "2001:db8::1"],
      source_port: [22],
      source_count: 2,
      source_elements: [{ ip: ["192.0.2.1"], port: [22] }, { ip: ["2001:db8::1"] }],
      node_name: ["org.example.a"],
      node_type: ["Relay"],
      severity: "low",
    });
    expect(eventToRow(event)["inspection_error"]).toEqual([
      "format: IDEA0 writes this name Format",
      "id: IDEA0 writes this name ID",
      "detectTime: IDEA0 writes this name DetectTime",
      "CATEGORY: IDEA0 writes this name Category",
      "source[0].Ip4: IDEA0 writes this name IP4",
      "source[0].PORT: IDEA0 writes this name Port",
      "source[1].ip6: IDEA0 writes this name IP6",
      "source: IDEA0 writes this name Source",
      "node[0].name: IDEA0 writes this name Name",
      "node[0].type: IDEA0 writes this name Type",
      "node: IDEA0 writes this name Node",
    ]);
  });

  it("mean the same in memory", () => {
    const filter = compileFilter("source has (ip = 192.0.2.1 and port = 22) and node.name = org.example.a");
    expect(filter.matches(event)).toBe(true);
  });

  it("may be beside each other", () => {
    const row = rowOf({ Source: [{ IP4: ["192.0.2.1"], ip4: ["192.0.2.2"] }], id: "other" });
    expect(row).toMatchObject({ id: "deviant", source_ip: ["192.0.2.1", "192.0.2.2"] });
    expect(row["inspection_error"]).toContain("id: more than one value; the first is used");
  });
});

describe("keys of the first drafts", () => {
  it("are read where the field is", () => {
    const row = rowOf({
      Source: [{ IP: ["192.0.2.1", "2001:db8::1"] }],
      Node: [{ Name: "org.example.a", Tags: ["Flow"] }],
    });
    expect(row).toMatchObject({ source_ip: ["192.0.2.1", "2001:db8::1"], node_type: ["Flow"] });
  });
});

describe("careless values", () => {
  const source = (keys: Record<string, unknown>) => rowOf({ Source: [keys] });

  it.each([
    ["198.51.100.1, 198.51.100.7", ["198.51.100.1", "198.51.100.7"]],
    ["198.51.100.1:80", ["198.51.100.1"]],
    ["[2001:db8::1]:443", ["2001:db8::1"]],
    ["fe80::1%eth0", ["fe80::1"]],
    ["198.51.100.9/255.255.255.0", ["198.51.100.0/24"]],
    ["198.51.100.*", ["198.51.100.0/24"]],
    ["10/8", ["10.0.0.0/8"]],
    ["198.51.100.1-9", ["198.51.100.1-198.51.100.9"]],
    ["198.51.100.1 \u2013 198.51.100.9", ["198.51.100.1-198.51.100.9"]],
    ["198[.]51[.]100[.]1", ["198.51.100.1"]],
    ["198.51.100.1 to 198.51.100.9", ["198.51.100.1-198.51.100.9"]],
    [{ first: "198.51.100.1", last: "198.51.100.9" }, ["198.51.100.1-198.51.100.9"]],
    // What may mean another address, or none.
    ["198.51.100.1/255.0.255.0", null],
    ["198.51.100.9-1", null],
    ["010.0.0.1", null],
    [3325256705, null],
    [{ address: "198.51.100.1" }, null],
    ["198.51.100.1 or so", null],
  ])("the addresses of %j are %j", (text, read) => {
    const row = source({ IP: [text] });
    expect(row["source_ip"]).toEqual(read);
    expect(row["inspection_error"]).toHaveLength(1);
  });

  it.each([
    ["8080/tcp", [8080]],
    ["80, 443", [80, 443]],
    ["80.0", [80]],
    ["80-83", [80, 81, 82, 83]],
    ["22, 80 - 82", [22, 80, 81, 82]],
    ["HTTPS", [443]],
    [{ from: 80, to: 81 }, [80, 81]],
    ["90-80", null],
    ["1-65535", null],
    ["70000/tcp", null],
  ])("the ports of %j are %j", (text, read) => {
    const row = source({ Port: [text] });
    expect(row["source_port"]).toEqual(read);
    expect(row["inspection_error"]).toEqual(
      expect.arrayContaining([expect.stringContaining("Source[0].Port[0]: ")]),
    );
  });

  it.each<[Record<string, unknown>, Record<string, unknown>]>([
    [{ Confidence: "80%" }, { confidence: 0.8 }],
    [{ Confidence: "0,8" }, { confidence: 0.8 }],
    [{ ConnCount: "1,234" }, { conn_count: null }],
    [
      { ConnCount: "12 000", FlowCount: "1.5e3" },
      { conn_count: 12_000, flow_count: 1_500 },
    ],
    [{ Category: ["Recon.Scanning, attempt.login"] }, { category: ["Recon.Scanning", "Attempt.Login"] }],
    [{ Source: [{ Type: ["Botnet CC"] }] }, { source_type: ["Botnet", "CC"] }],
    [
      { Source: [{ Hostname: ["a.example.org; B.example.org"] }] },
      { source_hostname: ["a.example.org", "b.example.org"] },
    ],
    [
      { Source: [{ MAC: ["00-1b-2c-3d-4e-5f, 001b2c3d4e60"] }] },
      { source_mac: ["00:1b:2c:3d:4e:5f", "00:1b:2c:3d:4e:60"] },
    ],
    [
      { Source: [{ Email: ["a@example.org, b@example.org"] }] },
      { source_email: ["a@example.org", "b@example.org"] },
    ],
    [
      {
        Node: [
          { Name: "a", AggrWin: "PT5M" },
          { Name: "b", AggrWin: "00:05" },
        ],
      },
      { node_aggr_win: ["00:05:00.000000"] },
    ],
    [{ Source: [{ ASN: ["AS2852"], Spoofed: "yes" }] }, { source_asn: [2852], source_spoofed: [true] }],
  ])("%j is %j", (keys, read) => {
    expect(rowOf(keys)).toMatchObject(read);
    expect(remarksOf(keys)).not.toEqual([]);
  });
});

describe("protocols", () => {
  it.each<[unknown, string[], string | null]>([
    [" Tcp ", ["tcp"], '" Tcp " is read as tcp'],
    ["TCP", ["tcp"], null],
    [6, ["tcp"], '"6" is read as tcp'],
    ["17", ["udp"], '"17" is read as udp'],
    ["TCP/SSH", ["tcp", "ssh"], '"TCP/SSH" is read as tcp, ssh'],
    ["tcp, udp", ["tcp", "udp"], '"tcp, udp" is read as tcp, udp'],
    ["tcp/22", ["tcp"], '"tcp/22" is read as tcp'],
    [250, ["250"], '"250" is no protocol name'],
    ["ms-wbt-server", ["ms-wbt-server"], null],
  ])("%j is %j", (protocol, names, remark) => {
    const keys = { Source: [{ Proto: [protocol] }] };
    expect(rowOf(keys)["source_protocol"]).toEqual(names);
    expect(remarksOf(keys)).toEqual(remark === null ? [] : [`Source[0].Proto[0]: ${remark}`]);
    expect(compileFilter(`source.protocol = ${names[0]}`).matches({ ...base, ...keys })).toBe(true);
  });

  it("are found by their number", () => {
    expect(compileFilter('protocol = "6"').matches({ ...base, Source: [{ Proto: ["TCP"] }] })).toBe(true);
  });
});

/** Each: what deviates, and the one remark on it. */
const DEVIATIONS: readonly (readonly [Record<string, unknown>, string])[] = [
  [{ Format: "IDEA1" }, 'Format: "IDEA1" is not IDEA0'],
  [{ Format: null }, "Format: missing"],
  [{ ID: "a b" }, 'ID: "a b" is not an identifier of letters, digits, `.`, `_` and `-`'],
  [{ AltNames: "x" }, "AltNames: a single value where a list is due"],
  [{ CorrelID: ["a/b"] }, 'CorrelID[0]: "a/b" is not an identifier of letters, digits, `.`, `_` and `-`'],
  [{ Category: ["Recon.Scaning"] }, 'Category[0]: "Recon.Scaning" is not a category'],
  [{ Category: [" Test "] }, 'Category[0]: blanks around "Test"'],
  [{ Ref: ["CVE-2014-0160"] }, 'Ref[0]: "CVE-2014-0160" is not a URI'],
  [{ Ref: ["www.example.org"] }, 'Ref[0]: "www.example.org" is not a URI'],
  [{ Confidence: 1.5 }, "Confidence: 1.5 is not a confidence from 0 to 1"],
  [{ Confidence: "0.5" }, 'Confidence: "0.5" is text where a number is due'],
  [{ ConnCount: "7" }, 'ConnCount: "7" is text where a number is due'],
  [{ FlowCount: 1.5 }, "FlowCount: 1.5 is no whole number"],
  [{ PacketCount: -1 }, "PacketCount: -1 is outside 0 to"],
  [{ Description: ["a"] }, "Description: a list where a single value is due"],
  [{ Note: 1 }, "Note: 1 is a number where text is due"],
  [{ Source: {} }, "Source: a single object where a list is due"],
  [{ Source: [{ IP4: ["2001:db8::1"] }] }, 'Source[0].IP4[0]: "2001:db8::1" is an IPv6 address under IP4'],
  [{ Target: [{ IP6: ["192.0.2.1"] }] }, 'Target[0].IP6[0]: "192.0.2.1" is an IPv4 address under IP6'],
  [{ Source: [{ IP4: "192.0.2.1" }] }, "Source[0].IP4: a single value where a list is due"],
  [{ Source: [{ MAC: ["001b2c3d4e5f"] }] }, "is not a hardware address such as"],
  [{ Source: [{ Email: ["<a@example.org>"] }] }, "is not a mail address"],
  [{ Source: [{ URL: ["example.org/x"] }] }, "is not a URI"],
  [{ Source: [{ Netname: ["EXAMPLE"] }] }, "is not a network name with its registry"],
  [{ Source: [{ Type: ["Bot net"] }] }, "is not a tag of letters and digits"],
  [{ Source: [{ Spoofed: "true" }] }, 'Source[0].Spoofed: "true" where true or false is expected'],
  [{ Source: [{ ASN: ["2852"] }] }, 'Source[0].ASN[0]: "2852" is text where a number is due'],
  [{ Target: [{ Port: [65536] }] }, "Target[0].Port[0]: 65536 is outside 0 to 65535"],
  [{ Node: [{ Name: "a b" }] }, "is not a dotted name such as org.example.sensor"],
  [{ Node: [{ Name: "a", AggrWin: "5x" }] }, "is no duration"],
  [{ Node: [{ Name: "a", AggrWin: "5m" }] }, '"5m" is read as 300 s'],
  [{ Source: [{ IP4: ["192.0.2.1..192.0.2.9"] }] }, "is not written address, address/length or first-last"],
  [{ _CESNET: "high" }, "_CESNET: not an object"],
  [{ Node: [{ Name: "a", SW: "Nemea" }] }, "Node[0].SW: a single value where a list is due"],
  [{ Attach: [{ ContentEncoding: "hex" }] }, 'Attach[0].ContentEncoding: "hex" is not base64'],
  [{ Attach: [{ Hash: ["d41d8cd98f00b204e9800998ecf8427e"] }] }, "is not a checksum such as"],
  [{ Attach: [{ Size: "12" }] }, "Attach[0].Size: "],
  [{ Attach: [{ ContentType: "text" }] }, "is not a media type such as text/plain"],
  [{ Attach: "text" }, "Attach: not an object"],
  [{ Target: null }, "Target: null where a value is due"],
];

describe("deviations from the definition", () => {
  it.each(DEVIATIONS)("%j is remarked on once", (keys, remark) => {
    const remarks = remarksOf(keys);
    expect(remarks.filter((text) => text.includes(remark))).toHaveLength(1);
  });

  it("are none in an event as the definition has it", () => {
    const tidy = {
      CreateTime: "2016-10-13T10:55:00.5+02:00",
      AltNames: ["x"],
      RelID: ["a.b"],
      Ref: ["cve:CVE-2014-0160", "https://example.org/a?b=c#d"],
      Confidence: 1,
      ByteCount: 0,
      Source: [
        {
          IP4: ["192.0.2.0/24", "192.0.2.1-192.0.2.9"],
          IP6: ["2001:db8::/32", "::ffff:192.0.2.1"],
          MAC: ["00:1b:2c:3d:4e:5f"],
          Email: ["a@example.org"],
          Proto: ["tcp", "ms-wbt-server"],
          Netname: ["ripe:EXAMPLE"],
          Hostname: ["a.example.org"],
          URL: ["http://example.org/"],
          Spoofed: false,
        },
      ],
      Attach: [{ Handle: "a1", Hash: ["sha1:0123ab"], Size: 3, ContentType: "text/plain; charset=utf-8" }],
      Node: [{ Name: "org.example.a_1", Type: ["Relay"], SW: ["x"], AggrWin: "1D00:05:00", Realm: "x" }],
      Unknown: { any: null },
    };
    expect(remarksOf(tidy)).toEqual([]);
  });
});
