/** Filters as people write them who know other languages, and what is said of each. */
import type { Row } from "./diagnostic-rows.js";

/** One row for each such mistake. */
export const MISTAKES: readonly Row[] = [
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
    "category in [Recon.*]",
    "W302",
    "Recon.* is no wildcard; for Recon and all below it write under Recon",
    "Recon.*",
    "category under [Recon]",
  ],
  [
    "category in [Recon.*, Test]",
    "W302",
    "Recon.* is no wildcard; for Recon and all below it write under Recon",
    "Recon.*",
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
    "detect_time > 24h",
    "E401",
    '"24h" is a length of time; for so long ago write now-24h',
    "24h",
    "detect_time > now-24h",
  ],
  [
    "source.ip in 2001:db8",
    "E209",
    '"2001:db8" is not an IPv6 address: it has 2 groups, an address has eight; write 2001:db8::/32 for the network',
    "2001:db8",
    "source.ip in 2001:db8::/32",
  ],
  [
    "source.port = null",
    "E321",
    "there is no null; write source.port missing",
    "null",
    "source.port missing",
  ],
  [
    "count(host) > 3",
    "E110",
    "count( ) takes the elements of one list, host stands for source and target",
    "host",
    "count(source) > 3",
    "count(target) > 3",
  ],
  [
    String.raw`source.url = "C:\temp\new"`,
    "L11",
    String.raw`"\t" is a tab here; a backslash in a text is written "\\"`,
    String.raw`"C:\temp\new"`,
    String.raw`source.url = "C:\\temp\\new"`,
  ],
];
