/** Codes of values that are wrong, or do not fit their field. */
import { FIELD_TYPES, type FieldType } from "../field-types.js";
import type { CodeRow } from "./row.js";

/** E2… addresses, E3… and W3… values of all types, E4… times, E600 an option. */
export const VALUE_CODES = {
  E201: { meaning: "IPv4 address: a part above 255", example: "source.ip = 10.0.0.300", message: null },
  E202: {
    meaning: "network: address bits beyond the prefix",
    example: "source.ip in 10.0.0.1/8",
    message: null,
  },
  E203: {
    meaning: "network: no or too long a prefix length",
    example: "source.ip in 10.0.0.0/33",
    message: null,
  },
  E204: {
    meaning: "range of addresses: ends of different families",
    example: "source.ip in 10.0.0.1..::1",
    message: null,
  },
  E205: { meaning: "address with a zone", example: 'source.ip = "fe80::1%eth0"', message: null },
  E206: {
    meaning: "range of addresses: backwards or empty",
    example: "source.ip in 10.0.0.9..10.0.0.1",
    message: null,
  },
  E207: {
    meaning: "IPv4 address: a part with a leading zero",
    example: "source.ip = 10.0.0.01",
    message: null,
  },
  E208: { meaning: "IPv4 address: not four parts", example: "source.ip = 10.0.0", message: null },
  E209: { meaning: "IPv6 address: wrong groups", example: "source.ip = 1:2:3", message: null },
  E210: {
    meaning: "a network or range where one address belongs",
    example: "source.ip = 10.0.0.0/8",
    message: ({
      negated,
      range,
      operators,
    }: {
      readonly negated: boolean;
      readonly range: string;
      readonly operators: readonly string[];
    }) =>
      `"${negated ? "!=" : "="}" compares with one address, but ${range} is a ${range.includes("/") ? "network" : "range"}; use "${operators.join('" or "')}"`,
  },
  E211: {
    meaning: "no address, network or range at all",
    example: "source.ip = 10.0.0.1:22",
    message: null,
  },
  E301: {
    meaning: "the value is not of the type of the field",
    example: "source.port = ssh2",
    message: {
      type: ({
        name,
        type,
        value,
        advice,
      }: {
        readonly name: string;
        readonly type: FieldType;
        readonly value: string;
        readonly advice: string;
      }) => `${name} is ${FIELD_TYPES[type].phrase}, ${value}${advice && `; ${advice}`}`,
      address: ({ name, text }: { readonly name: string; readonly text: string }) =>
        `${name} is an address, network or range, "${text}" is text`,
    },
  },
  E302: {
    meaning: "unknown word for a field with a closed list of words",
    example: "severity = hihg",
    message: notOneOf,
  },
  E303: { meaning: "this is not a regular expression", example: "description matches /(/", message: null },
  E304: {
    meaning: "the regular expression uses what the language leaves out",
    example: String.raw`description matches /(a)\1/`,
    message: null,
  },
  E305: {
    meaning: "the regular expression is over a limit",
    example: "description matches /a{9999}/",
    message: null,
  },
  E306: {
    meaning: "a field alone is no condition, except a boolean one",
    example: "severity",
    message: ({ name, type }: { readonly name: string; readonly type: FieldType }) =>
      `${name} is ${FIELD_TYPES[type].phrase}, not a condition by itself`,
  },
  E307: {
    meaning: "the range ends before it starts",
    example: "source.port in 80..22",
    message: {
      numbers: ({ range }: { readonly range: string }) =>
        `the range ${range} is empty: it starts above its end`,
      nothing: ({ range }: { readonly range: string }) =>
        `the range ${range} is empty: it ends before it begins; to include its end write ".."`,
      words: ({
        range,
        low,
        high,
      }: {
        readonly range: string;
        readonly low: string;
        readonly high: string;
      }) => `the range ${range} is empty: ${low} is above ${high}`,
      times: () => "the range is empty: it starts after its end",
    },
  },
  E308: {
    meaning: "two uses of a parameter disagree about its type",
    example: "source.port = $p and source.ip = $p",
    message: ({
      name,
      first,
      here,
    }: {
      readonly name: string;
      readonly first: string;
      readonly here: string;
    }) => `$${name} is ${first} at its first use, but ${here} here`,
  },
  E309: {
    meaning: "too many wildcards in a pattern",
    example: { filter: 'description like "*a*b*"', limits: { maxWildcards: 2 } },
    message: ({ wildcards, limit }: { readonly wildcards: number; readonly limit: number }) =>
      `too many wildcards: ${wildcards}, the limit is ${limit}`,
  },
  E310: {
    meaning: "the number is outside of what the field can hold",
    example: "source.port = 70000",
    message: ({
      number,
      name,
      range,
    }: {
      readonly number: number | bigint;
      readonly name: string;
      readonly range: readonly [number, number | bigint];
    }) => `${number} is out of range: ${name} lies between ${range[0]} and ${range[1]}`,
  },
  E311: {
    meaning: "items with and without a case flag in one list",
    example: 'node.name in ["a"i, b]',
    message: {
      ignoringCase: () => '"…"i ignores case and the other items do not; give all of them the i or none',
      mindingCase: () => '"…"c minds case and the other items do not; give all of them the c or none',
    },
  },
  E312: {
    meaning: "a range of values that have no order",
    example: "category in Recon..Test",
    message: ({ name }: { readonly name: string }) =>
      `a range needs values with an order; those of ${name} have none`,
  },
  E313: {
    meaning: "the family of an address is 4 or 6",
    example: "family(source.ip) = 5",
    message: ({ name, wrong }: { readonly name: string; readonly wrong: number | "range" }) =>
      `${name} is 4 or 6${wrong === "range" ? ", not a range" : `, never ${wrong}`}`,
  },
  E314: {
    meaning: "this can't be an end of a range",
    example: "severity in $low..high",
    message: {
      address: () => "the end of a range of addresses is an address",
      word: () => "the end of a range of words is a known word",
    },
  },
  E315: {
    meaning: "matches takes one regular expression",
    example: 'description matches "ssh"',
    message: ({ text }: { readonly text: string | undefined }) =>
      `"matches" takes one regular expression${text === undefined ? ": /…/" : `; write ${text}`}`,
  },
  E316: {
    meaning: "a regular expression where text belongs",
    example: "description contains /ssh/",
    message: ({ operator, source }: { readonly operator: string; readonly source: string }) =>
      `"${operator}" takes text, /${source}/ is a regular expression`,
  },
  E317: {
    meaning: "the number is written in another notation",
    example: "source.port = 0x16",
    message: null,
  },
  E318: {
    meaning: "an empty text to look for",
    example: 'description contains ""',
    message: ({ operator }: { readonly operator: string }) =>
      `an empty text: "${operator}" needs something to look for; for events that have the field write exists`,
  },
  E319: {
    meaning: "a set of several values where one is compared",
    example: { filter: "source.port >= @ports", sets: { ports: ["22", "80"] } },
    message: ({
      operator,
      name,
      members,
    }: {
      readonly operator: string;
      readonly name: string;
      readonly members: number;
    }) => `"${operator}" compares with one value, but @${name} has ${members}; use "in"`,
  },
  E320: {
    meaning: "the value given for a parameter is missing or does not fit",
    example: { filter: "source.port = $p", args: { p: "ssh" } },
    message: null,
  },
  E321: {
    meaning: "null where presence is asked for",
    example: "source.port = null",
    message: ({ name, presence }: { readonly name: string; readonly presence: string }) =>
      `there is no null; write ${name} ${presence}`,
  },
  E401: { meaning: "this is not a date or time", example: "detect_time > 2024-13-01", message: null },
  E402: { meaning: "this is not a length of time", example: "detect_time in last 5x", message: null },
  E403: {
    meaning: "a length of time without a fixed length where one is needed",
    example: { filter: "length > 1mo", field: { name: "length", type: "duration" } },
    message: ({ text }: { readonly text: string }) => `${text} has no fixed length; write it in days`,
  },
  E600: {
    meaning: "an option of the compiler makes no sense: there is no such time zone",
    example: { filter: "true", timeZone: "Mars/Base" },
    message: null,
  },
  W302: {
    meaning: "unknown word for a field with an open list of words",
    example: "category = Recn",
    message: {
      word: notOneOf,
      star: ({
        text,
        above,
        operator,
      }: {
        readonly text: string;
        readonly above: string;
        readonly operator: string;
      }) => `${text} is no wildcard; for ${above} and all below it write ${operator} ${above}`,
      pattern: ({ text, name }: { readonly text: string; readonly name: string }) =>
        `${text} is no wildcard: ${name} is compared with whole words`,
    },
  },
} as const satisfies Readonly<Record<string, CodeRow>>;

/** Parameters of the message about an unknown word. */
export interface UnknownWord {
  readonly text: string;
  /** What a value is called, with its article. */
  readonly article: string;
  /** `did you mean …?`, or nothing. */
  readonly question: string;
}

function notOneOf({ text, article, question }: UnknownWord): string {
  return `${text} is not ${article}${question && `; ${question}`}`;
}
