/** Codes of filters that are valid, but may not mean what their author thinks. */
import type { CodeRow } from "./row.js";

/** L… */
export const LINT_CODES = {
  L01: {
    meaning: "a negated test also holds where the field is missing",
    example: "source.port != 22",
    message: ({ what, field }: { readonly what: "events" | "elements"; readonly field: string }) =>
      `also matches ${what} that have no ${field}`,
  },
  L02: {
    meaning: "and, xor and or mixed without parentheses",
    example: "tlp exists or severity = high and source.port = 22",
    message: ({
      outer,
      inner,
      reading,
    }: {
      readonly outer: string;
      readonly inner: string;
      readonly reading: string;
    }) =>
      `"${outer}" and "${inner}" mixed; this reads as ${reading.length <= 100 ? reading : `a ${outer} (b ${inner} c)`}`,
  },
  L03: {
    meaning: "two tests of a list that two different values may meet",
    example: "source.port > 1023 and source.port < 49152",
    message: ({ noun, range }: { readonly noun: string; readonly range: string | undefined }) =>
      `may be met by two different ${noun}s${range === undefined ? "" : `; for one range write in ${range}`}`,
  },
  L04: {
    meaning: "the filter is always true",
    example: "source.port = 22 or not source.port = 22",
    message: () => "always true: matches every event",
  },
  L05: {
    meaning: "the filter is always false",
    example: "severity in []",
    message: () => "always false: matches no event",
  },
  L06: {
    meaning: "no index serves a search for text",
    example: 'description contains "a"',
    message: () => "no index serves this search for text: the text of every event is read",
  },
  L07: {
    meaning: "a local time that clocks skip",
    example: { filter: "detect_time >= 2026-03-29T02:30", timeZone: "Europe/Prague" },
    message: ({ zone, time }: { readonly zone: string; readonly time: string }) =>
      `clocks in ${zone} are put forward past this time; it is read as ${time}`,
  },
  L08: {
    meaning: "a wildcard where it is an ordinary sign",
    example: 'description = "ssh*"',
    message: ({
      text,
      operator,
      glob,
    }: {
      readonly text: string;
      readonly operator: string;
      readonly glob: string;
    }) => `"${operator}" takes "${text}" as it is; for a pattern write like "${glob}"`,
  },
  L09: {
    meaning: "the wildcard of SQL in a pattern",
    example: 'description like "%ssh%"',
    message: ({ glob }: { readonly glob: string }) =>
      `"%" is an ordinary sign in a pattern, "*" stands for any text; write "${glob}"`,
  },
  L11: {
    meaning: "an escape in what looks like a path",
    example: String.raw`attach.filename = "C:\temp\new"`,
    message: ({ sign, meaning }: { readonly sign: string; readonly meaning: string }) =>
      String.raw`"${sign}" is ${meaning} here; a backslash in a text is written "\\"`,
  },
  L12: {
    meaning: "a prefix length that means another size in each family",
    example: "prefix_len(source.ip) >= 24",
    message: ({ field }: { readonly field: string }) =>
      `${field} holds networks of both families, and a prefix length means another size in each: ask for the family too`,
  },
  L13: {
    meaning: "a flag of a text that is compared without case anyway",
    example: 'source.hostname = "www.example.org"c',
    message: ({ field, flag }: { readonly field: string; readonly flag: "c" | "i" }) =>
      `${field} is compared without regard to case anyway: the ${flag} changes nothing`,
  },
  L10: {
    meaning: "the beginning of an identifier where all of it is compared",
    example: "id = 155dc71f",
    message: ({ text }: { readonly text: string }) =>
      `finds only the identifier "${text}"; for all that begin with it write starts with`,
  },
} as const satisfies Readonly<Record<string, CodeRow>>;
