import { describe, expect, it } from "vitest";
import type { ArgumentError } from "../../../compiler/values/arguments.js";
import { compiled, matches, sqlOf } from "../language/support.js";
import { EVENT } from "./event.js";

describe("parameters", () => {
  it("have the types that their places give them", () => {
    const filter = compiled(
      "source.ip in $nets and severity >= $least and detect_time >= $from and target.port = $port and node.name contains $text and source.spoofed = $flag and confidence in $low..0.9",
    );
    expect(filter.parameters).toEqual({
      nets: "ip",
      least: "ordered",
      from: "time",
      port: "integer",
      text: "text",
      flag: "boolean",
      low: "float",
    });
    expect(filter.parameterUses.filter(({ list }) => list).map(({ name }) => name)).toEqual(["nets"]);
  });

  it.each([
    ["source.ip in $a", { a: ["192.0.2.0/24", "10.0.0.0/8"] }, true],
    ["source.ip in $a", { a: "192.0.2.5" }, true],
    ["source.ip in [$a, 10.0.0.0/8]", { a: "203.0.113.0/24" }, true],
    ["source.ip in $a", { a: [] }, false],
    ["severity >= $a", { a: "MEDIUM" }, true],
    ["severity < $a", { a: "high" }, false],
    ["source.port in $a", { a: [1, 443] }, true],
    ["source.port in $a..100", { a: 75 }, true],
    ["description contains $a", { a: "LOGIN" }, true],
    ["description contains $a", { a: "%" }, false],
    ["detect_time < $a", { a: new Date("2024-05-01T12:00:00.001Z") }, true],
    ["detect_time = $a", { a: "2024-05-01T12:00:00Z" }, true],
    ["detect_time = $a", { a: "2024-05-01" }, true],
    ["detect_time = $a", { a: "2024-05-01T12" }, true],
    ["detect_time > $a", { a: "2024-05-01" }, false],
    ["detect_time in 2024-04..$a", { a: "2024-05-01" }, true],
    ["detect_time in 2024-04..<$a", { a: "2024-05-01" }, false],
    ["detect_time >= $a", { a: "now-14d/d" }, true],
    ["detect_time >= $a", { a: "now - 14d/d + 13h" }, false],
    ["detect_time < $a", { a: "Yesterday" }, true],
    ["detect_time = $a", { a: "today-14d" }, true],
    ["detect_time in last $a", { a: "2w1d" }, true],
    ["weekday(detect_time) in $a", { a: ["wed", 7] }, true],
    ["weekday(detect_time) = $a", { a: "Thursday" }, false],
    ["description matches $a", { a: "^SSH .* [0-9]+ hosts$" }, true],
    ["description matches $a", { a: "ssh" }, false],
    ["description not matches $a", { a: "telnet|http" }, true],
    ["description matches [$a]", { a: ["^x", "(?:17|18) hosts"] }, true],
    ["description matches [$a]", { a: [] }, false],
    ["description matches [$a]", { a: "SSH" }, true],
    ["category under $a", { a: ["Recon"] }, true],
  ])("%s with %j: %s", (filter, args, expected) => expect(matches(filter, EVENT, args)).toBe(expected));

  it.each([
    ["source.ip in $a", {}, "$a: no value is given for this parameter"],
    [
      "source.ip = $a",
      { a: ["10.0.0.1"] },
      "$a: one value is expected, not a list; a filter takes a list as in $a or [$a]",
    ],
    [
      "source.ip in $a",
      { a: "10.0.0.300" },
      '$a: "10.0.0.300" is not an IPv4 address: the last part is 300, the largest allowed is 255',
    ],
    ["source.port = $a", { a: 70000 }, "$a: a whole number from 0 to 65535 is expected, not 70000"],
    ["source.port in $a", { a: [22, 1.5] }, "$a: a whole number is expected, not 1.5"],
    ["source.port = $a", { a: "22" }, '$a: a number is expected, not "22"'],
    ["severity = $a", { a: "hihg" }, '$a: "hihg" is none of info, low, medium, high, critical'],
    ["detect_time > $a", { a: "2024-13-01" }, "$a: 2024-13-01 is not a date: month 13 does not exist"],
    ["detect_time > $a", { a: 5 }, "$a: a Date or a time such as 2024-05-01T08:00Z is expected, not 5"],
    ["weekday(detect_time) = $a", { a: "someday" }, '$a: a number is expected, not "someday"'],
    ["description matches $a", { a: "(" }, '$a: this "(" is never closed'],
    ["description matches $a", { a: 5 }, "$a: a regular expression as a text is expected, not 5"],
    [
      "description matches $a",
      { a: ["a", "b"] },
      "$a: one value is expected, not a list; a filter takes a list as in $a or [$a]",
    ],
    ["source.spoofed = $a", { a: 1 }, "$a: true or false is expected, not 1"],
    ["description contains $a", { a: 5 }, "$a: a text is expected, not 5"],
  ])("%s with %j is refused in memory and in SQL", (filter, args, message) => {
    const refusal = expect.objectContaining({ name: "ArgumentError", code: "E320", message });
    expect(() => matches(filter, EVENT, args)).toThrow(refusal as ArgumentError);
    expect(() => sqlOf(filter, args)).toThrow(refusal as ArgumentError);
  });
});
