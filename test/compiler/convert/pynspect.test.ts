import { describe, expect, it } from "vitest";
import { convertFilter } from "../../../compiler/convert/convert.js";
import { converted, refusals } from "./support.js";

describe("pynspect", () => {
  it.each([
    // precedence
    [
      'Category == "Test" and ConnCount == 1 || FlowCount == 2',
      "category = Test and (conn_count = 1 or flow_count = 2)",
    ],
    ['Note == "a" or Note == "b" and Note == "c"', 'note = "a" or note = "b" and note = "c"'],
    ["2 * 3 + 4 == ConnCount", "conn_count = 14"],
    ["ConnCount == 10 - 4 - 3", "conn_count = 9"],
    ["DetectTime > utcnow() - 09:00:00 - 04:00:00", "detect_time > now-5h"],
    ["exists ConnCount == 1", "conn_count = 1"],
    ["ConnCount gt5", "conn_count > 5"],
    ["", ""],
    // literals
    ['Description == "it\'s"', 'description = "its" (C17)'],
    ["Source.IP6 == 2001:db8::1", "source.ip = 2001:db8::1 (C17)"],
    ["Source.IP6 in [2001:db8::1]", "source.ip = 2001:db8::1"],
    ["Source.IP4 in [10.0.0.1..10.0.0.9]", "source.ip in 10.0.0.1..10.0.0.9 (C17)"],
    ['Source.IP4 in ["10.0.0.0/8"]', "source.ip in 10.0.0.0/8"],
    ["Source.Proto in [tcp, udp;icmp]", "source.protocol in [tcp, udp, icmp] (C17)"],
    ["DetectTime < 2024-05-01t08:00:00z", "detect_time < 2024-05-01T08:00:00Z"],
    ['DetectTime == "2024-05-01T08:00:00Z"', "detect_time = 2024-05-01T08:00:00Z (C10)"],
    ["DetectTime >= 2024-05-01T08:00:00-02:30", "detect_time >= 2024-05-01T08:00:00-02:30 (C17)"],
    ["DetectTime <= 2024-05-01T08:00:00.123456Z", "detect_time <= 2024-05-01T08:00:00.123456Z"],
    // numbers
    ["ConnCount > 2.5", "conn_count >= 3"],
    ["ConnCount < 2.5", "conn_count <= 2"],
    ["ConnCount == 2.0", "conn_count = 2"],
    ["ConnCount == 2.5", "false"],
    ['ConnCount == "22"', "conn_count = 22 (C17)"],
    ["Target.Port < 70000", "target.port exists"],
    ["ConnCount - 3 > 5", "conn_count > 8"],
    ["10 - ConnCount > 3", "conn_count < 7"],
    ["DetectTime + 3600 < utcnow()", "detect_time < now-1h"],
    ["utcnow() - DetectTime < 01:00:00", "detect_time > now-1h"],
    // negation and presence
    ["not (not ConnCount == 1)", "conn_count = 1"],
    ["not (not Note)", "note exists (C19)"],
    ["not Source.Spoofed", "source.spoofed missing (C19)"],
    ["not (Source.Port != 5)", "source.port = 5 (C02)"],
    ["ConnCount != 5", "conn_count != 5 (C01)"],
    ['Category != "Test"', "category != Test (C02)"],
    ["not ConnCount > 5", "not conn_count > 5 (C01)"],
    ["Target.Port != [22, 80]", "target.port not in [22, 80] (C01 C02)"],
    ['exists Note and not Note == "x"', 'note exists and note != "x"'],
    // addresses
    [
      "Source.IP4 == [10.0.0.1, 10.0.0.0/8]",
      "source.ip = 10.0.0.1 or source.ip in 10.0.0.0/8 and source.ip covers 10.0.0.0/8 (C05)",
    ],
    [
      "not Source.IP4 == 10.0.0.0/8",
      "not (source.ip in 10.0.0.0/8 and source.ip covers 10.0.0.0/8) (C01 C05)",
    ],
    ["Source.IP4 in [10.0.0.0/24, 10.0.1.0/24]", "source.ip in [10.0.0.0/24, 10.0.1.0/24] (C08)"],
    ["Source.IP4 in [10.0.0.0/24, 10.0.0.0/8]", "source.ip in [10.0.0.0/24, 10.0.0.0/8]"],
    ["10.0.0.1 in Source.IP4", "source.ip = 10.0.0.1"],
    ["Source.IP4 is [10.0.0.1]", "count(source.ip) = 1 and source.ip = 10.0.0.1 (C07 C11)"],
    // counts
    ["size(Source.IP4) > 0", "family(source.ip) = 4"],
    ["size(Source.IP4) < 5", "family(source.ip) != 4 or count(source.ip) < 5 (C07)"],
    ["size(Source) > 2", "count(source) > 2"],
    ["size(Target) == 0", "target missing"],
    ["size(Source) - 1 >= 2 and Attach", "count(source) >= 3 and attach exists"],
    ["not exists Source", "source missing"],
    ["size(Source.Port) != 3", "source.port missing or count(source.port) != 3"],
    ["not size(Source.Port) == 3", "count(source.port) != 3"],
    ["5 > size(Source.Port)", "source.port missing or count(source.port) < 5"],
    ["size(Source.Port) >= 0", "true"],
    ["size(ConnCount) == 1", "conn_count exists"],
    ["size(Category) < 3", "count(category) < 3"],
    ['Category is ["Test", "Other"]', "count(category) = 2 and category = Test and category = Other (C12)"],
    // text
    ['Note like "(?i)abc"', 'note contains "abc"'],
    ['Note like "(?i)a.c"', "note matches /a.c/i"],
    ['Note like ["a", "b"]', 'note contains ["a"c, "b"c]'],
    ['Note like "a.*?b"', "note matches /a.*b/"],
    ['Note like "a{b"', 'note contains "a{b"c'],
    ["Note like 'a\\.b'", 'note contains "a.b"c'],
    ["Note like 'a\\.b$'", "note matches /a\\.b$/ (C13)"],
    ["Category like '^Recon\\.'", "category under Recon (C20)"],
    ['Category like "Recon.Scanning"', "category under Recon.Scanning (C20)"],
    // words
    ['Source.Proto == "TCP"', "source.protocol = tcp (C09)"],
    ['TLP == "TLP:RED"', "tlp = RED (C09)"],
    ['TLP in ["RED", "REDDISH"]', 'tlp in [RED, "REDDISH"]'],
    ['_Mentat.EventSeverity > "low"', "severity > low (C15)"],
    // literal first
    ["5 > ConnCount", "conn_count < 5 (C16)"],
    ["5 == ConnCount", "conn_count = 5"],
    // constants
    ["1 == 1", "true"],
    ['"a" in ["b"] or 1', "false or true"],
  ])("%s becomes %s", (old, wanted) => {
    expect(converted(old, "pynspect")).toBe(wanted);
  });

  it.each([
    ["Target.Port = 22", ["E601 ="]],
    ["Target.Port == 22 # x", ["E601 #"]],
    ["Target.Port = 22 & Note = 1", ["E601 =", "E601 &", "E601 ="]],
    ['Description == ""', ['E601 ""']],
    ['Note == "abc', ['E601 "abc']],
    ["ConnCount > -1", ["E601 -"]],
    ["Source.IP6 == 20:01:10::1", ["E601 ::1"]],
    ["A == 1 And B == 2", ["E601 And"]],
    ["inside == 1", ["E601 in"]],
    ["order", ["E601 or"]],
    ["len(Source.IP4) > 1", ["E601 le"]],
    ["not not Note", ["E601 not"]],
    ["ConnCount == 1 == 1", ["E601 =="]],
    ["Target.Port in [1,2", ["E601 "]],
    ["Target.Port in []", ["E601 ]"]],
    ["Target.Port not in [1]", ["E601 not"]],
    ["Foo == 1 and Bar == 2", ["E602 Foo", "E602 Bar"]],
    ["Source == 1", ["E602 Source"]],
    ["ConnCount-1 > 3", ["E602 ConnCount-1"]],
    ['Attach.Handle == "x"', ["E602 Attach.Handle"]],
    ["Source[#].IP4 in [10.0.0.0/8]", ["E603 Source[#].IP4"]],
    ["size(Source[-1].Port) > 1", ["E603 Source[-1].Port"]],
    ["ConnCount + FlowCount > 3", ["E604 ConnCount + FlowCount"]],
    ["strlen(Note) > 3", ["E604 strlen(Note)"]],
    ["time() > 5", ["E604 time()"]],
    ["ConnCount / 2 > 3", ["E604 /"]],
    ["Source.Proto == Test", ["E605 Test"]],
    ["Category == 1 or Source.Port == Target.Port", ["E607 1", "E605 Target.Port"]],
    ['Note like "(?<=a)b"', ['E606 "(?<=a)b"']],
    ['Note like "(?P<x>a)"', ['E606 "(?P<x>a)"']],
    ["Note like Description", ["E609 Description"]],
    ['"a" like Note', ["E609 Note"]],
    ['ConnCount like "5"', ['E609 "5"']],
    ['Category like "can"', ['E609 "can"']],
    ["Source.IP4 in [300.1.1.1, 10.0.0.0/33]", ["E607 300.1.1.1", "E607 10.0.0.0/33"]],
    ["Source.IP4 in [2001:db8::1]", ["E607 2001:db8::1"]],
    ["Source.IP4 > 10.0.0.0", ["E607 10.0.0.0"]],
    ["DetectTime > 2024-13-01T00:00:00Z", ["E607 2024-13-01T00:00:00Z"]],
    ['DetectTime > "2024-05-01"', ['E607 "2024-05-01"']],
    ["DetectTime > 2024-05-01T08:00:00", ["E607 2024-05-01T08:00:00"]],
    ["Target.Port == 70000", ["E607 70000"]],
    ['_CESNET.EventSeverity == "urgent"', ['E607 "urgent"']],
    ['Note > "a"', ['E607 "a"']],
  ])("%s is refused: %s", (old, wanted) => {
    expect(refusals(old, "pynspect")).toEqual(wanted);
  });

  it("offers whole filters that come nearer to the old meaning", () => {
    const { changes } = convertFilter('Category == "Test" and Target.Port != 443', "pynspect");
    expect(changes.map(({ code, fixes }) => [code, ...fixes.map(({ text }) => text)])).toEqual([
      ["C01", "category = Test and target.port exists and target.port != 443"],
      ["C02", "category = Test and target.port exists and not all target.port = 443"],
    ]);
  });

  it("offers the block for an exact comparison, below a negation too", () => {
    const { changes } = convertFilter("not Target.IP4 == 10.0.0.0/8", "pynspect");
    const fix = changes.find(({ code }) => code === "C05")?.fixes[0];
    expect(fix?.text).toBe("target.ip not in 10.0.0.0/8");
  });
});
