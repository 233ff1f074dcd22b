import { describe, expect, it } from "vitest";
import { IDEA_CATALOGUE } from "../../../compiler/catalogue/idea.js";
import { diagnose, repairs } from "../language/support.js";

/** A filter, its one diagnostic (code, message, marked text), and the texts after each fix. */
type Row = readonly [filter: string, code: string, message: string, marked: string, ...repaired: string[]];

const ROWS: readonly Row[] = [
  // Names
  ["soruce.ip exists", "E101", 'unknown field "soruce.ip"', "soruce.ip", "source.ip exists"],
  ["severty = high", "E101", 'unknown field "severty"', "severty", "severity = high"],
  ["port = 22", "E101", 'unknown field "port"', "port", "source.port = 22"],
  ["source", "E101", 'unknown field "source"', "source"],
  [
    "detectors = x",
    "W101",
    '"detectors" is a legacy name; the field is called "node.name"',
    "detectors",
    "node.name = x",
  ],
  ["cuont(source.ip) > 3", "E102", 'unknown function "cuont"', "cuont", "count(source.ip) > 3"],
  [
    "count(severity) > 3",
    "E103",
    "count( ) takes a list, but severity has one value at most",
    "count(severity)",
  ],
  [
    "family(source.port) = 4",
    "E103",
    "family( ) takes an address, but source.port is a whole number",
    "family(source.port)",
  ],
  [
    "source has (prot = tcp)",
    "E105",
    'unknown field "prot" inside has ( )',
    "prot",
    "source has (port = tcp)",
  ],
  [
    "soruce has (port = 22)",
    "E106",
    '"soruce" is no list of objects that "has" could tie',
    "soruce",
    "source has (port = 22)",
  ],
  ["source has (node has (name = x))", "E106", '"has" can\'t stand inside another "has"', "node"],
  ["source.ip in @campsu", "E107", "there is no set @campsu", "@campsu", "source.ip in @campus"],
  ["source.ip in @noise", "E107", "@noise is a saved filter, not a set of values", "@noise"],
  ["@nosie", "E107", "there is no saved filter @nosie", "@nosie", "@noise"],
  ["@campus", "E107", "@campus is a set of values, not a condition", "@campus"],
  ["@private", "E107", "@private is a set of values, not a condition", "@private"],
  [
    "any count(source.ip) > 3",
    "E109",
    '"any" looks at the values of a list, but count(source.ip) is one number',
    "any count(source.ip) > 3",
    "count(source.ip) > 3",
  ],
  // Operators
  ['target.port contains "2"', "E104", '"contains" is for text; target.port is a whole number', "contains"],
  [
    "target.port not overlaps 5",
    "E104",
    '"overlaps" is for addresses; target.port is a whole number',
    "not overlaps",
    "target.port not in 5",
  ],
  [
    "category starts with Recon",
    "E104",
    '"starts with" is for text; category is a word',
    "starts with",
    "category under Recon",
  ],
  ["source.spoofed in [true]", "E104", '"in" does not go with source.spoofed, which is true or false', "in"],
  ["family(source.ip) > 4", "E104", '">" does not go with family(source.ip)', ">"],
  [
    'lower(node.name) contains "x"',
    "E104",
    '"contains" does not go with lower(node.name)',
    "contains",
    'node.name contains "x"',
  ],
  ["severity in last 5d", "E104", '"in last" is for times; severity is a word', "in"],
  [
    "source.ip",
    "E306",
    "source.ip is an address, not a condition by itself",
    "source.ip",
    "source.ip exists",
  ],
  [
    "count(source.ip)",
    "E306",
    "count(source.ip) is a whole number, not a condition by itself",
    "count(source.ip)",
    "count(source.ip) > 0",
  ],
  [
    "family(source.ip)",
    "E306",
    "family(source.ip) is a whole number, not a condition by itself",
    "family(source.ip)",
  ],
  // Addresses
  ["source.ip in 10.0.0.0/33", "E203", expect.any(String) as string, "/33"],
  ["source.ip in 10.0.0.1-2001:db8::1", "E204", expect.any(String) as string, "10.0.0.1-2001:db8::1"],
  [
    "source.ip in 10.0.0.1..2001:db8::1",
    "E204",
    '"10.0.0.1..2001:db8::1" is not a range: one end is IPv4, the other IPv6',
    "10.0.0.1..2001:db8::1",
  ],
  ["source.ip = fe80::1%eth0", "E205", expect.any(String) as string, "%eth0", "source.ip = fe80::1"],
  [
    "source.ip in 10.0.0.9..10.0.0.1",
    "E206",
    "10.0.0.9..10.0.0.1 runs backwards; write 10.0.0.1..10.0.0.9",
    "10.0.0.9..10.0.0.1",
    "source.ip in 10.0.0.1..10.0.0.9",
  ],
  [
    "source.ip in 10.0.0.0..10.0.0.1/8",
    "E202",
    "10.0.0.1/8 has address bits beyond the /8 prefix; write 10.0.0.0/8 for the network, or 10.0.0.1 for the host",
    "10.0.0.1/8",
    "source.ip in 10.0.0.0..10.0.0.0/8",
    "source.ip in 10.0.0.0..10.0.0.1",
  ],
  ["source.ip = 010.0.0.1", "E207", expect.any(String) as string, "010", "source.ip = 10.0.0.1"],
  ["source.ip = 10.0", "E208", expect.any(String) as string, "10.0", "source.ip = 10.0.0.0/16"],
  ["source.ip = 1:2:3", "E209", expect.any(String) as string, "1:2:3"],
  [
    "source.ip!=10.0.0.0/8",
    "E210",
    '"!=" compares with one address, but 10.0.0.0/8 is a network; use "not in" or "not overlaps"',
    "10.0.0.0/8",
    "source.ip not in 10.0.0.0/8",
    "source.ip not overlaps 10.0.0.0/8",
  ],
  ["source.ip = 10.0.0.1:80", "E211", expect.any(String) as string, "10.0.0.1:80", "source.ip = 10.0.0.1"],
  [
    "source.ip in intranet",
    "E301",
    'source.ip is an address, network or range, "intranet" is text',
    "intranet",
  ],
  ["source.ip = now", "E301", "source.ip is an address, now is a time", "now"],
  ["source.ip in $low..10.0.0.9", "E314", "the end of a range of addresses is an address", "$low"],
  ["family(source.ip) = 5", "E313", "family(source.ip) is 4 or 6, never 5", "= 5"],
  ["family(source.ip) in 4..6", "E313", "family(source.ip) is 4 or 6, not a range", "in 4..6"],
  // Numbers
  [
    'target.port = "80"',
    "E301",
    'target.port is a whole number, "80" is text; did you mean 80?',
    '"80"',
    "target.port = 80",
  ],
  [
    "target.port = htps",
    "E301",
    'target.port is a whole number, "htps" is text; did you mean 443?',
    "htps",
    "target.port = 443",
  ],
  ["confidence > high", "E301", 'confidence is a number, "high" is text', "high"],
  [
    "target.port in 90..80",
    "E307",
    "the range 90..80 is empty: it starts above its end",
    "90..80",
    "target.port in 80..90",
  ],
  ["target.port = 70000", "E310", "70000 is out of range: target.port lies between 0 and 65535", "70000"],
  [
    "target.port in [80-90]",
    "E317",
    '"80-90" is not a number; for a range write in 80..90',
    "80-90",
    "target.port in [80..90]",
  ],
  // Words
  ["tlp = yellow", "E302", "yellow is not a TLP label", "yellow"],
  [
    "target_severity < hihg",
    "E302",
    "hihg is not a severity; did you mean high?",
    "hihg",
    "target_severity < high",
  ],
  [
    "source.type = Botne",
    "W302",
    "Botne is not a source or target type; did you mean Botnet?",
    "Botne",
    "source.type = Botnet",
  ],
  [
    "severity in critical..low",
    "E307",
    "the range critical..low is empty: critical is above low",
    "critical..low",
    "severity in low..critical",
  ],
  ["tlp in green..red", "E312", "a range needs values with an order; those of tlp have none", "green..red"],
  ["severity in $low..high", "E314", "the end of a range of words is a known word", "$low"],
  [
    'node.name in ["a"i, "b"]',
    "E311",
    '"…"i ignores case and the other items do not; give all of them the i or none',
    'in ["a"i, "b"]',
  ],
  [
    "source.spoofed = maybe",
    "E301",
    'source.spoofed is true or false, "maybe" is text; write true or false',
    "maybe",
  ],
  // Text
  [
    "node.name contains /cz/",
    "E316",
    '"contains" takes text, /cz/ is a regular expression',
    "/cz/",
    "node.name matches /cz/",
  ],
  [
    "node.name not contains /cz/",
    "E316",
    '"contains" takes text, /cz/ is a regular expression',
    "/cz/",
    "node.name not matches /cz/",
  ],
  [
    'node.name contains ["a"c, "b"]',
    "E311",
    '"…"c minds case and the other items do not; give all of them the c or none',
    'contains ["a"c, "b"]',
  ],
  [
    'node.name like "*a*b*c*d*e*f*g*h*"',
    "E309",
    "too many wildcards: 9, the limit is 8",
    '"*a*b*c*d*e*f*g*h*"',
  ],
  [
    'node.name matches "a/b"',
    "E315",
    '"matches" takes one regular expression; write /a\\/b/i',
    '"a/b"',
    "node.name matches /a\\/b/i",
  ],
  ["node.name matches $pattern", "E315", '"matches" takes one regular expression: /…/', "$pattern"],
  [
    "node.name matches [/a/, /b/]",
    "E315",
    '"matches" takes one regular expression: /…/',
    "matches [/a/, /b/]",
  ],
  ["node.name matches /(a/", "E303", 'this "(" is never closed', "("],
  [
    "node.name matches /(?=a)/",
    "E304",
    "lookaround is not supported; combine two conditions with and / and not",
    "(?=",
  ],
  ["node.name matches /a{101}/", "E305", '"{101}" repeats too often, the limit is 100', "{101}"],
  ["node.name matches /a+?/", "E304", expect.any(String) as string, "+?", "node.name matches /a+/"],
  // Times
  [
    "detect_time in 2024-05-07..2024-05-01",
    "E307",
    "the range is empty: it starts after its end",
    "2024-05-07..2024-05-01",
    "detect_time in 2024-05-01..2024-05-07",
  ],
  [
    "detect_time in now-1h..now-2h",
    "E307",
    "the range is empty: it starts after its end",
    "now-1h..now-2h",
    "detect_time in now-2h..now-1h",
  ],
  [
    "detect_time in today..yesterday",
    "E307",
    "the range is empty: it starts after its end",
    "today..yesterday",
    "detect_time in yesterday..today",
  ],
  [
    "detect_time >= 1.5.2024",
    "E401",
    '"1.5.2024" is not how times are written here; write 2024-05-01',
    "1.5.2024",
    "detect_time >= 2024-05-01",
  ],
  [
    "detect_time in last 5min",
    "E402",
    '"min" is not a unit of time; minutes are written "m": did you mean 5m?',
    "min",
    "detect_time in last 5m",
  ],
  // Values as other languages write them
  [
    "severity = high or critical",
    "E101",
    'unknown field "critical"',
    "critical",
    "severity in [high, critical]",
  ],
  [
    "category = Recon.*",
    "W302",
    "Recon.* is no wildcard; for Recon and all below it write under Recon",
    "Recon.*",
    "category under Recon",
  ],
  [
    "not category != Recon.*",
    "W302",
    "Recon.* is no wildcard; for Recon and all below it write not under Recon",
    "Recon.*",
    "not category not under Recon",
  ],
  [
    "source.spoofed = yes",
    "E301",
    'source.spoofed is true or false, "yes" is text; did you mean true?',
    "yes",
    "source.spoofed = true",
  ],
  [
    "source.asn = AS2852",
    "E301",
    'source.asn is a whole number, "AS2852" is text; did you mean 2852?',
    "AS2852",
    "source.asn = 2852",
  ],
  // Parameters
  [
    "source.ip in $a and target.port in $a",
    "E308",
    "$a is a list (of which each is an address) at its first use, but a list (of which each is a whole number) here",
    "$a",
  ],
  ["tlp = $a and severity = $a", "E308", "$a is a TLP label at its first use, but a severity here", "$a"],
  // Lints
  [
    "target.port != 22",
    "L01",
    "also matches events that have no target.port",
    "target.port != 22",
    "(target.port != 22 and target.port exists)",
  ],
  [
    "source has (port not in [22, 23])",
    "L01",
    "also matches elements that have no port",
    "port not in [22, 23]",
    "source has ((port not in [22, 23] and port exists))",
  ],
  [
    "severity = high or tlp = red and confidence > 0.5",
    "L02",
    '"or" and "and" mixed; this reads as severity = high or (tlp = red and confidence > 0.5)',
    "severity = high or tlp = red and confidence > 0.5",
    "severity = high or (tlp = red and confidence > 0.5)",
  ],
  [
    "target.port > 1023 and target.port < 49152",
    "L03",
    "may be met by two different ports; for one range write in 1024..<49152",
    "target.port > 1023 and target.port < 49152",
    "target.port in 1024..<49152",
  ],
  [
    "target.port > 1023 and target.port < 80",
    "L03",
    "may be met by two different ports",
    "target.port > 1023 and target.port < 80",
  ],
  [
    'category in ["Recon.Scaning"i, "Test"i]',
    "W302",
    "Recon.Scaning is not a category; did you mean Recon.Scanning?",
    '"Recon.Scaning"i',
    'category in ["Recon.Scanning"i, "Test"i]',
  ],
  ["count(target.ip) >= 0", "L04", "always true: matches every event", "count(target.ip) >= 0"],
  [
    "severity = high or severity != high",
    "L04",
    "always true: matches every event",
    "severity = high or severity != high",
  ],
  [
    "severity = low and severity >= high",
    "L05",
    "always false: matches no event",
    "severity = low and severity >= high",
  ],
  [
    "confidence > 0.9 and confidence < 0.5",
    "L05",
    "always false: matches no event",
    "confidence > 0.9 and confidence < 0.5",
  ],
  ["prefix_len(source.ip) > 128", "L05", "always false: matches no event", "prefix_len(source.ip) > 128"],
  [
    'note contains "x"',
    "L06",
    "no index serves this search for text: the text of every event is read",
    'note contains "x"',
  ],
];

