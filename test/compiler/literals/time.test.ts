import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readTimeLiteral } from "../../../compiler/values/time-literal.js";
import { formatMicros, MIN_EVENT_TIME, parseRfc3339 } from "../../../compiler/values/time.js";

const interval = (text: string, zone: string): string => {
  const read = readTimeLiteral(text, zone);
  if (read.kind === "problem") return read.problem.message;
  return `${formatMicros(read.value.start)} ${formatMicros(read.value.end)}`;
};

describe("readTimeLiteral", () => {
  test.each([
    ["2024", "2024-01-01T00:00:00Z 2025-01-01T00:00:00Z"],
    ["2024-02", "2024-02-01T00:00:00Z 2024-03-01T00:00:00Z"],
    ["2024-12", "2024-12-01T00:00:00Z 2025-01-01T00:00:00Z"],
    ["2024-02-29", "2024-02-29T00:00:00Z 2024-03-01T00:00:00Z"],
    ["2024-05-01T08", "2024-05-01T08:00:00Z 2024-05-01T09:00:00Z"],
    ["2024-05-01T08:30", "2024-05-01T08:30:00Z 2024-05-01T08:31:00Z"],
    ["2024-05-01 08:30:15", "2024-05-01T08:30:15Z 2024-05-01T08:30:16Z"],
    ["2024-05-01T08:30:15.5", "2024-05-01T08:30:15.500000Z 2024-05-01T08:30:15.600000Z"],
    ["2024-05-01T08:30:15.123456Z", "2024-05-01T08:30:15.123456Z 2024-05-01T08:30:15.123457Z"],
    ["2024-05-01T08:00+02:00", "2024-05-01T06:00:00Z 2024-05-01T06:01:00Z"],
    ["2024-05-01t08:00-0330", "2024-05-01T11:30:00Z 2024-05-01T11:31:00Z"],
    ["2024-05-01+02:00", "2024-04-30T22:00:00Z 2024-05-01T22:00:00Z"],
  ])("%s in UTC", (text, expected) => expect(interval(text, "UTC")).toBe(expected));

  test.each([
    ["2024-05-01", "2024-04-30T22:00:00Z 2024-05-01T22:00:00Z"],
    // 23 and 25 hours.
    ["2024-03-31", "2024-03-30T23:00:00Z 2024-03-31T22:00:00Z"],
    ["2024-10-27", "2024-10-26T22:00:00Z 2024-10-27T23:00:00Z"],
    // Skipped: read by the clock before the change. Twice: the later one.
    ["2024-03-31T02:30", "2024-03-31T01:00:00Z 2024-03-31T01:00:00Z"],
    ["2024-10-27T02:30", "2024-10-27T00:30:00Z 2024-10-27T01:31:00Z"],
    ["2024-10-27T02", "2024-10-27T00:00:00Z 2024-10-27T02:00:00Z"],
    ["2024-10-27T01:59", "2024-10-26T23:59:00Z 2024-10-27T00:00:00Z"],
    ["2024-05-01T08:00Z", "2024-05-01T08:00:00Z 2024-05-01T08:01:00Z"],
  ])("%s in Prague", (text, expected) => expect(interval(text, "Europe/Prague")).toBe(expected));

  test.each([
    ["2024-13-01", "2024-13-01 is not a date: month 13 does not exist", "13"],
    ["2024-00", "2024-00 is not a date: month 00 does not exist", "00"],
    ["2024-02-30", "2024-02-30 is not a date: day 30 does not exist, February 2024 has 29 days", "30"],
    ["2023-04-31", "2023-04-31 is not a date: day 31 does not exist, April has 30 days", "31"],
    ["2024-05-01T25:00", "2024-05-01T25:00 is not a time: hour 25 does not exist", "25"],
    ["2024-05-01T08:60", "2024-05-01T08:60 is not a time: minute 60 does not exist", "60"],
    ["2024-05-01T08:00:61", "2024-05-01T08:00:61 is not a time: second 61 does not exist", "61"],
    ["0000-01-01", "0000-01-01 is not a date: there is no year 0000", "0000"],
    ["2024-05-01T08+16:00", "2024-05-01T08+16:00 is not a time: there is no zone +16:00", "+16:00"],
    [
      "2024-05-01T08:00:00.1234567",
      "2024-05-01T08:00:00.1234567 is finer than a microsecond; write at most six digits",
      "7",
    ],
  ])("refuses %s", (text, message, marked) => {
    const read = readTimeLiteral(text, "UTC");
    expect(read).toMatchObject({ kind: "problem", problem: { code: "E401", message } });
    if (read.kind === "problem") expect(text.slice(read.problem.start, read.problem.end)).toBe(marked);
  });

  test.each([
    ["2024/5/1", "2024-05-01"],
    ["1.5.2024", "2024-05-01"],
    ["2024-5-1", "2024-05-01"],
    ["20240501", "2024-05-01"],
    ["2024-05-01T8:00", "2024-05-01T08:00"],
    ["1714550400", "2024-05-01T08:00:00Z"],
    ["1714550400000", "2024-05-01T08:00:00Z"],
  ])("rewrites %s", (text, better) => {
    expect(readTimeLiteral(text, "UTC")).toMatchObject({
      problem: {
        message: `"${text}" is not how times are written here; write ${better}`,
        fixes: [{ title: `write ${better}`, text: better }],
      },
    });
  });

  test("anything else", () => {
    expect(interval("noon", "UTC")).toBe(
      '"noon" is not a date or time; write 2024-05-01, 2024-05-01T08:00 or now-24h',
    );
  });

  test("a printed instant is the microsecond that it names", () => {
    const end = parseRfc3339("9999-01-01T00:00:00Z") ?? 0n;
    fc.assert(
      fc.property(fc.bigInt({ min: MIN_EVENT_TIME, max: end }), (micros) => {
        const text = formatMicros(micros);
        const read = readTimeLiteral(text, "Europe/Prague");
        expect(read.kind === "value" && read.value.start).toBe(micros);
      }),
    );
  });
});
