import { describe, expect, it } from "vitest";
import { explainFilter } from "../../../compiler/explain/explain.js";
import { searchPathWords } from "../../../compiler/explain/search-path.js";
import { NOW, OPTIONS } from "../language/support.js";

const NEWEST_FIRST = "A search looks at the newest events; where too few of them match,";

const explain = (text: string, args: Readonly<Record<string, unknown>> = {}) =>
  explainFilter(text, { ...OPTIONS, args, now: NOW });

describe("a filter in words", () => {
  it.each([
    ["", "every event"],
    ["target.port in []", "no event"],
    ["source.spoofed", "some source.spoofed is true"],
    ["source.port missing", "source.port has no value"],
    ["severity exists", "severity has a value"],
    ["severity != high", "severity is not high (or there is no severity)"],
    ["source.ip not in 10.0.0.0/8", "no source.ip lies wholly inside 10.0.0.0/8 (or there is no source.ip)"],
    ["all source.ip overlaps [10.0.0.0/8, ::1]", "every source.ip shares an address with 10.0.0.0/8 or ::1"],
    ["count(source.ip) not in 3..5", "the number of source.ip values is not from 3 to 5"],
    ["family(source.ip) = 6", "some source.ip is an address of family 6"],
    ["family(source.ip) in [4, $f]", "some source.ip is an address of family 4 or $f"],
    ["any target.port != 22", "target.port has some value, and not every target.port is 22"],
    ["size(source.ip) > 65536", "the number of addresses that source.ip covers is above 65536"],
    ["size(host.ip) != 1", "the number of addresses that source.ip or target.ip covers is not 1"],
    ["prefix_len(source.ip) < 24", "some source.ip is a network whose prefix length is below 24"],
    ["host.port = 22", "some source.port or target.port is 22"],
    ["category under Recon", "some category is Recon or below it"],
    ["severity < $least", "severity is below $least"],
    ["confidence in [0.1, 0.5..]", "confidence is 0.1 or at least 0.5"],
    ["confidence in 0.1..<0.5", "confidence is at least 0.1 and below 0.5"],
    ['node.name like "cz.*.x?"', 'some node.name looks like "cz.*.x?" (ignoring case)'],
    ['node.name contains ["100%", "a_b"]', 'some node.name contains "100%" or "a_b" (ignoring case)'],
    ['source.url starts with "A"c', 'some source.url starts with "A" (case counts)'],
    ['node.name starts with "A"c', 'some node.name starts with "a" (ignoring case)'],
    [
      'description not ends with "x"',
      'description does not end with "x" (ignoring case) (or there is no description)',
    ],
    ["description contains $text", "description contains $text (ignoring case)"],
    ['description = "x"i', "description is x (ignoring case)"],
    ["description matches /a+/i", "description matches /a+/i"],
    ["detect_time = 2024-05-01", "detect_time is from 2024-05-01T00:00:00Z to before 2024-05-02T00:00:00Z"],
    ["detect_time > 2024-05-01", "detect_time is from 2024-05-02T00:00:00Z on"],
    ["detect_time <= 2024-05-01", "detect_time is before 2024-05-02T00:00:00Z"],
    ["detect_time in last 1d", "detect_time is from now - 1 day until now"],
    ["detect_time >= now-7d/d", "detect_time is from the start of the day of now - 7 days on"],
    ["detect_time = today", "detect_time is from today until the end of the day of today"],
    ["detect_time > $from", "detect_time is after $from"],
    ["detect_time <= $to", "detect_time is until $to"],
    [
      "severity = high and not (tlp = red or id = x)",
      "severity is high, and tlp is not RED (or there is no tlp), and id is not x",
    ],
    ["severity = high or tlp = red and id = x", "severity is high, or (tlp is RED, and id is x)"],
    ["severity = high xor tlp = red", "an odd number of these hold: severity is high; tlp is RED"],
    ["none source has (port = 22)", "no source has: some source.port is 22"],
    ["target.port in [1, 3, 5, 7, 9, 11, 13, 15]", "some target.port is 1, 3, 5, 7, 9, 11 or one of 2 more"],
  ])("%s: %s", (text, words) => expect(explain(text).words).toBe(words));
});

