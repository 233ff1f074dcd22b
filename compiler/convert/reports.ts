/** The catalogue of reports: what means something else after a conversion than before. */

export type ReportCode =
  | "C01"
  | "C02"
  | "C03"
  | "C04"
  | "C05"
  | "C06"
  | "C07"
  | "C08"
  | "C09"
  | "C10"
  | "C11"
  | "C12"
  | "C13"
  | "C14"
  | "C15"
  | "C16"
  | "C17"
  | "C18"
  | "C19"
  | "C20";

/** What each report says. A report of one place may add a note with the particulars. */
export const REPORTS: Readonly<Record<ReportCode, string>> = {
  C01: "pynspect did not match events without the field under a negation; now they match",
  C02: 'with a list, "!=" meant that some element differs; now it means that no element is equal',
  C03: "the old filter failed with an error where the field was missing; now the condition is false there",
  C04: 'the old test was "one contains the other"; "overlaps" also takes a stored range that crosses the edge',
  C05: '"exactly this block" is two conditions now, which two different elements could meet; probably "in" was meant',
  C06: "without brackets the old filter compared for equality; now it tests containment, which was surely meant",
  C07: "counts the addresses of both families, merged where the store merges them",
  C08: "lists of addresses are a union now: a stored range that lies across two touching blocks matches too",
  C09: "the value is spelt as it is stored; case no longer counts",
  C10: "the time now stands for its whole last unit (a second, a day); the old one was a point",
  C11: "a list was never equal to one value in the old language, so this never matched; now it does",
  C12: "the order of the list no longer counts",
  C13: "the pattern means nearly the same: \\d, \\w, \\s and \\b know ASCII only, $ matches at the very end only",
  C14: "a key that was there with null or [] counted as existing; now it is missing",
  C15: "severities are ordered from info to critical now, no longer alphabetically",
  C16: "the old compiler evaluated this comparison the other way round; it is converted as written",
  C17: "a literal was repaired",
  C18: "order, pages and aggregation are no part of a filter: give them to the operation that runs it",
  C19: "a field alone tested that there is a value, not that it is true",
  C20: "a text search in categories became a test in the tree of categories",
};
