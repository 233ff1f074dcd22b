import { describe, expect, it } from "vitest";
import { compiled, matches, NOW, sqlOf } from "../language/support.js";
import { EVENT } from "./event.js";

/** An event with next to nothing. */
const BARE = { Format: "IDEA0", ID: "e2", DetectTime: "2024-05-01T12:00:00Z", Category: ["Reconnaissance"] };

/** Filters that hold for the event, and some that do not. */
function holds(yes: readonly string[], no: readonly string[], event: unknown = EVENT): void {
  for (const filter of yes) expect(matches(filter, event), filter).toBe(true);
  for (const filter of no) expect(matches(filter, event), filter).toBe(false);
}

describe("missing values", () => {
  it("make a positive test false and its complement true", () => {
    holds(
      [
        "severity != high",
        "severity missing",
        "not severity = high",
        "source.ip not in 10.0.0.0/8",
        "count(source.ip) = 0",
      ],
      [
        "severity = high",
        "severity < high",
        "severity >= info",
        "severity exists",
        "source.port > 0",
        "source.spoofed",
      ],
      BARE,
    );
  });

  it("leave no third value: every test or its complement holds", () => {
    const tests = ["= high", "in [low, high]", "< high", "exists"];
    for (const event of [EVENT, BARE])
      for (const test of tests)
        expect(matches(`severity ${test}`, event)).toBe(!matches(`not (severity ${test})`, event));
  });
});

describe("lists", () => {
  it("are tested for some value, for all, for none", () => {
    holds(
      [
        "source.port = 22",
        "any source.port = 22",
        "all source.port < 1024",
        "none source.port = 25",
        "source.port != 25",
        "source.port in [25, 443]",
        "source.port <= 22",
        "source.port in 22..<23",
        "source.port not in [25, 26]",
        "count(source.port) = 3",
        "count(source.port != 22) = 2",
        "source.port > 400 and source.port < 50",
      ],
      [
        "source.port = 25",
        "all source.port > 22",
        "none source.port = 22",
        "source.port != 22",
        "source.port not in [22]",
        "source.port in 81..442",
        "source.port in 1..<22",
      ],
    );
    holds(
      ["none source.port = 22", "none source.port exists"],
      ["all source.port < 1024", "any source.port != 22", "all source.port != 22"],
      BARE,
    );
  });

  it("are tested value by value where a quantifier comes before a negated test", () => {
    holds(
      [
        "any source.port != 22",
        "all source.port != 25",
        "none source.port not in [22, 80, 443]",
        "all source.port not in 100..400",
      ],
      ["all source.port != 22", "none source.port != 22", "any source.port not in [22, 80, 443]"],
    );
    holds(["none source.port != 22"], [], BARE);
    holds(["any severity != low", "all severity != low", "none severity != high"], ["any severity != high"]);
  });

  it("are tied to one element by has", () => {
    holds(
      [
        "source has (ip = 192.0.2.5 and port = 22)",
        "source has (port = 80 and port = 443)",
        "source has (not port = 22)",
        "all source has (protocol = tcp)",
        "none source has (ip = 192.0.2.5 and port = 443)",
        "host has (ip overlaps 198.51.100.4)",
        "target has (port missing)",
        "source has (family(ip) = 6 and prefix_len(ip) = 128)",
      ],
      [
        "source has (ip = 192.0.2.5 and port = 443)",
        "all source has (port = 22)",
        "target has (port = 22)",
        "node has (name = other)",
        "not (source has (port = 22))",
      ],
    );
    holds(
      ["none source has (port exists)", "not (source has (true))"],
      ["source has (true)", "source has (port missing)", "all source has (port missing)"],
      BARE,
    );
  });

  it("of both sides are joined in host.* and protocol", () => {
    holds(
      [
        "host.ip = 192.0.2.5",
        "host.ip overlaps 198.51.100.9",
        "count(host.ip) = 4",
        "protocol = SSH",
        "all protocol in [tcp, ssh]",
        "host.port = 80",
      ],
      ["host.ip = 203.0.113.1", "all host.ip in [192.0.2.0/24, 10.0.0.0/8, 2001:db8::/32]", "protocol = udp"],
    );
  });
});

