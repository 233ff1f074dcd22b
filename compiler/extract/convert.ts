/** JSON value → stored value, by the type of the field. */
import { exactWholeNumber, type WholeNumber } from "../values/exact-json.js";
import { formatIpRange, ipNetProblem, isCidr, parseIpNet, type IpRange } from "../values/ip-range.js";
import { normaliseWord } from "../values/normalise.js";
import { asciiFold, storable } from "../values/text.js";
import { protocolNames } from "../values/protocols.js";
import { eventTimeProblem, parseEventTime } from "../values/time.js";
import { enumerationOf, holdsUnknownWords, indexCatalogue } from "../catalogue/lookup.js";
import {
  addressForm,
  columnTypeOf,
  holdsMapped,
  integerRange,
  normalisationOf,
} from "../catalogue/column-types.js";
import type { Catalogue, ColumnType, StoredField } from "../catalogue/model.js";
import { parseCarelessNets } from "./careless-address.js";
import { carelessFloat, carelessIntegers } from "./careless-number.js";
import { isCompactDate, parseCarelessTime } from "./careless-time.js";
import { rangeText } from "./bounds.js";
import { parseCarelessDuration } from "./careless-duration.js";
import { parseIdeaDuration } from "./duration.js";
import { severalWords } from "./several-words.js";
import { showValue, type ProblemLog, type StoredValue } from "./value.js";
import { wordReader } from "./word.js";

/**
 * Reads one JSON value that is no list and not null; a text that names several words gives all of them. Undefined when it cannot be
 * stored; what is wrong with it, also with one that is stored, goes to the log if there is one. The result never depends on the log.
 */
export type Convert = (
  value: unknown,
  log: ProblemLog | null,
) => StoredValue | readonly StoredValue[] | undefined;

/** Identifiers longer than this are refused: they would not fit into an index entry. */
export const MAX_ID_LENGTH = 512;

/** UTF-8 bytes of a text in a btree or GIN index; PostgreSQL refuses entries above a third of a page. */
export const MAX_INDEXED_BYTES = 2000;

/** Longer texts are no address, network or range: two IPv6 addresses with a dotted quad, and some blanks. */
const MAX_NET_LENGTH = 128;

/** The converter of a field. */
export function converter(field: StoredField, catalogue: Catalogue): Convert {
  switch (field.type) {
    case "id":
      return forColumn(convertId, field);
    case "text":
      return forColumn(
        // A column of type character has no blanks at the end: they are cut before the name is read.
        textConverter(field, plainReader(field)),
        field,
      );
    case "enum":
    case "ordered":
    case "hierarchy":
      return forColumn(
        field.normalise === "protocol"
          ? protocolConverter(field, catalogue)
          : wordConverter(field, catalogue),
        field,
      );
    case "integer":
      return integerConverter(field);
    case "float":
      return convertFloat;
    case "boolean":
      return convertBoolean;
    case "ip":
      return netConverter(columnTypeOf(field), catalogue);
    case "time":
      return convertTime;
    case "duration":
      return convertDuration;
  }
}

/** A string, or a number as its text; undefined for anything else. */
function asText(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "bigint" ? String(value) : undefined;
}

function refuse(log: ProblemLog | null, reason: string): undefined {
  log?.note(reason);
}

function reject(value: unknown, what: string, log: ProblemLog | null): undefined {
  log?.note(`${showValue(value)} is no ${what}`);
}

function convertId(value: unknown, log: ProblemLog | null): string | undefined {
  const text = asText(value);
  if (text === undefined) return reject(value, "identifier", log);
  if (text === "") return refuse(log, "the identifier is empty");
  if (text.length > MAX_ID_LENGTH)
    return refuse(log, `the identifier has ${text.length} characters, the limit is ${MAX_ID_LENGTH}`);
  // Mending the text would make two identifiers one.
  if (storable(text) !== text) return refuse(log, "the identifier holds U+0000 or half a surrogate pair");
  return text;
}

/** Texts as they are stored. One text may name several hosts, mail addresses or hardware addresses. */
function plainReader(
  field: StoredField,
): (text: string, log: ProblemLog | null) => string | readonly string[] {
  const normalisation = normalisationOf(field);
  const read = (text: string): string => normaliseWord(columnText(text, field), normalisation);
  if (!field.list || field.single === true) return read;
  return (text, log) => {
    const words = severalWords(text, normalisation);
    if (words === null) return read(text);
    log?.note(`${showValue(text)} is read as ${showList(words)}`);
    return words.map(read);
  };
}

function textConverter(
  field: StoredField,
  read: (text: string, log: ProblemLog | null) => string | readonly string[] | undefined,
): Convert {
  const indexed = field.index === "gin" || field.index === "btree";
  return (value, log) => {
    const text = asText(value);
    if (text === undefined) return reject(value, "text", log);
    if (typeof value !== "string") log?.note(`${text} is a number where text is due`);
    const stored = storable(text);
    if (stored !== text) log?.note("U+0000 or half a surrogate pair is replaced");
    if (indexed && exceedsBytes(stored, MAX_INDEXED_BYTES))
      return refuse(log, `a text of ${stored.length} characters is too long to be searched for`);
    return read(stored, log);
  };
}