describe("one thing wrong", () => {
  it.each(ROWS)("%s: %s", (filter, code, message, marked, ...repaired) => {
    const found = diagnose(filter).filter((one) => one.code === code || !isRemark(one.code));
    expect(found.map((one) => [one.code, one.message])).toEqual([[code, message]]);
    const [diagnostic] = found;
    if (diagnostic === undefined) return;
    expect(filter.slice(diagnostic.span.start, diagnostic.span.end)).toBe(marked);
    expect(repairs(filter, diagnostic)).toEqual(repaired);
    // A fix takes its problem away. It need not make a wrong filter right: the value may be of another type.
    for (const better of repaired) expect(diagnose(better).map((one) => one.code)).not.toContain(code);
  });

  it("keeps every fix from making errors of its own", () => {
    const keepErrors = new Set(["port = 22", "source has (prot = tcp)", "source.ip = 10.0"]);
    for (const [filter] of ROWS.filter(([text]) => !keepErrors.has(text)))
      for (const diagnostic of diagnose(filter))
        for (const better of repairs(filter, diagnostic))
          expect(
            diagnose(better).filter(({ severity }) => severity === "error"),
            better,
          ).toEqual([]);
  });
});

const isRemark = (code: string): boolean => code.startsWith("L");

describe("sets", () => {
  const sets = {
    bad: ["10.0.0.1/8", "10.0.0.0/8", "x", "y", "z"],
    outer: ["@inner"],
    inner: ["@outer"],
    lost: ["@nowhere"],
    words: ["a..b", "c"],
    many: Array.from({ length: 20_000 }, (_, index) => `10.${(index >> 8) & 255}.${index & 255}.1`),
  };
  const found = (text: string) =>
    diagnose(text, { sets }).map(({ code, message, fixes }) => [`${code}: ${message}`, fixes.length]);

  it("are named where a member is wrong, and the reference is not rewritten", () => {
    expect(found("source.ip in @bad")).toEqual([
      [
        "E202: in @bad: 10.0.0.1/8 has address bits beyond the /8 prefix; write 10.0.0.0/8 for the network, or 10.0.0.1 for the host",
        0,
      ],
      ['E301: in @bad: source.ip is an address, network or range, "x" is text', 0],
      ['E301: in @bad: source.ip is an address, network or range, "y" is text', 0],
    ]);
  });

  it("may not go in a circle or name what is not there", () => {
    expect(found("source.ip in @outer")).toEqual([
      ["E108: sets refer to each other in a circle: @outer → @inner → @outer", 0],
    ]);
    expect(found("source.ip in @lost")).toEqual([["E107: in @lost: there is no set @nowhere", 0]]);
  });

  it("hold plain words for fields of words, and any number of members", () => {
    expect(found("node.name in @words")).toEqual([]);
    expect(found("source.ip in @many")).toEqual([]);
    expect(found("source.port in @many")[0]?.[0]).toMatch(/^E301: in @many/);
  });
});

