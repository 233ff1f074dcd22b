import { describe, expect, it } from "vitest";
import { completeFilter, type Completion } from "../../../compiler/complete.js";
import { IDEA_CATALOGUE } from "../../../compiler/catalogue/idea.js";
import { parseSyntax } from "../../../grammar/parse.js";
import { highlightTokens } from "../../../grammar/tokens.js";
import { diagnose, OPTIONS } from "../language/support.js";

/** The cursor is at the `|`. */
function complete(marked: string): { readonly text: string; readonly found: readonly Completion[] } {
  const offset = marked.indexOf("¦");
  const text = marked.replace("¦", "");
  return { text, found: completeFilter(text, offset, OPTIONS) };
}

const labels = (marked: string): readonly string[] => complete(marked).found.map(({ label }) => label);

function inserted(text: string, { insert, start, end }: Completion): string {
  return text.slice(0, start) + insert + text.slice(end);
}

describe("what is proposed", () => {
  it("for a condition: fields, functions, groups, saved filters, words", () => {
    const found = labels("¦");
    for (const { name } of IDEA_CATALOGUE.fields) expect(found).toContain(name);
    for (const label of ["source has", "host has", "count", "@noise", "not", "any", "all", "none"])
      expect(found).toContain(label);
    expect(found).not.toContain("and");
    expect(found).not.toContain("@campus");
  });

  it.each([
    ["sev¦", ["severity", "target_severity"]],
    ["SEVERI¦", ["severity", "target_severity"]],
    ["source.¦", 15],
    ["net¦", ["source.netname", "target.netname", "host.netname"]],
    ["severity = high and cat¦", ["category"]],
    ["not (tl¦", ["tlp"]],
    ["@no¦", ["@noise"]],
    ["all source.p¦", ["source.port", "source.protocol"]],
    ["none sev¦", []],
    ["zzz¦", []],
    // Functions
    ["prefix_len(¦", ["source.ip", "target.ip", "host.ip"]],
    ["size(¦", ["source.ip", "target.ip", "host.ip"]],
    ["size(source.ip) ¦", ["=", "!=", "<", "<=", ">", ">=", "in", "not in"]],
    ["family(source.¦", ["source.ip"]],
    ["family(source.ip) ¦", ["=", "!=", "in", "not in"]],
    ["family(source.ip) = ¦", ["4", "6"]],
    ["weekday(detect_time) in [sat, ¦", ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]],
    // Operators
    ["severity ¦", ["=", "!=", "<", "<=", ">", ">=", "in", "exists", "missing", "not in"]],
    ["category u¦", ["under"]],
    ["category not ¦", ["under", "in"]],
    ["description s¦", ["starts with"]],
    ["description starts ¦", ["with"]],
    ["source ¦", ["has"]],
    ["source has ¦", ["("]],
    ["source.spoofed ¦", ["=", "!=", "exists", "missing", "and", "or", "xor"]],
    ["detectors ¦", 16],
    ["nonsense ¦", []],
    // Values
    ["severity >= ¦", ["info", "low", "medium", "high", "critical"]],
    ["severity in low..¦", ["low", "medium", "high", "critical"]],
    ["severity in low..c¦", ["critical"]],
    ["severity in [low, ¦", ["info", "low", "medium", "high", "critical"]],
    ["severity in [low, medium..¦", ["medium", "high", "critical"]],
    ["tlp in [green, AM¦", ["AMBER", "AMBER+STRICT"]],
    [
      "category under Rec¦",
      ["Recon", "Recon.Scanning", "Recon.Sniffing", "Recon.SocialEngineering", "Recon.Searching"],
    ],
    ["category = scan¦", ["Recon.Scanning"]],
    ["source.spoofed = ¦", ["true", "false"]],
    ["detect_time in l¦", ["last"]],
    ["detect_time in last ¦", ["15m", "1h", "24h", "7d", "30d"]],
    ["detect_time >= now-¦", ["now-24h", "now-7d/d"]],
    [
      "source.ip in ¦",
      ["@our_networks", "@campus", "@scanners_ok", "@ipv4", "@ipv6", "@private", "@multicast", "@loopback"],
    ],
    ["source.ip in [10.0.0.0/8, @c¦", ["@campus"]],
    ["source.ip in $nets and target.ip in $¦", ["$nets"]],
    ["description contains ¦", ["@our_networks", "@campus", "@scanners_ok"]],
    ["target.port in ¦", ["@ports"]],
    ["target.port = ¦", []],
    ["severity in ¦", ["info", "low", "medium", "high", "critical"]],
    ["description matches ¦", []],
    // After a condition
    ["severity = high ¦", ["and", "or", "xor"]],
    ["severity = high a¦", ["and"]],
    ["severity in [low, high] ¦", ["and", "or", "xor"]],
    ["detect_time in last 24h ¦", ["and", "or", "xor"]],
    ["source has (port = 22) ¦", ["and", "or", "xor"]],
    ["severity exists ¦", ["and", "or", "xor"]],
    ["@noise ¦", ["and", "or", "xor"]],
    ["true ¦", ["and", "or", "xor"]],
    // One element
    ["source has (po¦", ["port"]],
    ["source has (port = 22 and prot¦", ["protocol"]],
    ["host has (ip ¦", 10],
    ["node has (count(¦", ["name", "type", "software", "aggr_win"]],
    ["source has (severity¦", []],
    ["source has (port = 22) and sev¦", ["severity", "target_severity"]],
    // Nothing inside a text, an expression, a comment
    ['description = "sev¦', []],
    ['description = "sev"¦', []],
    ["description matches /sev¦", []],
    ["severity = high # sev¦", []],
  ] as const)("%s", (marked, expected) => {
    const found = labels(marked);
    if (typeof expected === "number") expect(found).toHaveLength(expected);
    else expect(found).toEqual(expected);
  });

  it("takes the place of the whole word under the cursor", () => {
    const { text, found } = complete("sour¦ce.prt = 22");
    const port = found.find(({ label }) => label === "source.port");
    expect(port && inserted(text, port)).toBe("source.port = 22");
    expect(complete("severity >= me¦dium and tlp = red").found).toEqual([
      expect.objectContaining({ label: "medium", start: 12, end: 18 }),
    ]);
  });

  it("ranks what begins as typed before what has it further on", () => {
    const found = labels("po¦");
    expect(found).toEqual(["source.port", "target.port", "host.port"]);
    expect(labels("no¦").slice(0, 3)).toEqual(["note", "node.name", "node.type"]);
  });
});

