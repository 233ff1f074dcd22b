import { describe, expect, it } from "vitest";
import { IDEA_CATALOGUE } from "../../../compiler/catalogue/idea.js";
import { indexCatalogue } from "../../../compiler/catalogue/lookup.js";
import { fieldGuesses } from "../../../compiler/resolve/field-guesses.js";
import { diagnose, repairs } from "../language/support.js";
import { ROWS as FAULTS } from "./diagnostic-rows.js";
import { MISTAKES } from "./mistake-rows.js";

const ROWS = [...FAULTS, ...MISTAKES];

/** The codes of the rows that have more than one thing wrong, in the order of the text. */
const ALL_CODES: ReadonlyMap<string, readonly string[]> = new Map([
  ["severity = high or severity != high", ["L04", "L01"]],
  ["host.mac matches /^00:1B/i", ["L06", "L13"]],
]);

describe("one thing wrong", () => {
  it.each(ROWS)("%s: %s", (filter, code, message, marked, ...repaired) => {
    const found = diagnose(filter);
    expect(found.map((one) => one.code)).toEqual(ALL_CODES.get(filter) ?? [code]);
    const diagnostic = found.find((one) => one.code === code);
    expect(diagnostic?.message).toEqual(message);
    if (diagnostic === undefined) return;
    expect(filter.slice(diagnostic.span.start, diagnostic.span.end)).toBe(marked);
    expect(repairs(filter, diagnostic)).toEqual(repaired);
    for (const better of repaired) expect(diagnose(better).map((one) => one.code)).not.toContain(code);
  });

  it("keeps every fix from making errors of its own", () => {
    for (const [filter] of ROWS)
      for (const diagnostic of diagnose(filter))
        for (const better of repairs(filter, diagnostic))
          expect(
            diagnose(better).filter(({ severity }) => severity === "error"),
            better,
          ).toEqual([]);
  });
});

describe("names from elsewhere", () => {
  // Each means one field; where a last part alone leaves the side open, all sides are offered.
  it.each([
    // The path in the event.
    ["Source.Proto", "source.protocol"],
    ["source.ip4", "source.ip"],
    ["Node.SW", "node.software"],
    ["_CESNET.EventSeverity", "severity"],
    ["_Mentat.EventClass", "event_class"],
    ["EventSeverity", "severity"],
    ["DetectTime", "detect_time"],
    // Elastic Common Schema, Zeek, Suricata, Wireshark, columns of a database.
    ["destination.ip", "target.ip"],
    ["source.address", "source.ip"],
    ["source.as.number", "source.asn"],
    ["@timestamp", "detect_time"],
    ["observer.name", "node.name"],
    ["network.transport", "protocol"],
    ["id.orig_h", "source.ip"],
    ["id.resp_p", "target.port"],
    ["src_ip", "source.ip"],
    ["dest_port", "target.port"],
    ["alert.severity", "severity"],
    ["ip.addr", "host.ip"],
    ["ip.src", "source.ip"],
    ["ipv6.dst", "target.ip"],
    ["tcp.port", "host.port"],
    ["udp.srcport", "source.port"],
    ["eth.dst", "target.mac"],
    ["source_ip", "source.ip"],
    ["cesnet_eventseverity", "severity"],
    ["node_name", "node.name"],
    ["dst.ip", "target.ip"],
    ["group", "abuse_group"],
    ["proto", "protocol"],
    ["timestamp", "detect_time"],
    // Misspelt.
    ["soruce.ip", "source.ip"],
    ["sorce.prot", "source.protocol"],
    ["severty", "severity"],
    // The side is open.
    ["ip", "source.ip", "target.ip", "host.ip"],
    ["hostname", "source.hostname", "target.hostname", "host.hostname"],
    ["flow.port", "source.port", "target.port", "host.port"],
    ["nothing_like_it"],
  ])("%s", (name, ...meant) => {
    const [found] = diagnose(name.startsWith("@") ? "x exists" : `${name} exists`);
    const guesses = fieldGuesses(name, indexCatalogue(IDEA_CATALOGUE));
    expect(guesses).toEqual(meant);
    if (!name.startsWith("@")) expect(found?.fixes.map(({ edits: [edit] }) => edit?.text)).toEqual(meant);
  });

  it("are reported inside has ( ), and for the list before it", () => {
    const fixes = (text: string) => diagnose(text).flatMap((one) => repairs(text, one));
    expect(fixes("source has (dst_ip = 10.0.0.1)")).toEqual(["source has (ip = 10.0.0.1)"]);
    expect(fixes("source has (Proto = tcp)")).toEqual(["source has (protocol = tcp)"]);
    expect(fixes("destination has (port = 22)")).toEqual(["target has (port = 22)"]);
  });
});

describe("the remark on events without the field", () => {
  it.each([
    "target.port != 22 and target.port exists",
    "target.port != 22 and target.port missing",
    "target.port != 22 and target.port in 1..1023",
    "id != a",
  ])("is left out where it is said already, or can't be: %s", (filter) => {
    expect(diagnose(filter)).toEqual([]);
  });
});

describe("lengths of time", () => {
  it("are compared where they have a fixed length", () => {
    const [field] = IDEA_CATALOGUE.fields.filter(({ name }) => name === "create_time");
    if (field?.kind !== "stored") throw new Error("no field to make a length of time of");
    const fields = [...IDEA_CATALOGUE.fields, { ...field, name: "lasting", type: "duration" } as const];
    const options = { catalogue: { ...IDEA_CATALOGUE, fields } };
    const found = (text: string) => diagnose(text, options).map(({ code, message }) => `${code}: ${message}`);
    expect(found("lasting > 30d")).toEqual([]);
    expect(found("lasting > 3mo")).toEqual(["E403: 3mo has no fixed length; write it in days"]);
    expect(found("lasting in [1y, 2h]")).toEqual(["E403: 1y has no fixed length; write it in days"]);
  });
});

describe("time zones", () => {
  it("must exist", () => {
    const unknown = () => diagnose("severity = high", { timeZone: "Mars/Olympus" });
    expect(unknown).toThrow(
      'there is no time zone "Mars/Olympus"; use an IANA name such as Europe/Prague, or an offset such as +02:00',
    );
    expect(unknown).toThrow(expect.objectContaining({ code: "E600" }));
  });
});
