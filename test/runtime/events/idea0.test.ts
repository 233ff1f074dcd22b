/** Each deviation from the IDEA0 definition is reported, at its place: a wrong value for every key of the definition, and the forms of real feeds. */
import { describe, expect, it } from "vitest";
import { IDEA0, type KeyRule, type KeyRules } from "../../../compiler/extract/idea0.js";
import { eventToRow } from "../../../runtime/events/row.js";

const PLAIN = { Format: "IDEA0", ID: "a", DetectTime: "2024-05-01T10:00:00Z", Category: ["Test"] };

const remarks = (event: object): readonly string[] =>
  (eventToRow({ ...PLAIN, ...event })["inspection_error"] ?? []) as readonly string[];

/** Keys that have to be there: without them there is no event to remark on. */
const REFUSED = new Set(["ID", "DetectTime"]);

/** An object with one wrong value for each key: a list where one value is due, an object where a text is. */
function wrongValues(keys: KeyRules): readonly (readonly [path: string, event: Record<string, unknown>])[] {
  return Object.entries(keys).flatMap(([name, rule]) =>
    wrongOf(name, rule).map(([path, value]) => [path, { [name]: value }] as const),
  );
}

function wrongOf(name: string, rule: KeyRule): readonly (readonly [path: string, value: unknown])[] {
  if (rule.kind !== "objects") {
    const wrong = { nested: [name] };
    return [[name, rule.kind === "list" ? [wrong] : wrong]];
  }
  return wrongValues(rule.keys).map(([path, value]) => [`${name}.${path}`, [value]] as const);
}

describe("deviations from the IDEA0 definition", () => {
  it.each(wrongValues(IDEA0).filter(([path]) => !REFUSED.has(path)))(
    "%s with an object for a value is remarked on",
    (path, event) => {
      const [first = "", last = first] = path.split(".");
      const found = remarks(event);
      expect(found.join("\n")).toContain(first);
      expect(found.join("\n")).toContain(last);
    },
  );

  // The kinds that the official schema refuses, as feeds have them: a form each, with a word of the remark.
  it.each<[string, object, RegExp]>([
    ["another format", { Format: "IDEA1" }, /Format.*not IDEA0/],
    ["no format", { Format: undefined }, /Format/],
    ["an identifier with a blank", { CorrelID: ["a b"] }, /CorrelID.*identifier/],
    ["a time without zone", { EventTime: "2024-05-01T10:00:00" }, /EventTime.*zone/],
    ["a zone of hours", { EventTime: "2024-05-01T10:00:00+02" }, /EventTime/],
    ["a time without seconds", { EventTime: "2024-05-01T10:00Z" }, /EventTime/],
    ["a decimal comma", { EventTime: "2024-05-01T10:00:00,5Z" }, /EventTime/],
    ["a time as a number", { EventTime: 1714557600000 }, /EventTime/],
    ["a category of three parts", { Category: ["Recon.Scanning.Slow"] }, /Category.*category/],
    ["one value for a list", { Category: "Test" }, /Category.*list/],
    ["a reference that is no URI", { Ref: ["see the wiki"] }, /Ref.*URI/],
    ["a confidence beyond one", { Confidence: 95 }, /Confidence.*0 to 1/],
    ["a count as text", { FlowCount: "12" }, /FlowCount/],
    ["a negative count", { FlowCount: -1 }, /FlowCount/],
    ["a count with a fraction", { PacketCount: 1.5 }, /PacketCount/],
    ["an IPv6 address under IP4", { Source: [{ IP4: ["2001:db8::1"] }] }, /IP4.*IPv6/],
    ["an address of neither family", { Source: [{ IP4: ["300.1.1.1"] }] }, /IP4/],
    ["a port beyond the range", { Target: [{ Port: [70000] }] }, /Port/],
    ["a port as text", { Target: [{ Port: ["22"] }] }, /Port/],
    ["a protocol with blanks", { Source: [{ Proto: [" Tcp "] }] }, /Proto/],
    ["a protocol as a number", { Source: [{ Proto: [6] }] }, /Proto/],
    ["two protocols in one", { Source: [{ Proto: ["TCP/SSH"] }] }, /Proto/],
    ["a hardware address with dashes", { Source: [{ MAC: ["00-1b-2c-3d-4e-5f"] }] }, /MAC.*hardware/],
    ["a checksum without its kind", { Attach: [{ Hash: ["0123ab"] }] }, /Hash.*checksum/],
    ["a name in another case", { source: [{ Ip4: ["192.0.2.1"] }] }, /source.*Source/s],
    ["a mail address without a host", { Source: [{ Email: ["postmaster"] }] }, /Email.*mail/],
    ["a flag as text", { Source: [{ Spoofed: "yes" }] }, /Spoofed.*true or false/],
    ["an encoding that is not base64", { Attach: [{ ContentEncoding: "hex" }] }, /ContentEncoding.*base64/],
  ])("%s", (_, event, remark) => expect(remarks(event).join("\n")).toMatch(remark));

  it("has nothing to say of an event as defined", () => {
    expect(
      remarks({
        Ref: ["https://example.org/1"],
        Source: [{ IP4: ["192.0.2.1"], Port: [22], Proto: ["tcp", "ssh"], Type: ["Origin"] }],
        Node: [{ Name: "org.example.sensor", SW: ["Sensor 1"], Type: ["Relay"] }],
        Attach: [{ Handle: "a1", Hash: ["sha1:0123ab"], ContentEncoding: "base64" }],
      }),
    ).toEqual([]);
  });
});