describe("addresses", () => {
  it("lie inside, overlap, cover, equal", () => {
    holds(
      [
        "source.ip in 192.0.2.0/24",
        "source.ip in 10.0.0.0/24",
        "source.ip overlaps 10.0.0.7",
        "source.ip covers 10.0.0.7",
        "source.ip covers 10.0.0.128/25",
        "source.ip = 2001:db8::1",
        "source.ip in 2001:db8::..",
        "target.ip in 198.51.100.1..198.51.100.9",
        "target.ip in 198.51.100.0..<198.51.100.10",
        "target.ip in [198.51.100.0/29, 198.51.100.8/31]",
        "source.ip in @our_networks",
        "prefix_len(source.ip) in [24, 32]",
        "target.ip overlaps ..198.51.100.1",
        "source.ip in [0.0.0.0/0, ::/0]",
        "target.ip in 0.0.0.0/0",
      ],
      [
        "source.ip in 10.0.0.0/25",
        "source.ip covers 10.0.0.0/23",
        "source.ip = 10.0.0.0",
        "target.ip in 198.51.100.0..<198.51.100.9",
        "prefix_len(target.ip) >= 0",
        "target.ip in ::/0",
        "family(target.ip) = 6",
        "all source.ip in @our_networks",
      ],
    );
  });
});

describe("the size of addresses", () => {
  it("counts each address that the values cover once, over both families and both ends", () => {
    holds(
      [
        "size(source.ip) = 258",
        "size(target.ip) = 9",
        "size(host.ip) = 267",
        "size(source.ip) in [1..16, 250..260]",
        "size(source.ip) != 257",
        "SIZE(SOURCE.IP) > 257",
        "source has (size(ip) = 257)",
      ],
      ["size(source.ip) = 257", "size(target.ip) < 9", "not size(host.ip) >= 267", "size(source.ip) = 0"],
    );
    holds(
      ["size(source.ip) = 0", "size(source.ip) < 1"],
      ["size(source.ip) > 0", "size(host.ip) != 0"],
      BARE,
    );
    const sized = (...ranges: readonly string[]) => ({
      ...BARE,
      Source: [
        {
          IP4: ranges.filter((range) => range.includes(".")),
          IP6: ranges.filter((range) => range.includes(":")),
        },
      ],
    });
    holds(["size(source.ip) = 65536"], [], sized("10.1.0.0/16"));
    holds(["size(source.ip) = 65536"], [], sized("10.1.0.0/16", "10.1.2.0/24", "10.1.2.3"));
    holds(["size(source.ip) = 65540"], [], sized("10.1.0.0/16", "10.1.255.255-10.2.0.3"));
    holds(["size(source.ip) = 340282366920938463463374607431768211456"], [], sized("::/0", "::1"));
    holds(
      [
        "size(source.ip) = 340282366920938463463374607436063178752",
        "size(source.ip) > 340282366920938463463374607436063178751",
      ],
      ["size(source.ip) < 340282366920938463463374607436063178752"],
      sized("::/0", "0.0.0.0/0"),
    );
  });
});

describe("words and text", () => {
  it("of enumerations ignore case, and have an order or a hierarchy", () => {
    holds(
      [
        "severity = HIGH",
        "severity >= medium",
        "severity <= high",
        "severity >= high",
        "severity in medium..",
        "severity in low..<critical",
        "category under Recon",
        "category under recon",
        "category = recon.scanning",
        "node.type = FLOW",
        "source.protocol = Tcp",
      ],
      ["severity > high", "severity in low..<high", "category = Recon", "category under Attempt.Exploit"],
    );
    // Not below it, however alike the beginning.
    holds([], ["category under Recon", "category under R"], BARE);
  });

  it("are exact unless the operator or the literal says otherwise", () => {
    holds(
      [
        'description = "SSH Login from 17 hosts"',
        'description = "ssh login FROM 17 hosts"i',
        'description contains "LOGIN"',
        'description starts with "ssh"',
        'description ends with "Hosts"',
        'description like "ssh*17 ?osts"',
        'description contains ["x", "login"]',
        String.raw`description matches /^SSH\b.*\d{2}/`,
        "description matches /login (from|to)/i",
        'description not contains "telnet"',
        'lower(node.name) = "CZ.Example.Sensor"',
        'description contains "SSH"c',
      ],
      [
        'description = "ssh login from 17 hosts"',
        'description contains "ssh"c',
        'description like "ssh"',
        "description matches /login/",
        "description matches /^Login/i",
        'description contains "s_h"',
        'description contains "%"',
      ],
    );
  });

  it("fold the letters A to Z only", () => {
    // U+212A is the sign of kelvin, which other foldings take for a K; U+0130 is a capital I with a dot.
    const event = { ...BARE, Description: "ČES\u212aÝ \u0130" };
    holds(
      ['description contains "ČES\u212aÝ"', 'description contains "Čes"'],
      ['description contains "čes"', 'description contains "k"', 'description contains "i"'],
      event,
    );
  });
});

