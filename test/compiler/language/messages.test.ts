import { describe, expect, it } from "vitest";
import type { Catalogue } from "../../../compiler/catalogue/model.js";
import { renderDiagnostics } from "../../../grammar/render.js";
import { diagnose, messages } from "./support.js";

/** Three conditions `a`, `b` and `c`. */
const LETTERS: Catalogue = {
  name: "letters",
  table: { name: "letters" },
  fields: ["a", "b", "c"].map((name) => ({
    kind: "stored",
    name,
    type: "boolean",
    list: false,
    column: name,
    paths: [name],
    description: "a letter",
    example: name,
  })),
  groups: [],
  unionGroups: [],
  enumerations: [],
};

describe("the messages of the specification, to the letter", () => {
  it("shows where and what instead", () => {
    const text = "sorce.ip in 10.0.0.0/8";
    expect(renderDiagnostics(text, diagnose(text))).toBe(
      [
        'error E101: unknown field "sorce.ip"',
        "  1 | sorce.ip in 10.0.0.0/8",
        '    | ^^^^^^^^ did you mean "source.ip"?',
      ].join("\n"),
    );
  });

  it.each([
    [
      "source.ip in 10.0.0.300",
      'E201: "10.0.0.300" is not an IPv4 address: the last part is 300, the largest allowed is 255',
    ],
    [
      "source.ip in 10.0.0.1/8",
      "E202: 10.0.0.1/8 has address bits beyond the /8 prefix; write 10.0.0.0/8 for the network, or 10.0.0.1 for the host",
    ],
    [
      "source.ip = 10.0.0.0/8",
      'E210: "=" compares with one address, but 10.0.0.0/8 is a network; use "in" or "overlaps"',
    ],
    ["target.port = http", 'E301: target.port is a whole number, "http" is text; did you mean 80?'],
    ["severity = Hgih", "E302: Hgih is not a severity; did you mean high?"],
    ["category = Recon.Scaning", "W302: Recon.Scaning is not a category; did you mean Recon.Scanning?"],
    ["source.ip in", "E002: expected a value for source.ip (an address, network, range, $parameter or @set)"],
    ["conn_count => 5", 'E003: "=>" is not an operator; did you mean ">="?'],
    ["target.port in [22 80]", 'E004: missing "," between list items'],
    ["(severity = high", 'E005: this "(" is never closed'],
    ["severity = high tlp = red", 'E006: two conditions without "and" or "or" between them'],
    ['description = "ssh', "E007: this text is never closed"],
    ["detect_time = 2024-13-01", "E401: 2024-13-01 is not a date: month 13 does not exist"],
    ["detect_time in last 3M", 'E402: "m" means minutes; for months write "3mo"'],
    [
      `${"(".repeat(65)}severity = high${")".repeat(65)}`,
      "E501: nested too deeply: 65 levels, the limit is 64",
    ],
    ["target.port != 22", "L01: also matches events that have no target.port"],
    [
      "target.port >= 1024 and target.port < 49152",
      "L03: may be met by two different ports; for one range write in 1024..<49152",
    ],
  ])("%s", (text, message) => expect(messages(text)).toEqual([message]));

  it("names the reading of mixed logic", () => {
    expect(messages("a or b and c", { catalogue: LETTERS })).toEqual([
      'L02: "or" and "and" mixed; this reads as a or (b and c)',
    ]);
    expect(messages("a or (b and c) or ( # why\n a and c # not\n )", { catalogue: LETTERS })).toEqual([]);
  });
});

describe("whole texts", () => {
  it("are refused at once when they are too long", () => {
    expect(messages(`description = "${"x".repeat(1 << 20)}"`)).toEqual([
      "E502: the filter is too long: 1048592 characters, the limit is 65536",
    ]);
  });

  it("are refused when they are too deep, whatever is inside", () => {
    expect(messages("(".repeat(129) + ")".repeat(129))).toEqual([
      "E501: nested too deeply: 65 levels, the limit is 64",
    ]);
    expect(messages("not ".repeat(4000) + "severity = high")).toEqual([expect.stringMatching(/^E501/)]);
    expect(messages(`${"(".repeat(64)}severity = high${")".repeat(64)}`)).toEqual([]);
  });

  it("have all their errors reported at once, each where it is", () => {
    const text =
      "sorce.ip in 10.0.0.300 and severity = hgih\n  or (target.port => 22 and detect_time = 2024-13-01) and tlp = yellow";
    expect(renderDiagnostics(text, diagnose(text))).toMatchInlineSnapshot(`
      "error E101: unknown field "sorce.ip"
        1 | sorce.ip in 10.0.0.300 and severity = hgih
          | ^^^^^^^^ did you mean "source.ip"?
      error E302: hgih is not a severity; did you mean high?
        1 | sorce.ip in 10.0.0.300 and severity = hgih
          |                                       ^^^^
      error E003: "=>" is not an operator; did you mean ">="?
        2 |   or (target.port => 22 and detect_time = 2024-13-01) and tlp = yellow
          |                   ^^
      error E401: 2024-13-01 is not a date: month 13 does not exist
        2 |   or (target.port => 22 and detect_time = 2024-13-01) and tlp = yellow
          |                                                ^^
      error E302: yellow is not a TLP label
        2 |   or (target.port => 22 and detect_time = 2024-13-01) and tlp = yellow
          |                                                                 ^^^^^^ known are RED, AMBER, AMBER+STRICT, GREEN, CLEAR
          | in quotes it is asked for as it is: "yellow""
    `);
  });

  it("have no errors that only follow from others", () => {
    // The value of an unknown field, the operator of a wrong function, the rest of a bad condition.
    expect(messages("sorce.ip = 10.0.0.0/8")).toEqual(['E101: unknown field "sorce.ip"']);
    expect(messages("cont(severity) contains 5")).toEqual(['E102: unknown function "cont"']);
    expect(messages("target.port => foo")).toEqual(['E003: "=>" is not an operator; did you mean ">="?']);
    expect(messages("target.port != 22 and severity = hgih")).toEqual([
      "L01: also matches events that have no target.port",
      "E302: hgih is not a severity; did you mean high?",
    ]);
  });

  it("may have keywords and names in any case, and names that begin like keywords", () => {
    expect(messages("Source.IP IN 10.0.0.0/8 AND Not SEVERITY Exists Or category UNDER recon")).toEqual([
      'L02: "or" and "and" mixed; this reads as (Source.IP in 10.0.0.0/8 and not SEVERITY exists) or category under recon',
    ]);
    for (const name of ["inside.ip", "orange", "not.x", "in.x", "android", "lastly", "none.x", "has_ip"])
      expect(messages(`${name} = 1`), name).toEqual([`E101: unknown field "${name}"`]);
  });

  it.each([
    ["target.port in [,]", "E002"],
    ["target.port in [22,,80]", "E002"],
    ["target.port in 1...3", "E003"],
    ["1 < target.port < 5", "E010"],
    ["target.port in [22, 80,]", ""],
    ["target.port in []", "L05"],
    ["22 = target.port", "E009"],
    ["tlp = 'red'", "E008"],
    ["severity = high | tlp = red", "E008"],
    ["severity = high; tlp = red", "E008"],
  ])("%s: %s", (text, code) =>
    expect(
      diagnose(text)
        .map((one) => one.code)
        .join(),
    ).toBe(code),
  );
});