describe("saved filters", () => {
  const chain = Object.fromEntries(
    Array.from({ length: 20 }, (_, index) => [`f${index}`, `@f${index + 1} or severity = high`]),
  );
  const doubling = Object.fromEntries(
    Array.from({ length: 14 }, (_, index) => [`d${index}`, `@d${index + 1} or not @d${index + 1}`]),
  );
  const filters = {
    broken: "sorce.ip in 10.0.0.300 and (severity = high",
    outer: "@broken or tlp = red",
    round: "not @about",
    about: "severity = high and @round",
    empty: "",
    lints: "target.port != 22",
    ...chain,
    f20: "true",
    ...doubling,
    d14: "severity = high",
  };
  const found = (text: string) =>
    diagnose(text, { filters }).map(({ code, message }) => `${code}: ${message}`);

  it("show what is wrong inside at the reference, and keep their remarks to themselves", () => {
    expect(found("tlp = red and @broken")).toEqual([
      'E005: in @broken: this "(" is never closed',
      'E101: in @broken: unknown field "sorce.ip"',
    ]);
    expect(found("@outer")).toEqual([
      'E005: in @outer: this "(" is never closed',
      'E101: in @outer: unknown field "sorce.ip"',
    ]);
    expect(found("@lints")).toEqual([]);
    expect(found("@empty")).toEqual(["L04: always true: matches every event"]);
  });

  it("may not go in a circle, nor be nested or repeated without bound", () => {
    expect(found("@round")).toEqual([
      "E108: saved filters refer to each other in a circle: @round → @about → @round",
    ]);
    expect(found("@f0")).toEqual([
      "E505: in @f0: saved filters are nested too deeply: the limit is 16 levels",
    ]);
    expect(found("@d0").map((message) => message.slice(0, 4))).toContain("E505");
    expect(found("@d0").length).toBeLessThan(30);
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