describe("times", () => {
  it("are the interval of their last unit", () => {
    holds(
      [
        "detect_time = 2024",
        "detect_time = 2024-05",
        "detect_time = 2024-05-01",
        "detect_time = 2024-05-01T12",
        "detect_time = 2024-05-01T12:00:00Z",
        "detect_time <= 2024-05-01",
        "detect_time >= 2024-05-01",
        "detect_time > 2024-04",
        "detect_time in 2024-04-30..2024-05-01",
        "detect_time in 2024-05-01T14:00+02:00..<2024-05-01T14:01+02:00",
        "detect_time in ..2024-05",
        "detect_time != 2024-05-02",
      ],
      [
        "detect_time = 2024-05-02",
        "detect_time > 2024-05-01",
        "detect_time < 2024-05-01",
        "detect_time in 2024-04-30..<2024-05-01",
        "detect_time = 2024-05-01T12:00:00.5Z",
        "detect_time in 2024-05-02..",
      ],
    );
  });

  it("are reckoned from one reading of now", () => {
    holds(
      [
        "create_time = now",
        "create_time = today",
        "create_time in last 1ms",
        "create_time >= now",
        "create_time <= now",
        "create_time = now/h",
        "create_time in now-1h..",
        "detect_time in now-15d..<now-1d",
        "detect_time < yesterday",
        "detect_time >= now-14d/d",
        "detect_time = now-2w/d",
        "detect_time in last 1mo",
      ],
      ["create_time > now", "create_time = yesterday", "detect_time in last 14d", "detect_time >= now-13d/d"],
    );
    expect(sqlOf("create_time = now").values).toEqual([
      "2024-05-15T12:34:56.789000Z",
      "2024-05-15T12:34:56.789001Z",
    ]);
    expect(sqlOf("detect_time in last 24h or create_time < now").values[1]).toBe(
      "2024-05-15T12:34:56.789001Z",
    );
  });

  it("are read in the zone of the query", () => {
    const inZone = (text: string, timeZone: string) =>
      compiled(text, { timeZone }).sql({}, { now: NOW }).values;
    expect(inZone("detect_time = 2024-05-01", "Europe/Prague")).toEqual([
      "2024-04-30T22:00:00Z",
      "2024-05-01T22:00:00Z",
    ]);
    expect(inZone("detect_time = 2024-05-01T00:00Z", "Europe/Prague")[0]).toBe("2024-05-01T00:00:00Z");
    // The day on which clocks go forward has 23 hours.
    expect(inZone("detect_time = 2024-03-31", "Europe/Prague")).toEqual([
      "2024-03-30T23:00:00Z",
      "2024-03-31T22:00:00Z",
    ]);
    expect(inZone("detect_time = today", "America/New_York")[0]).toBe("2024-05-15T04:00:00Z");
  });
});

describe("labels of the traffic light protocol", () => {
  const labelled = (filter: string, TLP?: string): boolean => matches(filter, { ...EVENT, TLP });

  it("are the same in version 1 and 2", () => {
    for (const label of ["WHITE", "TLP:CLEAR", "clear"])
      for (const filter of ["tlp = clear", "tlp = WHITE", "tlp in [white, green]"])
        expect([label, filter, labelled(filter, label)]).toEqual([label, filter, true]);
    expect(labelled("tlp = AMBER-STRICT", "TLP:AMBER+STRICT")).toBe(true);
    expect(labelled("tlp = amber", "AMBER-STRICT")).toBe(false);
  });

  it("that nobody knows are told from none and from every known one", () => {
    expect(labelled("tlp missing")).toBe(true);
    expect(labelled("tlp missing", "Reddish")).toBe(false);
    expect(labelled("tlp exists", "Reddish")).toBe(true);
    for (const label of ["red", "amber", "AMBER+STRICT", "green", "clear", "white"])
      expect([label, labelled(`tlp = "${label}"`, "Reddish")]).toEqual([label, false]);
  });
});

describe("logic", () => {
  it("of three is and, or, exclusive or", () => {
    holds(
      [
        "",
        "true",
        "not false",
        "severity = high xor tlp = red",
        "true xor true xor true",
        "(severity = low or true) and true",
      ],
      ["false", "severity = high xor confidence = 0.75", "not (severity = high or false)"],
    );
  });

  it("of saved filters is that of their text", () => {
    const event = { ...BARE, Category: ["Test"] };
    holds(["@noise", "@quiet", "not @maintenance", "@noise and id = e2"], ["not @noise"], event);
  });
});

describe("limits", () => {
  const messagesOf = (text: string, limits: object): string => {
    try {
      compiled(text, { limits });
      return "";
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  };

  it("can be set", () => {
    expect(messagesOf("severity = high", { maxLength: 10 })).toContain("E502");
    expect(messagesOf("((true))", { maxDepth: 1 })).toContain("E501");
    expect(messagesOf("true or true", { maxNodes: 2 })).toContain("E504");
    expect(messagesOf("conn_count in [1, 2]", { maxListItems: 1 })).toContain("E503");
    expect(messagesOf('note like "a*b*"', { maxWildcards: 1 })).toContain("E309");
  });
});