describe("the explanation", () => {
  it("says which index can serve which part, and whether one narrows the search", () => {
    const indexes = (text: string) =>
      explain(text).atoms.map(({ text: part, index }) => `${part}: ${index ?? "none"}`);
    expect(
      indexes("source.ip in 10.0.0.0/8 and severity != high and id = x or source has (port = 22)"),
    ).toEqual([
      "source.ip in 10.0.0.0/8: tokens",
      "severity != high: none",
      "id = x: hash",
      "port = 22: gin",
    ]);
    expect(indexes('description contains "ssh" or description contains "ab" or note contains "ssh"')).toEqual(
      ['description contains "ssh": trigram', 'description contains "ab": none', 'note contains "ssh": none'],
    );
    const indexed = (text: string) => explain(text).indexed;
    expect(indexed("severity = high and note exists")).toBe(true);
    expect(indexed("severity = high or note exists")).toBe(false);
    expect(indexed("host.port = 22")).toBe(true);
    expect(indexed("not severity = high")).toBe(false);
    expect(indexed("severity = high xor severity = low")).toBe(false);
    expect(indexed("target.port in []")).toBe(true);
  });

  it.each([
    ["", "A search takes the newest events."],
    ["target.port in []", "A search looks at no event."],
    ["severity = high", `${NEWEST_FIRST} an index narrows each day.`],
    [
      'category under Recon and not node.name like "a*" and all abuse_group like "b*"',
      `${NEWEST_FIRST} an index narrows each day. Which values of category are meant is asked of the store's list of values.`,
    ],
    [
      'node has (name starts with "cz." and type = Flow) or category in ["RECON"i]',
      `${NEWEST_FIRST} an index narrows each day. Which values of node.name, category are meant is asked of the store's list of values.`,
    ],
    ["note exists", `${NEWEST_FIRST} all events of each day are read, as no index narrows them.`],
    [
      "detect_time in 2024-05-01",
      "A search takes the newest events. Only events from 2024-05-01T00:00:00Z and before 2024-05-02T00:00:00Z are looked at.",
    ],
    [
      "note exists and detect_time >= 1970-01-01",
      `${NEWEST_FIRST} all events of each day are read, as no index narrows them. Only events from 1970-01-01T00:00:00Z are looked at.`,
    ],
    ["severity = high and detect_time < $end", `${NEWEST_FIRST} an index narrows each day.`],
  ])("shows the path of a search by %j", (filter, words) => {
    expect(searchPathWords(explain(filter).search).join(" ")).toBe(words);
  });

  it("knows the time that is searched once the arguments are there", () => {
    const { search } = explain("severity = high and detect_time < $end", { end: "2024-05-01T00:00:00Z" });
    expect(search).toEqual({
      kind: "indexes",
      time: { from: null, to: "2024-05-01T00:00:00Z" },
      listed: [],
    });
  });

  it("has the values where the arguments are there", () => {
    expect(explain("severity >= $least").values).toBeNull();
    expect(explain("severity >= $least", { least: "high" }).values).toEqual(["{high,critical}"]);
    expect(explain("severity >= $least").parameters).toEqual({ least: "ordered" });
  });

  it("quotes a test with the not before it", () => {
    const atoms = (text: string) => explain(text).atoms.map(({ text: part, words }) => [part, words]);
    expect(atoms("not (severity != low or tlp = red)")).toEqual([
      ["not severity != low", "severity is low"],
      ["not tlp = red", "tlp is not RED (or there is no tlp)"],
    ]);
    expect(atoms("not severity = low")).toEqual([
      ["not severity = low", "severity is not low (or there is no severity)"],
    ]);
    expect(atoms("! tlp exists")).toEqual([["! tlp exists", "tlp has no value"]]);
  });

  it("shows what a saved filter stands for at its name", () => {
    const { words, atoms } = explain("@noise and id = x");
    expect(words).toBe("(some category is Test, or confidence is below 0.1), and id is x");
    expect(atoms.map(({ text }) => text)).toEqual(["@noise", "@noise", "id = x"]);
  });
});
