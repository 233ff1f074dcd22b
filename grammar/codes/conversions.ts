/** Codes of the conversion from older languages. */
import type { CodeRow } from "./row.js";

/** E6… what can not be converted, in words about the place; C… what means something else than before, which are the messages, too. */
export const CONVERSION_CODES = {
  E601: {
    meaning: "conversion: this is not a filter of the older language",
    example: { filter: "Source ==", from: "pynspect" },
    message: null,
  },
  E602: {
    meaning: "conversion: no field holds this value",
    example: { filter: "Nonsense == 1", from: "pynspect" },
    message: null,
  },
  E603: {
    meaning: "conversion: a position in a list has no counterpart",
    example: { filter: 'Node[1].Name == "cz.example.sensor"', from: "pynspect" },
    message: null,
  },
  E604: {
    meaning: "conversion: a computation without a counterpart",
    example: { filter: "Source.Port / Target.Port > 2", from: "ransack" },
    message: null,
  },
  E605: {
    meaning: "conversion: a field where a value belongs, or the other way round",
    example: { filter: "Source.Port == Target.Port", from: "ransack" },
    message: null,
  },
  E606: {
    meaning: "conversion: the pattern can't be kept",
    example: { filter: String.raw`Description like "(a)\1"`, from: "pynspect" },
    message: null,
  },
  E607: {
    meaning: "conversion: the value does not fit the field",
    example: { filter: 'Source.Port == "x"', from: "pynspect" },
    message: null,
  },
  E609: {
    meaning: "conversion: a search for text in what is no text",
    example: { filter: 'Source.Port like "2"', from: "pynspect" },
    message: null,
  },
  C01: {
    meaning: "pynspect did not match events without the field under a negation; now they match",
    example: { filter: "not Target.Port == 443", from: "pynspect" },
    message: null,
  },
  C02: {
    meaning: 'with a list, "!=" meant that some element differs; now it means that no element is equal',
    example: { filter: "Target.Port != 443", from: "pynspect" },
    message: null,
  },
  C03: {
    meaning:
      "the old filter failed with an error where the field was missing; now the condition is false there",
    example: { filter: "Target.Port = 443", from: "ransack" },
    message: null,
  },
  C04: {
    meaning:
      'the old test was "one contains the other"; "overlaps" also takes a stored range that crosses the edge',
    example: { filter: "Source.IP4 = 198.51.100.0/24", from: "ransack" },
    message: null,
  },
  C05: {
    meaning:
      '"exactly this block" is two conditions now, which two different elements could meet; probably "in" was meant',
    example: { filter: "Target.IP4 == 203.0.113.0/24", from: "pynspect" },
    message: null,
  },
  C06: {
    meaning:
      "without brackets the old filter compared for equality; now it tests containment, which was surely meant",
    example: { filter: "Target.IP4 in 203.0.113.0/24", from: "pynspect" },
    message: null,
  },
  C07: {
    meaning: "counts the addresses of both families, merged where the store merges them",
    example: { filter: "size(Source.IP4) > 20", from: "pynspect" },
    message: null,
  },
  C08: {
    meaning:
      "lists of addresses are a union now: a stored range that lies across two touching blocks matches too",
    example: { filter: "Source.IP4 in [10.0.0.0/9, 10.128.0.0/9]", from: "ransack" },
    message: null,
  },
  C09: {
    meaning: "the value is spelt as it is stored; case no longer counts",
    example: { filter: 'Category == "recon.scanning"', from: "pynspect" },
    message: null,
  },
  C10: {
    meaning: "the time now stands for its whole last unit (a second, a day); the old one was a point",
    example: { filter: "DetectTime == 2024-05-01", from: "ransack" },
    message: null,
  },
  C11: {
    meaning: "a list was never equal to one value in the old language, so this never matched; now it does",
    example: { filter: "Target.Port == 8080", from: "ransack" },
    message: null,
  },
  C12: {
    meaning: "the order of the list no longer counts",
    example: { filter: "Target.Port == [80, 443]", from: "ransack" },
    message: null,
  },
  C13: {
    meaning:
      "the pattern means nearly the same: \\d, \\w, \\s and \\b know ASCII only, $ matches at the very end only",
    example: { filter: "Note like 'a\\\\.b$'", from: "pynspect" },
    message: null,
  },
  C14: {
    meaning: "a key that was there with null or [] counted as existing; now it is missing",
    example: { filter: "Description??", from: "ransack" },
    message: null,
  },
  C15: {
    meaning: "severities are ordered from info to critical now, no longer alphabetically",
    example: { filter: '_CESNET.EventSeverity > "low"', from: "pynspect" },
    message: null,
  },
  C16: {
    meaning: "the old compiler evaluated this comparison the other way round; it is converted as written",
    example: { filter: "100 < ConnCount", from: "pynspect" },
    message: null,
  },
  C17: {
    meaning: "a literal was repaired",
    example: { filter: "Target.Port in 1023..1", from: "ransack" },
    message: null,
  },
  C18: {
    meaning: "order, pages and aggregation are no part of a filter: give them to the operation that runs it",
    example: { search: { limit: 10 } },
    message: null,
  },
  C19: {
    meaning: "a field alone tested that there is a value, not that it is true",
    example: { filter: "not Note", from: "pynspect" },
    message: null,
  },
  C20: {
    meaning: "a text search in categories became a test in the tree of categories",
    example: { filter: 'Category contains "Malware"', from: "ransack" },
    message: null,
  },
} as const satisfies Readonly<Record<string, CodeRow>>;
