/** Faults of the mapping from events to columns and back. */
import { inFile, type Fault } from "./fault.js";

/** See the head of this file. */
export const MAPPING_FAULTS: readonly Fault[] = [
  ...inFile("mapping", "compiler/extract/convert.ts", [
    "port-bound-lost",
    "if (number < low || number > high)",
    "if (number < low)",
    "runtime/events/row",
  ]),
  ...inFile("mapping", "compiler/extract/word.ts", [
    "spelling-kept",
    "known.get(asciiFold(normal))",
    "known.get(normal)",
    "database/differential",
  ]),
  ...inFile("mapping", "compiler/extract/path-reader.ts", [
    "second-path-dropped",
    "else if (field.list) values = [...values, ...more];",
    "",
    "runtime/events/row",
  ]),
  ...inFile(
    "mapping",
    "compiler/extract/walk.ts",
    [
      "last-value-of-a-scalar",
      'if (found[slot] !== undefined) return log?.note("more than one value; the first is used");',
      "",
      "runtime/events/row",
    ],
    [
      "list-in-a-list-lost",
      "if (Array.isArray(node)) visitList(node, found, log, nesting + 1);",
      "if (Array.isArray(node)) continue;",
      "runtime/events/row",
    ],
  ),
  ...inFile("mapping", "compiler/extract/event-reader.ts", [
    "remarks-lost",
    "fields[index]?.remarks === true ? [...found, ...remarks] : found",
    "found",
    "runtime/events/row",
  ]),
  ...inFile("mapping", "compiler/extract/duration.ts", [
    "days-of-a-duration-lost",
    "Number(days) * 24 + Number(hours)",
    "Number(hours)",
    "compiler/extract/duration",
  ]),
  ...inFile("mapping", "runtime/events/column-reader.ts", [
    "two-elements-are-one",
    "found.length < 2 ? null",
    "found.length < 3 ? null",
    "runtime/events/row",
  ]),
  ...inFile("mapping", "runtime/events/column-value.ts", [
    "list-of-an-element-cut",
    "field.list ? values : first",
    "first",
    "runtime/events/row",
  ]),
  ...inFile("mapping", "runtime/events/encode.ts", [
    "storage-time-overwritten",
    "texts[index] ??= formatMicros(storedAt)",
    "texts[index] = formatMicros(storedAt)",
    "runtime/events/row",
  ]),
  ...inFile("mapping", "runtime/events/ghost.ts", [
    "ghost-mixes-families",
    "[first, found.filter((value) => !isIpv6(value))]",
    "[first, found]",
    "runtime/events/ghost",
  ]),
  ...inFile("mapping", "compiler/extract/convert.ts", [
    "names-stored-as-they-came",
    "const read = (text: string): string => normaliseWord(columnText(text, field), normalisation);",
    "const read = (text: string): string => columnText(text, field);",
    "compiler/resolve/names",
  ]),
];
