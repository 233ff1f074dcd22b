import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  dateToMicros,
  END_EVENT_TIME,
  formatMicros,
  microsToDate,
  MIN_EVENT_TIME,
  parseEventTime,
  parsePgTimestamp,
  parseRfc3339,
} from "../../../compiler/values/time.js";

const eventTime = fc.bigInt({ min: MIN_EVENT_TIME, max: END_EVENT_TIME - 1n });

describe("parseRfc3339", () => {
  test.each([
    ["2024-05-01T08:00:00Z", "2024-05-01T08:00:00Z"],
    ["2024-05-01t08:00:00z", "2024-05-01T08:00:00Z"],
    ["2024-05-01 08:00:00", "2024-05-01T08:00:00Z"],
    ["2024-05-01T08:00:00+02:00", "2024-05-01T06:00:00Z"],
    ["2024-05-01T08:00:00-03:30", "2024-05-01T11:30:00Z"],
    ["2024-05-01T08:00:00+0530", "2024-05-01T02:30:00Z"],
    ["2024-05-01T08:00:00.1Z", "2024-05-01T08:00:00.100000Z"],
    // Rounded half to even, in double precision, as timestamptz does.
    ["2024-05-01T08:00:00.1234565Z", "2024-05-01T08:00:00.123456Z"],
    ["2024-05-01T08:00:00.1234575Z", "2024-05-01T08:00:00.123458Z"],
    ["2024-05-01T08:00:00.9999999Z", "2024-05-01T08:00:01Z"],
    ["2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"],
    ["2024-05-01T24:00:00Z", "2024-05-02T00:00:00Z"],
    ["2024-02-29T00:00:00Z", "2024-02-29T00:00:00Z"],
  ])("%s is %s", (text, printed) => {
    const micros = parseRfc3339(text);
    expect(micros !== null && formatMicros(micros)).toBe(printed);
  });

  test.each([
    "2023-02-29T00:00:00Z",
    "2024-13-01T00:00:00Z",
    "2024-05-01T25:00:00Z",
    "2024-05-01T24:00:01Z",
    "2024-05-01T08:60:00Z",
    "2024-05-01T08:00:61Z",
    "2024-05-01T08:00:00+16:00",
    "2024-05-01",
    "0000-01-01T00:00:00Z",
    "0001-01-01T00:00:00+01:00",
    "9999-12-31T23:59:60Z",
    "tomorrow",
    "2024-05-01T08:00:0",
    "2024/05/01T08:00:00Z",
    "2024-05-01T08:00:00Z ",
    "2024-05-01T08:00:00ZZ",
    "202x-05-01T08:00:00Z",
    "2024-05-01T08:00:0:Z",
    "2024-05-01T08:00:00.Z",
  ])("%s is no time", (text) => expect(parseRfc3339(text)).toBeNull());
});

describe("parseEventTime", () => {
  test.each([
    [1714550400, "2024-05-01T08:00:00Z"],
    [1714550400.123456, "2024-05-01T08:00:00.123456Z"],
    ["1714550400.123456", "2024-05-01T08:00:00.123456Z"],
    [-1.5, "1969-12-31T23:59:58.500000Z"],
    ["-1.5", "1969-12-31T23:59:58.500000Z"],
    [" 2024-05-01T08:00:00Z ", "2024-05-01T08:00:00Z"],
    ["2024-05-01T08Z", "2024-05-01T08:00:00Z"],
    ["2024-05-01T10+2", "2024-05-01T08:00:00Z"],
    ["2024-05-01T10:00+2:00", "2024-05-01T08:00:00Z"],
    ["Wed, 1 May 2024 10:00:00 +0200", "2024-05-01T08:00:00Z"],
    ["01 May 2024 08:00 GMT", "2024-05-01T08:00:00Z"],
  ])("reads %j", (value, printed) => {
    const micros = parseEventTime(value);
    expect(micros !== null && formatMicros(micros)).toBe(printed);
  });

  test.each([
    [null],
    [true],
    [{}],
    [NaN],
    [Infinity],
    [1e300],
    ["1e9"],
    [""],
    ["1 Mai 2024 08:00 GMT"],
    ["1 anf 2024 08:00 GMT"],
  ])("refuses %j", (value) => expect(parseEventTime(value)).toBeNull());
});

describe("formatMicros", () => {
  test("is read back by parseRfc3339, and by parsePgTimestamp in PostgreSQL's spelling", () => {
    fc.assert(
      fc.property(eventTime, (micros) => {
        const text = formatMicros(micros);
        expect(parseRfc3339(text)).toBe(micros);
        expect(parsePgTimestamp(text.replace("T", " ").replace("Z", "+00"))).toBe(micros);
      }),
    );
  });

  test("agrees with Date, below and above the safe integers", () => {
    const limit = BigInt(Number.MAX_SAFE_INTEGER);
    const near = (centre: bigint) => fc.bigInt({ min: centre - 3_000_000n, max: centre + 3_000_000n });
    const micros = fc.oneof(
      eventTime,
      near(limit),
      near(-limit),
      near(0n),
      near(MIN_EVENT_TIME + 3_000_000n),
    );
    fc.assert(
      fc.property(micros, (instant) => {
        const rest = String(((instant % 1000n) + 1000n) % 1000n).padStart(3, "0");
        const expected = microsToDate(instant).toISOString().replace("Z", `${rest}Z`);
        expect(formatMicros(instant)).toBe(expected.replace(".000000Z", "Z"));
        expect(parseRfc3339(expected)).toBe(instant);
      }),
      { numRuns: 1_000 },
    );
  });

  test("writes years beyond four digits and before the first", () => {
    expect(formatMicros(END_EVENT_TIME)).toBe("10000-01-01T00:00:00Z");
    expect(formatMicros(MIN_EVENT_TIME - 1n)).toBe("0001-12-31T23:59:59.999999Z BC");
  });
});

describe("parsePgTimestamp", () => {
  test.each([
    ["2024-05-01 10:00:00.5+02", "2024-05-01T08:00:00.500000Z"],
    ["2024-05-01 13:45:00+05:45", "2024-05-01T08:00:00Z"],
    ["1890-01-01 00:57:44+00:57:44", "1890-01-01T00:00:00Z"],
    ["0001-12-31 23:59:59.999999+00 BC", "0001-12-31T23:59:59.999999Z BC"],
    ["12345-01-01 00:00:00+00", "12345-01-01T00:00:00Z"],
  ])("%s is %s", (text, printed) => expect(formatMicros(parsePgTimestamp(text))).toBe(printed));

  test.each(["infinity", "05/01/2024 08:00:00 UTC"])("%s throws", (text) =>
    expect(() => parsePgTimestamp(text)).toThrow(RangeError),
  );
});

test("Date holds the millisecond below", () => {
  expect(microsToDate(-1n).getTime()).toBe(-1);
  expect(microsToDate(1_999n).getTime()).toBe(1);
  expect(dateToMicros(new Date(5))).toBe(5_000n);
  expect(() => dateToMicros(new Date(NaN))).toThrow("the date is invalid");
});
