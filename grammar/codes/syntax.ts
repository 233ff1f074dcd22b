/** Codes of what the parser finds, and of the limits on a filter. */
import type { CodeRow } from "./row.js";

const DEEP = "not ".repeat(70) + "true";

/** E0… mistakes of the parser, E5… limits. */
export const SYNTAX_CODES = {
  E001: {
    meaning: "something else is expected here",
    example: "source.port = 22 and",
    message: {
      condition: ({ place }: { readonly place: string }) => `expected a condition ${place}`,
      conditionNotValue: ({ after }: { readonly after: string }) =>
        `expected a condition after "${after}", not a value alone`,
      field: ({ before }: { readonly before: string }) => `expected a field before "${before}"`,
      name: ({ after }: { readonly after: string }) => `expected a name after "${after}"`,
      element: () => 'expected "(" after "has", which ties conditions: has (a and b)',
      joiner: () => 'expected "and", "or" or the end of the filter',
      anyOf: ({ expected }: { readonly expected: string }) => `expected ${expected}`,
      nothing: () => "this is not a condition",
      relativeTime: ({ time }: { readonly time: string }) =>
        `a relative time is a number and a unit without blanks: ${time}`,
      textWithoutQuotes: ({ quoted }: { readonly quoted: string }) =>
        `unexpected ${quoted}; quote text that contains spaces`,
      decimalComma: ({ number }: { readonly number: string }) =>
        `unexpected ","; use a decimal point: ${number}`,
      attached: ({ sign, quoted }: { readonly sign: string; readonly quoted: string }) =>
        `a value with "${sign}" is put in quotes: ${quoted}`,
      blankInValue: ({ text }: { readonly text: string }) => `a value has no blanks: ${text}`,
      network: ({ network }: { readonly network: string }) => `a network has no blanks: ${network}`,
      rangeAfterSign: ({ sign, operator }: { readonly sign: string; readonly operator: string }) =>
        `"${sign}" compares with one value; a range goes with "${operator}"`,
      length: ({ length }: { readonly length: string }) =>
        `a length of time is a number and a unit: ${length}`,
      operator: ({ field, value }: { readonly field: string; readonly value: string }) =>
        `an operator is missing between ${field} and ${value}`,
      words: ({ value }: { readonly value: string }) => `${value}: these are words, not a condition`,
      valueAlone: ({ value }: { readonly value: string }) => `${value} is a value, not a condition`,
      several: ({ written, list }: { readonly written: string; readonly list: string }) =>
        `unexpected "${written}"; several values are written as a list: in ${list}`,
      rest: ({ written }: { readonly written: string }) => `unexpected "${written}" after the value`,
      listInParentheses: () => "a list is written in brackets: [a, b]",
      listWithoutBrackets: () => 'unexpected ","; a list is written in brackets: [a, b]',
    },
  },
  E002: {
    meaning: "an operator has no value after it",
    example: "source.ip in",
    message: ({
      subject,
      kinds,
    }: {
      readonly subject: string | undefined;
      readonly kinds: string | undefined;
    }) =>
      `expected a value${subject === undefined ? "" : ` for ${subject}`}${kinds === undefined ? "" : ` (${kinds}, $parameter or @set)`}`,
  },
  E003: {
    meaning: "this is not an operator",
    example: "source.port => 22",
    message: ({ written, suggestion }: { readonly written: string; readonly suggestion: string }) =>
      `"${written}" is not an operator; did you mean "${suggestion}"?`,
  },
  E004: {
    meaning: "a comma is missing between list items",
    example: "source.port in [22 80]",
    message: () => 'missing "," between list items',
  },
  E005: {
    meaning: "a bracket has no partner",
    example: "(source.port = 22",
    message: {
      closesNothing: ({ sign }: { readonly sign: string }) => `this "${sign}" closes nothing`,
      neverClosed: ({ sign }: { readonly sign: string }) => `this "${sign}" is never closed`,
    },
  },
  E006: {
    meaning: "two conditions are side by side without and or or",
    example: "source.port = 22 target.port = 80",
    message: () => 'two conditions without "and" or "or" between them',
  },
  E007: {
    meaning: "a text or regular expression is never closed",
    example: 'description = "ssh',
    message: {
      text: () => "this text is never closed",
      regex: () => "this regular expression is never closed",
      empty: () => "this regular expression is empty",
      slash: () => String.raw`a "/" within a regular expression is written "\/"`,
    },
  },
  E008: {
    meaning: "a character or escape that the language does not have",
    example: "description = 'ssh'",
    message: {
      quote: ({ sign }: { readonly sign: string }) => `${sign} does not quote; write texts in double quotes`,
      character: ({ quoted }: { readonly quoted: string }) => `unexpected character ${quoted}`,
      reserved: ({ sign }: { readonly sign: string }) => `"${sign}" has no meaning here`,
      comment: ({ sign }: { readonly sign: string }) => `"${sign}" begins no comment; write "#"`,
      joiner: ({ sign, word }: { readonly sign: string; readonly word: string }) =>
        `"${sign}" does not join conditions; did you mean "${word}"?`,
      escape: ({ written }: { readonly written: string }) =>
        `"${written}" is not an escape; known are \\" \\\\ \\n \\t \\r \\uXXXX and \\u{X}`,
    },
  },
  E009: {
    meaning: "the field is on the right",
    example: "22 = source.port",
    message: () => "write the field on the left, the value on the right",
  },
  E010: {
    meaning: "comparisons do not chain",
    example: "1 < source.port < 1024",
    message: () => "comparisons do not chain",
  },
  E501: {
    meaning: "nested too deeply",
    example: DEEP,
    message: ({ depth, limit }: { readonly depth: number; readonly limit: number }) =>
      `nested too deeply: ${depth} levels, the limit is ${limit}`,
  },
  E502: {
    meaning: "the filter is too long",
    example: { filter: "source.port = 22", limits: { maxLength: 5 } },
    message: ({ length, limit }: { readonly length: number; readonly limit: number }) =>
      `the filter is too long: ${length} characters, the limit is ${limit}`,
  },
  E503: {
    meaning: "too many items in a list",
    example: { filter: "source.port in [22, 80]", limits: { maxListItems: 1 } },
    message: ({ items, limit }: { readonly items: number; readonly limit: number }) =>
      `too many list items: ${items}, the limit is ${limit}; use a named set or a $parameter`,
  },
  E504: {
    meaning: "too many conditions",
    example: { filter: "true and false", limits: { maxNodes: 1 } },
    message: ({ nodes, limit }: { readonly nodes: number; readonly limit: number }) =>
      `too many conditions: ${nodes}, the limit is ${limit}; use a named set or a list`,
  },
  E505: {
    meaning: "saved filters are nested too deeply or used too often",
    example: {
      filter: "@f20",
      filters: Object.fromEntries(
        Array.from({ length: 21 }, (_, index): [string, string] => [
          `f${index}`,
          index === 0 ? "true" : `@f${index - 1}`,
        ]),
      ),
    },
    message: {
      tooDeep: ({ limit }: { readonly limit: number }) =>
        `saved filters are nested too deeply: the limit is ${limit} levels`,
      tooOften: ({ limit }: { readonly limit: number }) =>
        `saved filters are used too often: the limit is ${limit} times, those inside saved filters included`,
    },
  },
} as const satisfies Readonly<Record<string, CodeRow>>;