/** Whether the UTF-8 form is longer than `limit`; counted only where the length alone does not tell. */
function exceedsBytes(text: string, limit: number): boolean {
  return text.length * 3 > limit && new TextEncoder().encode(text).length > limit;
}

function wordConverter(field: StoredField, catalogue: Catalogue): Convert {
  const readWord = wordReader(field, catalogue);
  const enumeration = enumerationOf(indexCatalogue(catalogue), field);
  const closed = enumeration?.open === false;
  const keepsUnknown = holdsUnknownWords(field, indexCatalogue(catalogue));
  // Of the open lists only the hierarchy is complete enough for a remark: feeds use hundreds of protocol names.
  const remarked = closed || field.type === "hierarchy";
  const readText = textConverter(field, (given, log) => {
    const text = given.trim();
    // An empty word says nothing: the field is missing.
    if (text === "") return refuse(log, "an empty text where a word is due");
    if (text !== given) log?.note(`blanks around ${showValue(text)}`);
    const word = readWord(text);
    const isList = !word.known && field.list && text.length <= MAX_WORDS_LENGTH;
    const words = isList ? text.split(/[\s,;|]+/).map(readWord) : [];
    if (words.length > 1 && words.every(({ known }) => known)) {
      const texts = words.map((each) => each.text);
      log?.note(`${showValue(text)} is read as ${showList(texts)}`);
      return texts;
    }
    if (!word.known && remarked) log?.note(`${showValue(text)} is not ${enumeration?.article ?? "known"}`);
    return word.known || keepsUnknown ? word.text : undefined;
  });
  if (!closed || !keepsUnknown) return readText;
  // What is no text is no known label either, and none the less something was said.
  return (value, log) =>
    asText(value) === undefined
      ? readText(JSON.stringify(value).slice(0, MAX_LABEL_LENGTH), log)
      : readText(value, log);
}

/** Longer texts are no list of words. */
const MAX_WORDS_LENGTH = 1_024;

/** Of the JSON where a label is due, and of lists in remarks. */
const MAX_LABEL_LENGTH = 100;

const showList = (texts: readonly string[]): string => texts.join(", ").slice(0, MAX_LABEL_LENGTH);

/** Protocols, which sensors give by name, by IANA's number, or several in one text. What was mended is remarked on. */
function protocolConverter(field: StoredField, catalogue: Catalogue): Convert {
  const readWord = wordReader(field, catalogue);
  const readText = textConverter(field, (given, log) => {
    if (given.trim() === "") return refuse(log, "an empty text where a protocol is due");
    const words = protocolNames(given.trim()).map((name) => readWord(name).text);
    const [first = ""] = words;
    if (first.length !== given.length || /^\d/.test(given)) {
      const isName = words.length > 1 || !/^\d*$/.test(first);
      log?.note(`${showValue(given)} is ${isName ? `read as ${words.join(", ")}` : "no protocol name"}`);
    }
    return words;
  });
  return (value, log) => readText(typeof value === "number" ? String(value) : value, log);
}

const INTEGER = /^\s{0,8}[+-]?\d{1,30}\s{0,8}$/;
const DECIMAL = /^\s{0,8}[+-]?\d{1,30}(\.\d{1,30})?([eE][+-]?\d{1,3})?\s{0,8}$/;

function integerConverter(field: StoredField): Convert {
  const [low, high] = integerRange(field) ?? [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER];
  const readOne: (value: unknown, log: ProblemLog | null) => WholeNumber | undefined = (value, log) => {
    const isText = typeof value === "string" && INTEGER.test(value);
    const isNumber = typeof value === "number" || typeof value === "bigint";
    const number = isText ? integerOf(value) : isNumber ? exactWholeNumber(value) : undefined;
    if (number === undefined) return reject(value, "whole number", log);
    if (isText) log?.note(`${showValue(value)} is text where a number is due`);
    if (number < low || number > high) return refuse(log, `${showValue(value)} is outside ${low} to ${high}`);
    // Not -0, which JSON and PostgreSQL write in their own ways.
    return typeof number === "number" ? number + 0 : number;
  };
  return (value, log) => {
    const text = field.list ? (rangeText(value) ?? value) : value;
    const careless = typeof text !== "string" || INTEGER.test(text) ? null : carelessIntegers(text, field);
    if (careless === null) return readOne(value, log);
    log?.note(`${showValue(value)} is read as ${showList(careless)}`);
    return careless.map((digits) => readOne(integerOf(digits), log)).filter((number) => number !== undefined);
  };
}

/** BigInt reads no plus sign before digits. */
const integerOf = (text: string): WholeNumber | undefined => exactWholeNumber(text.trim().replace(/^\+/, ""));

function convertFloat(value: unknown, log: ProblemLog | null): number | undefined {
  const isText = typeof value === "string" && DECIMAL.test(value);
  const number = isText || typeof value === "bigint" ? Number(value) : value;
  if (typeof number === "string") return convertCarelessFloat(number, log);
  if (typeof number !== "number" || !Number.isFinite(number)) return reject(value, "finite number", log);
  if (isText) log?.note(`${showValue(value)} is text where a number is due`);
  return number + 0;
}

