import { describe, expect, it } from "vitest";
import { IDEA_CATALOGUE } from "../../../compiler/catalogue/idea.js";
import { compileFilter } from "../../../compiler/compile.js";
import { isEverything } from "../../../compiler/everything/is-everything.js";

function everything(filter: string, args: Readonly<Record<string, unknown>> = {}): boolean {
  const { condition } = compileFilter(filter);
  return isEverything(condition, IDEA_CATALOGUE, { args, now: 1_714_521_600_000_000n });
}

describe("what every event must meet", () => {
  it.each([
    "",
    "true",
    "id exists",
    "detect_time exists",
    "storage_time exists",
    "not id missing",
    "not detect_time missing",
    "detect_time >= 0001-01-01",
    "detect_time <= 9999-12-31",
    "detect_time < now+1000y or detect_time >= 2024-01-01",
    "detect_time < 2024-01-01 or detect_time >= 2024-01-01",
    "detect_time < 2024-01-01 or detect_time > 2020-01-01",
    "not (detect_time < 2020-01-01 and detect_time > 2024-01-01)",
    "detect_time < 2024-01-01 xor detect_time >= 2024-01-01",
    "severity = low or id exists",
    "severity = low or severity != low",
    "severity in [info, low, medium, high, critical] or severity missing",
    "not (severity = low and severity = high)",
    "severity >= low or not (severity in [medium, high])",
    "id != a or id != b",
    'id != ""',
    'description like "*" or description missing',
    'description like "?*" or description missing',
    "description matches /.*/ or description missing",
    "description matches /./ or description missing",
    "description matches /^/ or description missing",
    "category exists or category missing",
    "category = Test or category != Test",
    "not category = Test or category exists",
    "count(source.ip) >= 2 or count(source.ip) < 5",
    "count(category) >= 0",
    "conn_count >= 0 or conn_count missing",
    "conn_count < 5 or conn_count >= 5 or conn_count missing",
    "confidence < 0.5 or confidence >= 0.5 or confidence missing",
    "(severity = low and id exists) or severity != low",
    "source has (port = 22) or not source has (port = 22)",
    "source has (port = 22) or count(source has (port = 22)) = 0",
    "source exists or source missing",
    "count(source) >= 0",
    "count(source) < 3 or count(source) >= 2",
    "count(target has (port = 22)) != 1 or count(target has (port = 22)) < 5",
    "count(source.port > 1023) >= 0",
    "count(source.ip in 10.0.0.0/8) < 2 or count(source.ip in 10.0.0.0/8) > 1",
    "count(source.ip) = 0 or source.ip exists",
    "size(source.ip) >= 0",
    "size(source.ip) = 0 or source.ip exists",
    "size(source.ip) < 256 or size(source.ip) >= 16",
    "hour(detect_time) in 0..23",
    "hour(detect_time) < 12 or hour(detect_time) >= 12",
    "weekday(detect_time) in [mon, tue, wed, thu, fri, sat, sun]",
    "weekday(detect_time) in mon..fri or weekday(detect_time) in [sat, sun]",
  ])("%s", (filter) => {
    expect(everything(filter)).toBe(true);
  });

  it.each([
    "false",
    "count(source) >= 1",
    "count(source) > 0 or count(target) > 0",
    "count(source.port > 1023) < 3",
    "source has (port = 22) or count(source has (port = 80)) = 0",
    "hour(detect_time) in 1..23",
    "hour(create_time) in 0..23",
    "weekday(detect_time) in mon..sat",
    "category exists",
    "severity exists",
    "source.ip exists",
    "severity in [info, low, medium, high, critical]",
    // An event may have a label that nobody knows.
    "tlp missing or tlp in [red, amber, AMBER+STRICT, green, clear]",
    "detect_time >= 0001-01-02",
    "detect_time >= 1970-01-01",
    "detect_time < 2024-01-01",
    "detect_time < 2024-01-01 or detect_time > 2024-01-02",
    "id != a",
    "not (id in [a, b])",
    'id starts with "a"',
    'description like "a*" or description missing',
    "description matches /[0-9a-f]/ or description missing",
    "description matches /.*/",
    "severity = low or severity = high",
    "severity = low xor id exists",
    "source.ip in [0.0.0.0/0, ::/0]",
    "source.ip in 0.0.0.0/0 or source.ip missing",
    "category = Test or category exists",
    "count(source.ip) > 5 or count(source.ip) < 5",
    "conn_count >= 0",
    "confidence < 0.5 or confidence > 0.5 or confidence missing",
    "source has (port = 22) or source.port exists",
    "description != x",
  ])("but not %s", (filter) => {
    expect(everything(filter)).toBe(false);
  });

  it("goes by the arguments", () => {
    expect(everything("detect_time >= $t", { t: "0001-01-01T00:00:00Z" })).toBe(true);
    expect(everything("detect_time >= $t", { t: "2024-01-01T00:00:00Z" })).toBe(false);
    expect(everything("id = $a or id != $b", { a: "x", b: "x" })).toBe(true);
    expect(everything("id = $a or id != $b", { a: "x", b: "y" })).toBe(false);
  });

  it("ends soon, also where it can prove nothing", () => {
    const many = Array.from({ length: 60 }, (_, index) => `(category = C${index} xor node.name = n${index})`);
    expect(everything(many.join(" or "))).toBe(false);
    expect(everything(`not (${many.join(" and ")})`)).toBe(false);
    const ids = Array.from({ length: 1000 }, (_, index) => `a${index}`);
    expect(everything(`id in [${ids.join(", ")}]`)).toBe(false);
  });
});

it("a list that every event has is never empty", () => {
  const fields = IDEA_CATALOGUE.fields.map((field) =>
    field.kind === "stored" && field.name === "source.ip" ? { ...field, required: true } : field,
  );
  const catalogue = { ...IDEA_CATALOGUE, fields };
  const { condition } = compileFilter("count(source.ip) >= 1", { catalogue });
  expect(isEverything(condition, catalogue, { args: {}, now: 0n })).toBe(true);
  expect(everything("count(source.ip) >= 1")).toBe(false);
});
