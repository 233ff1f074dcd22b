/** Faults of reading events as careless senders write them. */
import { inFile, type Fault } from "./fault.js";

/** See the head of this file. */
export const FEEDS_FAULTS: readonly Fault[] = [
  ...inFile(
    "mapping",
    "compiler/extract/careless-time.ts",
    [
      "year-begins-on-another-day",
      "const monday = fourth - ((fourth + 3) % 7);",
      "const monday = fourth - ((fourth + 4) % 7);",
      "compiler/extract/deviations",
    ],
    ["noon-at-midnight", "(number % 12) + (half", "number + (half", "compiler/extract/deviations"],
    [
      "month-and-day-guessed",
      "if (first <= 12 && other <= 12 && first !== other) return null;",
      "",
      "compiler/extract/deviations",
    ],
    ["ntp-counts-from-1970", "sinceEra - NTP_TO_UNIX +", "sinceEra +", "compiler/extract/deviations"],
  ),
  ...inFile(
    "mapping",
    "compiler/values/time.ts",
    [
      "milliseconds-are-seconds",
      'if (size < FIRST_MILLISECONDS) return "seconds";',
      'if (size < END_MILLISECONDS) return "seconds";',
      "compiler/values/time",
      "milliseconds since 1970: the event was refused",
    ],
    [
      "zone-of-hours-ignored",
      'sign === undefined ? "Z" : `${sign}${east.padStart(2, "0")}:${eastMinutes}`',
      '"Z"',
      "compiler/extract/deviations",
      '"2016-10-13T12:55:00+02": the event was refused',
    ],
    [
      "comma-before-the-fraction",
      'fraction === undefined ? "" : `.${fraction}`;\n  return parseRfc3339(`${year}',
      '"";\n  return parseRfc3339(`${year}',
      "compiler/extract/deviations",
      '"00,123Z": the event was refused',
    ],
  ),
  ...inFile("mapping", "compiler/extract/careless-number.ts", [
    "percent-is-a-hundredfold",
    "undefined ? number : number / 100;",
    "undefined ? number : number;",
    "compiler/extract/deviations",
  ]),
  ...inFile("mapping", "compiler/extract/careless-address.ts", [
    "netmask-with-holes",
    "/^1*0*$/.test(bits) && ",
    "",
    "runtime/events/input-forms",
  ]),
  ...inFile(
    "mapping",
    "compiler/extract/convert.ts",
    [
      "empty-word-is-there",
      'if (text === "") return refuse(log, "an empty text where a word is due");',
      "",
      "runtime/events/row",
      'an event class "" was there',
    ],
    [
      "unknown-label-is-none",
      "return word.known || keepsUnknown ? word.text : undefined;",
      "return word.known ? word.text : undefined;",
      "runtime/events/row",
      "TLP Reddish was stored as none: an open policy showed it",
    ],
    [
      "two-identifiers-become-one",
      "if (storable(text) !== text)",
      "if (storable(text) === null)",
      "compiler/extract/field-reader",
    ],
    [
      "digits-of-big-numbers-lost",
      ": isNumber ? exactWholeNumber(value)",
      ": isNumber ? Math.trunc(Number(value))",
      "runtime/events/row",
      "ByteCount of 64 bits was stored with other digits",
    ],
  ),
];
