/** IPv4-mapped IPv6 addresses are the IPv4 addresses that they stand for, in events, filters, sets and arguments. */
import { expect, it } from "vitest";
import { compileFilter } from "../../../compiler/compile.js";
import { parseIpRange } from "../../../compiler/values/ip-range.js";
import { referenceMatch } from "../../testing/index.js";

const mapped = { Source: [{ IP6: ["::ffff:10.1.2.3"] }] };
const plain = { Source: [{ IP4: ["10.1.2.3"] }] };

it.each([
  "source.ip = 10.1.2.3",
  "source.ip = ::ffff:10.1.2.3",
  "source.ip = ::ffff:a01:203",
  "source.ip in 10.0.0.0/8",
  "source.ip in ::ffff:10.0.0.0/104",
  "source.ip in ::ffff:10.1.2.0..::ffff:10.1.2.9",
  "source.ip overlaps ::ffff:10.1.2.0-::ffff:10.1.2.9",
  "family(source.ip) = 4",
  "source.ip in @mapped",
])("%s", (text) => {
  const options = { sets: { mapped: ["::ffff:10.1.0.0/112"] } };
  for (const event of [mapped, plain]) {
    expect(compileFilter(text, options).matches(event)).toBe(true);
    expect(referenceMatch(text, event, options)).toBe(true);
  }
});

it("holds for arguments", () => {
  const filter = compileFilter("source.ip = $a");
  for (const a of ["::ffff:10.1.2.3", parseIpRange("::ffff:10.1.2.3")]) {
    expect(filter.matches(plain, { a })).toBe(true);
    expect(filter.sql({ a }).values).toContain('{"10.1.2.3"}'.replaceAll('"', ""));
  }
});

it("leaves ranges that go beyond the mapped addresses alone", () => {
  expect(compileFilter("source.ip in ::/0").matches(plain)).toBe(false);
  expect(compileFilter("source.ip in ::fffe:0:0/95").matches(mapped)).toBe(false);
});
