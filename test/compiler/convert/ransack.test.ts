import { describe, expect, it } from "vitest";
import { converted, refusals } from "./support.js";

const context = { nets: null, limit: null, ports: null };

describe("ransack", () => {
  it.each([
    // precedence
    ["not ConnCount = 1 and Category = 'Test'", "conn_count != 1 and category = Test (C03)"],
    [
      "Category = 'Test' OR NOT Note?? && Category = 'Other'",
      "category = Test or note missing and category = Other (C14)",
    ],
    ["ConnCount = 10 - 4 - 3", "conn_count = 3 (C03)"],
    ["-ConnCount < -5", "conn_count > 5 (C03)"],
    ["ConnCount = 2 + 3 * 4", "conn_count = 14 (C03)"],
    // values
    ["Target.Port = 1..1023", "target.port in 1..1023 (C03 C11)"],
    ["ConnCount = 1..5", "conn_count in 1..5 (C03)"],
    ["Target.Port > 5..9", "target.port > 5 (C03)"],
    ["Target.Port < [5, (7..9)]", "target.port < 9 (C03)"],
    ["ConnCount > -1", "conn_count exists (C03)"],
    ["Confidence > 2e-1", "confidence > 0.2 (C03)"],
    ["Category in []", "false"],
    ["not Category in []", "true"],
    ["Category in [['Test'], 'Other']", "category in [Test, Other]"],
    ['"x" in Description', 'description = "x" (C03 C11)'],
    ['Description = "a" . "b"', 'description = "ab" (C03)'],
    // addresses
    ["Source.IP4 in 10.0.0.1", "source.ip = 10.0.0.1 (C03)"],
    ["Source.IP4 == 10.0.0.1", "source.ip = 10.0.0.1 (C03 C11)"],
    ["Source.IP4 = [10.0.0.1, 10.0.0.0/8]", "source.ip overlaps [10.0.0.1, 10.0.0.0/8] (C03 C04)"],
    ['Source.IP4 = "10.0.0.1"', "source.ip covers 10.0.0.1 (C03 C17)"],
    ["10.0.0.0/8 in Source.IP4", "source.ip covers 10.0.0.0/8 (C03)"],
    ["Source.IP4 > 10.0.0.0/8", "source.ip overlaps 10.0.0.1.. (C03)"],
    ["Source.IP4 < 10.0.0.0/8", "source.ip overlaps ..10.255.255.254 (C03)"],
    ["Source.IP4 > 255.255.255.255", "false (C03)"],
    ["not Source.IP4 >= 10.0.0.1", "source.ip not overlaps 10.0.0.1.. (C03)"],
    ["Source.IP4 in 10.0.0.9 .. 10.0.0.1", "source.ip in 10.0.0.1..10.0.0.9 (C03 C17)"],
    ["Source.IP4 in 10.0.0.7/8", "source.ip in 10.0.0.0/8 (C03 C17)"],
    ["Source.IP4 in [10.0.0.0/24, 10.0.1.0/24]", "source.ip in [10.0.0.0/24, 10.0.1.0/24] (C03 C08)"],
    // times
    ["DetectTime >= 2024-05-01 08:00:00", "detect_time >= 2024-05-01T08:00:00Z"],
    ["DetectTime > 2024-05-01", "detect_time > 2024-05-01T00:00:00Z (C10)"],
    [
      "DetectTime in 2024-05-01..2024-05-02",
      "detect_time in 2024-05-01T00:00:00Z..2024-05-02T00:00:00Z (C10)",
    ],
    // existence and defaults
    ["Note?? and Note = 'x'", 'note exists and note = "x" (C14)'],
    ["not ConnCount?? or ConnCount > 5", "conn_count missing or conn_count > 5 (C14)"],
    ['Note??"" contains "x"', 'note contains "x"c (C14)'],
    ["(Source.IP4??10.0.0.1) = 10.0.0.1", "family(source.ip) != 4 or source.ip covers 10.0.0.1 (C14)"],
    ["length(Source.Port??[]) < 3", "source.port missing or count(source.port) < 3 (C14)"],
    ["len(Source.Port) = 0", "source.port missing (C03)"],
    ["len(Source) > 1", "count(source) > 1 (C03)"],
    ["len(Source??[]) = 0", "source missing (C14)"],
    ["not (Source.Port . Target.Port) = 5", "not (source.port = 5 or target.port = 5) (C03)"],
    // text and words
    ['Note contains ""', "note exists (C03)"],
    ["_CESNET.EventSeverity > 'low'", "severity > low (C03 C15)"],
    // the caller's context
    ["Source.IP4 in nets", "source.ip in @nets (C03)"],
    ["ConnCount > limit", "conn_count > $limit (C03)"],
    ["Target.Port in [22, ports]", "target.port in [22, @ports] (C03)"],
    [".Target.Port in [22]", "target.port = 22 (C03)"],
  ])("%s becomes %s", (old, wanted) => {
    expect(converted(old, "ransack", { context })).toBe(wanted);
  });

  it.each([
    ["Target.Port != 22", ["E601 !="]],
    ["Target.Port = 22 # x", ["E601 #"]],
    ["not not Note??", ["E601 not"]],
    ["Target.Port not in [1]", ["E601 not"]],
    ["Target.Port in [21, 30..40]", ["E601 .."]],
    ["Note = 'a' xor Note = 'b'", ["E601 xor"]],
    ["Source[1].IP4 = 1.2.3.4", ["E601 ["]],
    ["ConnCount > 1 > 2", ["E601 >"]],
    ["Target.Port in [1, 2,]", ["E601 ]"]],
    ["DetectTime in now() - 1D00:00:00 .. now()", ["E607 1D00:00:00 .. now()"]],
    ["Source.IP4 in unknown", ["E602 unknown"]],
    ["NOTE = 'x'", ["E602 NOTE"]],
    ["Source.Spoofed", ["E605 Source.Spoofed"]],
    ["Source.Spoofed = true", ["E605 true"]],
    ["ConnCount * 2 > 100 and foo(1)", ["E604 *", "E604 foo(1)"]],
    ["len(Description) > 5", ["E604 len(Description)"]],
    ["now() > 2024-05-01", ["E604 now() > 2024-05-01"]],
    ["Note contains Description", ["E609 Description"]],
    ["Source.IP4 in 10.0.0.0/33", ["E607 10.0.0.0/33"]],
    ["DetectTime > 2024-02-30", ["E607 2024-02-30"]],
    ["DetectTime > now() - 00:75:00", ["E607 00:75:00"]],
  ])("%s is refused: %s", (old, wanted) => {
    expect(refusals(old, "ransack", { context })).toEqual(wanted);
  });
});
