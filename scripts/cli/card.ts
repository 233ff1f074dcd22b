/** The language card: the filter language on one screen, by examples that all compile. */

/** A filter and what it finds. */
export interface CardEntry {
  readonly filter: string;
  readonly meaning: string;
}

/** A part of the card. */
export interface CardSection {
  readonly title: string;
  readonly entries: readonly CardEntry[];
}

const entry = (filter: string, meaning: string): CardEntry => ({ filter, meaning });

/** The sections in the order in which they are read. */
export const CARD: readonly CardSection[] = [
  {
    title: "Addresses",
    entries: [
      entry("source.ip in [10.0.0.0/8, 192.0.2.1-192.0.2.9]", "wholly inside; host.ip is either side"),
      entry("target.ip overlaps 198.51.100.0/24", "shares at least one address"),
      entry("target.ip covers 203.0.113.7", "a stored network includes it"),
      entry("source.ip = 2001:db8::1 or family(source.ip) = 6", "exactly that one, or any IPv6"),
    ],
  },
  {
    title: "Numbers, words, text",
    entries: [
      entry("target.port in [22, 80, 8000..8100, 49152..]", "values and ranges"),
      entry("category under Recon", "Recon and all below it"),
      entry("severity >= high", "info < low < medium < high < critical"),
      entry('description contains ["ssh", "telnet"]', "any of them, ignoring case"),
      entry('node.name like "cz.cesnet.*"', "* any text, ? one character"),
      entry("description matches /from \\d+ hosts/i", "regular expression"),
    ],
  },
  {
    title: "Time",
    entries: [
      entry("detect_time in last 24h", "ms s m h d w mo y"),
      entry("detect_time >= now-7d/d", "since midnight a week ago"),
      entry("detect_time in 2024-05-01..2024-05-07", "both days included"),
      entry("detect_time in 2024-05-01T08:00 ..< 2024-05-01T12:00", "..< leaves the end out"),
    ],
  },
  {
    title: "Lists and missing values",
    entries: [
      entry("source has (ip in 10.0.0.0/8 and port = 22)", "one and the same source"),
      entry("all source.ip in @private", "every one; also any, none"),
      entry("count(target.ip) > 100", "length of the list"),
      entry("target.port missing or description exists", "no value, or one at least"),
      entry("target.port != 22", "also where there is no port"),
    ],
  },
  {
    title: "Logic",
    entries: [
      entry("severity >= high and not (category = Test or tlp = red)", "not, and, xor, or, in this order"),
      entry("abuse_group in $groups # remark", "$name: a value given with --param"),
      entry("source.ip not in @multicast", "@name: a named set or saved filter"),
    ],
  },
];