describe("what is inserted", () => {
  const PLACES = [
    "¦",
    "sev¦",
    "severity = high and ¦",
    "not (¦",
    "any ¦",
    "count(¦",
    "severity ¦",
    "source.ip ¦",
    "description not ¦",
    "source ¦",
    "source has (¦",
    "severity >= ¦",
    "tlp in [¦",
    "tlp in [red, ¦",
    "severity in low..¦",
    "detect_time in ¦",
    "detect_time in last ¦",
    "source.ip in ¦",
    "source.spoofed ¦",
    "severity = high ¦",
    "category under ¦",
  ];

  /** Endings, of which one makes a beginning whole. */
  const ENDINGS = [
    ...[
      "",
      " exists",
      " = 1",
      "severity exists",
      " severity exists",
      " (true)",
      "port exists)",
      " exists)",
      ")",
    ],
    ...[
      "]",
      "source.ip) > 1",
      " > 1",
      " x",
      " 1",
      " 1.2.3.4",
      ' "x"',
      " /x/",
      " 24h",
      " 2024",
      " last 24h",
      " true",
      " = 1)",
      "ip) = 4)",
      "ip) = 4",
      "source.ip) = 4",
    ],
    ...["severity) = x", "id) = x", "name) = x", "name) = x)"],
  ];

  it.each(PLACES)("after %s leaves the beginning of a filter", (marked) => {
    const { text, found } = complete(marked);
    expect(found).not.toEqual([]);
    // Of many fields some stand for the others.
    const some = found.length > 40 ? found.filter((_, position) => position % 7 === 0) : found;
    for (const completion of some) {
      const beginning = inserted(text, completion);
      const closers = ["", ")", "))"];
      const whole = ENDINGS.flatMap((ending) => closers.map((closer) => beginning + ending + closer)).find(
        (candidate) => parseSyntax(candidate).diagnostics.length === 0,
      );
      expect(whole, beginning).toBeDefined();
    }
  });

  it.each([
    "severity >= ¦",
    "tlp = ¦",
    "category under ¦",
    "node.type = ¦",
    "source.protocol = ¦",
    "detect_time < ¦",
    "source.ip in ¦",
    "source.spoofed = ¦",
  ])("after %s makes a filter without errors", (marked) => {
    const { text, found } = complete(marked);
    for (const completion of found)
      expect(
        diagnose(inserted(text, completion)).filter(({ severity }) => severity !== "note"),
        inserted(text, completion),
      ).toEqual([]);
  });

  it("never throws, at whatever offset of whatever text", () => {
    const text = "source has (port in [22, 80..90]) and not @noise or \"x\" 'y' ((( ]] $a @ $ ..";
    for (let offset = -1; offset <= text.length + 1; offset++) {
      const found = completeFilter(text, offset, OPTIONS);
      for (const { start, end } of found) {
        expect(start).toBeLessThanOrEqual(end);
        expect(highlightTokens(text).length).toBeGreaterThan(0);
      }
    }
    expect(completeFilter("", Number.NaN)).not.toEqual([]);
  });
});

describe("what the place does not take is not offered", () => {
  const sets = { ports: ["22"], words: ["ssh"], campus: ["10.0.0.0/8"] };
  const saved = { noise: "category = Test", campus_only: "source.ip in 10.0.0.0/8" };
  const offered = (text: string): readonly string[] =>
    completeFilter(text, text.length, { sets, filters: saved }).map(({ label }) => label);

  it.each([
    ["severity in ", "high", "@ports"],
    ["severity in [high, ", "low", "@words"],
    ["source.port in ", "@ports", "@campus"],
    ["source.port in 22..", null, "@ports"],
    ["severity in medium..", "high", "low"],
    ["detect_time in 2024-05-01..", "now", "last"],
    ["tlp = AMBER+", "AMBER+STRICT", "and"],
    ["detect_time >= now-7d/", null, "and"],
    ["detect_time in 2024-05-01T08:00+", null, "or"],
    ["source has (", "ip", "@campus_only"],
    ["source has (", "count", "hour"],
    ["severity >= $p and source.port = ", null, "$p"],
    ["severity >= $p and severity <= ", "$p", "@ports"],
    ["count(source.ip in 10.0.0.0/8) ", ">=", "and"],
    ["count(source.ip in 10.0.0.0/8 ", ")", "and"],
    ["count(target has (port = 22)) ", ">=", "has"],
  ])("%s", (text, wanted, unwanted) => {
    if (wanted !== null) expect(offered(text)).toContain(wanted);
    expect(offered(text)).not.toContain(unwanted);
  });
});
