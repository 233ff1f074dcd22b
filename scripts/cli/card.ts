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

/** The sections in the order in which they are read. With the last line they fill a terminal of 24 lines and 80 columns. */
export const CARD: readonly CardSection[] = [
  {
    title: "Addresses",
    entries: [
      entry("source.ip in [10.0.0.0/8, 192.0.2.1-192.0.2.9]", "lies inside; host.ip: any side"),
      entry("target.ip overlaps 198.51.100.0/24", "shares an address"),
      entry("target.ip covers 203.0.113.7", "a stored network has it"),
    ],
  },
  {
    title: "Numbers, words, text",
    entries: [
      entry("target.port in [22, 8000..8100, 49152..]", "values and ranges"),
      entry("category under Recon", "Recon and all below it"),
      entry("severity >= high", "info low medium high critical"),
      entry('node.name like "cz.cesnet.*"', "* any text, ? one sign"),
      entry('description contains ["ssh", "telnet"]', "any, in upper or lower case"),
    ],
  },
  {
    title: "Time",
    entries: [
      entry("detect_time in last 24h", "ms s m h d w mo y"),
      entry("detect_time >= now-7d/d", "since midnight a week ago"),
      entry("detect_time in 2024-05-01..2024-05-07", "both days; ..< without the end"),
    ],
  },
  {
    title: "Lists and missing values",
    entries: [
      entry("source has (ip in 10.0.0.0/8 and port = 22)", "one and the same source"),
      entry("all source.ip in @private", "also any, none; @name: a set"),
      entry("count(target.ip) > 100", "length of the list"),
      entry("target.port missing or target.port != 22", "!= holds without a port too"),
    ],
  },
  {
    title: "Logic",
    entries: [
      entry("tlp = red and not (category = Test)", "order: not, and, xor, or"),
      entry("abuse_group in $groups # remark", "value by --param groups=…"),
    ],
  },
];
