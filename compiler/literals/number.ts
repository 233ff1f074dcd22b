/** Numbers of integer and float fields. */
import type { WholeNumber } from "../values/exact-json.js";
import {
  literalValue,
  wholeProblem,
  writeInstead,
  type FilterLiteral,
  type RefusedFilterLiteral,
} from "./literal.js";

/** E317: a number, but written in a way that the language does not have. */
const NOT_WRITTEN_SO = "E317";

/** Longer numbers are beyond the limit of every field. */
const MAX_DIGITS = 40;

/**
 * Reads a whole number: digits with an optional sign, or a number of bytes (`1MB`, `2GiB`), up to 2^53 − 1 or a greater limit that is given. Null when the text is no number at all; problem E317 when it
 * is one in another notation (`1_000`, `10k`, `0x1F`, `80-90`, `1.5`) or too large.
 */
export function readIntegerLiteral(text: string, limit: WholeNumber = 0): FilterLiteral<WholeNumber> | null {
  if (/^[+-]?\d+$/.test(text)) {
    const number = Number(text);
    // In other languages 022 is 18: whoever writes it may mean either.
    if (/^[+-]?0\d/.test(text)) {
      const plain = text.replace(/^([+-]?)0+(?=\d)/, "$1");
      return wholeProblem(text, NOT_WRITTEN_SO, `"${text}" has a leading zero; write ${plain}`, [
        writeInstead(plain),
      ]);
    }
    if (Number.isSafeInteger(number)) return literalValue(number === 0 ? 0 : number);
    const exact = text.length <= MAX_DIGITS ? BigInt(text.replace(/^\+/, "")) : null;
    if (exact !== null && exact <= limit && exact >= -limit) return literalValue(exact);
    return wholeProblem(
      text,
      NOT_WRITTEN_SO,
      `${text} is too large: whole numbers go up to ${limit > Number.MAX_SAFE_INTEGER ? limit : Number.MAX_SAFE_INTEGER}`,
    );
  }
  if (/^[+-]?(\d+\.\d*|\.\d+)$/.test(text)) {
    const number = Number(text);
    const rounded = [...new Set([Math.floor(number), Math.ceil(number)])].map((near) =>
      writeInstead(String(near)),
    );
    return wholeProblem(text, NOT_WRITTEN_SO, `${text} is not a whole number`, rounded);
  }
  return readBytes(text, limit) ?? readOtherNotation(text);
}

const BYTE_UNITS: Readonly<Record<string, bigint>> = {
  B: 1n,
  KB: 10n ** 3n,
  MB: 10n ** 6n,
  GB: 10n ** 9n,
  TB: 10n ** 12n,
  KIB: 1n << 10n,
  MIB: 1n << 20n,
  GIB: 1n << 30n,
  TIB: 1n << 40n,
};

/** `1MB`, `1.5GiB`: powers of 1,000, with an `i` of 1,024. */
function readBytes(text: string, limit: WholeNumber): FilterLiteral<WholeNumber> | null {
  const [, whole = "", fraction = "", unit = ""] =
    text.length > MAX_DIGITS ? [] : (/^(\d+)(?:\.(\d+))?([KMGT]?i?B)$/i.exec(text) ?? []);
  const factor = BYTE_UNITS[unit.toUpperCase()];
  if (factor === undefined || !/^[KMGT]?i?B$/i.test(unit)) return null;
  const scale = 10n ** BigInt(fraction.length);
  const scaled = BigInt(whole + fraction) * factor;
  if (scaled % scale !== 0n)
    return wholeProblem(text, NOT_WRITTEN_SO, `${text} is not a whole number of bytes`);
  const bytes = scaled / scale;
  if (bytes <= BigInt(Number.MAX_SAFE_INTEGER)) return literalValue(Number(bytes));
  return bytes <= BigInt(limit)
    ? literalValue(bytes)
    : wholeProblem(text, NOT_WRITTEN_SO, `${text} is too large`);
}

/**
 * Reads a number: digits with an optional sign, fraction and exponent, or a percentage. Null when the text is no number at all; problem E317
 * when it is one in another notation or too large.
 */
export function readFloatLiteral(text: string): FilterLiteral<number> | null {
  if (/^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(text)) {
    const number = Number(text);
    if (Number.isFinite(number)) return literalValue(number === 0 ? 0 : number);
    return wholeProblem(text, NOT_WRITTEN_SO, `${text} is too large for a number`);
  }
  const percent = /^(\d+(?:\.\d+)?)%$/.exec(text)?.[1];
  if (percent !== undefined) return literalValue(Number((Number(percent) / 100).toPrecision(15)));
  const comma = /^([+-]?\d+),(\d+)$/.exec(text);
  if (comma !== null) {
    const point = `${comma[1]}.${comma[2]}`;
    return wholeProblem(text, NOT_WRITTEN_SO, `use a decimal point: write ${point}`, [writeInstead(point)]);
  }
  return readOtherNotation(text);
}

const MULTIPLES: Readonly<Record<string, number>> = { k: 1e3, M: 1e6, m: 1e6, G: 1e9, g: 1e9 };

function readOtherNotation(text: string): RefusedFilterLiteral | null {
  const span = /^(\d+)-(\d+)$/.exec(text);
  if (span !== null) {
    const range = `${span[1]}..${span[2]}`;
    return wholeProblem(text, NOT_WRITTEN_SO, `"${text}" is not a number; for a range write in ${range}`, [
      writeInstead(range),
    ]);
  }
  const value = valueInOtherNotation(text);
  if (value === null || !Number.isSafeInteger(value)) return null;
  return wholeProblem(text, NOT_WRITTEN_SO, `"${text}" is not written as a number here; write ${value}`, [
    writeInstead(String(value)),
  ]);
}

function valueInOtherNotation(text: string): number | null {
  if (/^0x[0-9a-f]+$|^0b[01]+$|^0o[0-7]+$|^\d+e\+?\d+$/i.test(text)) return Number(text);
  if (/^\d{1,3}([_,' ]\d{3})+$|^\d+(_\d+)+$/.test(text)) return Number(text.replace(/\D/g, ""));
  const multiple = /^(\d+)([kmg])$/i.exec(text);
  return multiple === null ? null : Number(multiple[1]) * (MULTIPLES[multiple[2] ?? ""] ?? NaN);
}