function convertCarelessFloat(text: string, log: ProblemLog | null): number | undefined {
  const number = carelessFloat(text);
  if (number === null) return reject(text, "finite number", log);
  log?.note(`${showValue(text)} is read as ${number}`);
  return number;
}

const MAX_TRUTH_LENGTH = 20;
const TRUE: ReadonlySet<unknown> = new Set(["true", "yes", "1", 1]);
const FALSE: ReadonlySet<unknown> = new Set(["false", "no", "0", 0]);

function convertBoolean(value: unknown, log: ProblemLog | null): boolean | undefined {
  if (typeof value === "boolean") return value;
  const text = typeof value === "string" ? asciiFold(value.slice(0, MAX_TRUTH_LENGTH).trim()) : value;
  const isTrue = TRUE.has(text);
  if (!isTrue && !FALSE.has(text)) return reject(value, "truth value", log);
  log?.note(`${showValue(value)} where true or false is expected`);
  return isTrue;
}

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** A column of type character gives a text back without the blanks at its end. */
function columnText(text: string, field: StoredField): string {
  return columnTypeOf(field) === "character" ? text.replace(/ +$/, "") : text;
}

/** A text as a column of its type gives it back. */
function forColumn(convert: Convert, field: StoredField): Convert {
  switch (columnTypeOf(field)) {
    case "uuid":
      return (value, log) => {
        const text = convert(value, log);
        if (text === undefined) return undefined;
        return typeof text === "string" && UUID.test(text) ? asciiFold(text) : reject(value, "UUID", log);
      };
    case "character":
      return (value, log) => {
        const text = convert(value, log);
        return typeof text === "string" ? columnText(text, field) : text;
      };
    default:
      return convert;
  }
}

function netConverter(type: ColumnType, catalogue: Catalogue): Convert {
  const { kind, family } = addressForm(type);
  const takesMapped = family === 6 && holdsMapped(type, catalogue);
  if (kind === "range" && family === null) return convertNets;
  return (value, log) => {
    const range = convertNet(value, log);
    if (range === undefined) return undefined;
    // An IPv4 address that was written as one of IPv6 is in such a column as that.
    const isMapped = takesMapped && String(value).includes(":");
    if (family !== null && range.family !== family && !isMapped)
      return refuse(log, `${showValue(value)} is no IPv${family} address, and the column holds no other`);
    if (kind === "single" && range.first !== range.last)
      return refuse(log, `${showValue(value)} is more than one address, and the column holds no more`);
    if (kind === "network" && !isCidr(range))
      return refuse(log, `${showValue(value)} is no network, and the column holds no other range`);
    return range;
  };
}

function convertNet(value: unknown, log: ProblemLog | null): IpRange | undefined {
  if (typeof value !== "string") return reject(value, NET, log);
  const range = value.length > MAX_NET_LENGTH ? null : parseIpNet(value);
  if (range === null)
    return value.length > MAX_NET_LENGTH ? reject(value, NET, log) : refuse(log, ipNetProblem(value));
  if (log !== null && value.trim() !== value) log.note(`blanks around ${showValue(value.trim())}`);
  return range;
}

const NET = "address, network or range";

/** {@link convertNet} for a field that takes several, which one text may name. */
function convertNets(value: unknown, log: ProblemLog | null): IpRange | readonly IpRange[] | undefined {
  if (typeof value === "string" && value.length <= MAX_NET_LENGTH && parseIpNet(value) !== null)
    return convertNet(value, log);
  const text = typeof value === "string" ? value : rangeText(value);
  const careless = text === null ? null : parseCarelessNets(text);
  if (careless === null) return convertNet(value, log);
  log?.note(`${showValue(value)} is read as ${showList(careless.map(formatIpRange))}`);
  return careless;
}

function convertTime(value: unknown, log: ProblemLog | null): bigint | undefined {
  const micros = isCompactDate(value)
    ? null
    : parseEventTime(typeof value === "bigint" ? Number(value) : value);
  if (micros === null) return convertCarelessTime(value, log);
  const problem = log === null ? null : eventTimeProblem(value);
  if (problem !== null) log?.note(`${showValue(value)}: ${problem}`);
  return micros;
}

function convertCarelessTime(value: unknown, log: ProblemLog | null): bigint | undefined {
  const time = parseCarelessTime(typeof value === "bigint" ? String(value) : value);
  if (time === null) return reject(value, "time (RFC 3339 or Unix seconds)", log);
  log?.note(`${showValue(value)}: ${time.problem}`);
  return time.micros;
}

function convertDuration(value: unknown, log: ProblemLog | null): bigint | undefined {
  const micros = parseIdeaDuration(value);
  if (micros !== null) return micros;
  const careless = parseCarelessDuration(value);
  if (careless === null) return reject(value, "duration (HH:MM:SS or seconds)", log);
  log?.note(`${showValue(value)} is read as ${Number(careless) / 1e6} s`);
  return careless;
}
