/**
 * Zeek's own log format: lines of fields, whose names and types the lines before them tell.
 *
 * Source: the ASCII writer of Zeek (`#separator`, `#fields`, `#types`, `#unset_field`, `#empty_field`, `#set_separator`, `#path`).
 */
import type { FeedRecord } from "./model.js";

/** Reads the lines of a log one after the other. */
export interface ZeekLogReader {
  /** The record of a line; null for a line about the log itself. @throws SyntaxError for a line of fields before their names, or of more or fewer */
  readonly read: (line: string) => FeedRecord | null;
}

/** Whether a text begins as a log of Zeek does. */
export const isZeekLog = (start: string): boolean => start.startsWith("#separator ");

interface Header {
  readonly separator: string;
  readonly setSeparator: string;
  readonly empty: string;
  readonly unset: string;
  readonly path: string | null;
  readonly fields: readonly string[];
  readonly types: readonly string[];
}

const INITIAL: Header = {
  separator: "\t",
  setSeparator: ",",
  empty: "(empty)",
  unset: "-",
  path: null,
  fields: [],
  types: [],
};

/** A reader at the start of a log. */
export function zeekLogReader(): ZeekLogReader {
  let header = INITIAL;
  return {
    read: (line) => {
      if (line.startsWith("#")) {
        header = withDirective(header, line);
        return null;
      }
      return line.trim() === "" ? null : recordOf(line, header);
    },
  };
}

function withDirective(header: Header, line: string): Header {
  if (line.startsWith("#separator ")) return { ...INITIAL, separator: unescape(line.slice(11)) };
  const [name, ...values] = line.split(header.separator);
  const [first = ""] = values;
  switch (name) {
    case "#set_separator":
      return { ...header, setSeparator: unescape(first) };
    case "#empty_field":
      return { ...header, empty: unescape(first) };
    case "#unset_field":
      return { ...header, unset: unescape(first) };
    case "#path":
      return { ...header, path: first };
    case "#fields":
      return { ...header, fields: values };
    case "#types":
      return { ...header, types: values };
    default:
      return header;
  }
}

function recordOf(line: string, header: Header): FeedRecord {
  if (header.fields.length === 0) throw new SyntaxError("fields of a Zeek log before their names (#fields)");
  const texts = line.split(header.separator);
  // A line that was cut off may end within a number.
  if (texts.length !== header.fields.length)
    throw new SyntaxError(
      `a line of a Zeek log with ${texts.length} fields, where it has ${header.fields.length}`,
    );
  const entries = header.fields.flatMap((field, index): [string, unknown][] => {
    const text = texts[index];
    if (text === undefined || text === header.unset) return [];
    return [[field, valueOf(text, header.types[index] ?? "string", header)]];
  });
  return { ...(header.path === null ? {} : { _path: header.path }), ...Object.fromEntries(entries) };
}

const NUMBERS: ReadonlySet<string> = new Set(["time", "interval", "double", "count", "int", "port"]);

function valueOf(text: string, type: string, header: Header): unknown {
  const inner = /^(?:set|vector|table|list)\[(.*)\]$/.exec(type)?.[1];
  if (inner !== undefined)
    return text === header.empty
      ? []
      : text.split(header.setSeparator).map((part) => valueOf(part, inner, header));
  if (text === header.empty) return "";
  if (type === "bool") return text === "T";
  if (NUMBERS.has(type) && Number.isFinite(Number(text))) return Number(text);
  return unescape(text);
}

/** Signs that would part fields are written `\x09`. */
function unescape(text: string): string {
  return text.replace(/\\x([0-9a-fA-F]{2})/g, (_, digits: string) =>
    String.fromCharCode(parseInt(digits, 16)),
  );
}
