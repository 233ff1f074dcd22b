/**
 * Address literals of filters. They are stricter than event data, because the person who writes a filter can be asked what is meant.
 *
 * The spelling is checked first; then ip-num computes the values. By itself it would take zone ids and bits beyond a
 * prefix, and for the millions of addresses of event data it is too slow: those have the codec of their own, against which tests
 * hold this one.
 */
// The modules themselves: the index of the package brings ranges, masks and pools along, four kilobytes of every page.
import { dottedDecimalNotationToBinaryString } from "ip-num/dist/src/BinaryUtils.js";
import { expandIPv6Number } from "ip-num/dist/src/IPv6Utils.js";
import { ADDRESS_BITS, formatAddress, type IpAddress } from "../values/ip-address.js";
import { describeIpProblem, IP_CODES, type IpProblem } from "../values/ip-problem.js";
import { problem } from "../../grammar/codes.js";
import {
  cidrRange,
  formatIpRange,
  rangeBetween,
  tryParseIpRange,
  unmapped,
  type IpRange,
} from "../values/ip-range.js";
import { literalProblem, literalValue, wholeProblem, writeInstead, type FilterLiteral } from "./literal.js";

/**
 * Reads an address, a network without bits beyond its prefix, or `low-high`. Problems: E201 to E209 and E211 as listed at
 * {@link IP_CODES}; E301 for a text that does not look like an address, in words about the field. IPv4-mapped addresses are IPv4.
 *
 * @param fieldName what the literal is compared with, for the message
 */
export function readIpLiteral(text: string, fieldName: string): FilterLiteral<IpRange> {
  if (tryParseIpRange(text) === null) return refuse(text, describeIpProblem(text), fieldName);
  const range = text.includes("-")
    ? readEnds(text)
    : text.includes("/")
      ? readNetwork(text)
      : readSingle(text);
  if (range !== null) return literalValue(unmapped(range));
  const [low, high] = text.split("-");
  return wholeProblem(text, IP_CODES.reversed, `${text} runs backwards; write ${high}-${low}`, [
    writeInstead(`${high}-${low}`),
  ]);
}

function refuse(text: string, found: IpProblem, fieldName: string): FilterLiteral<IpRange> {
  const { code, message, fixes } = found;
  if (code === IP_CODES.shape && fixes.length === 0 && !/[:/]|^[\d.-]+$/.test(text)) {
    const noAddress = problem("E301.address", { name: fieldName, text });
    return wholeProblem(text, noAddress.code, noAddress.message);
  }
  const groups = text.split(":");
  // The beginning of an address, as people name a network.
  if (groups.length < 8 && groups.length > 1 && groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) {
    const network = `${text}::/${groups.length * 16}`;
    return literalProblem(code, `${message}; write ${network} for the network`, found, [
      ...fixes,
      writeInstead(network),
    ]);
  }
  return literalProblem(code, message, found, fixes);
}

function readAddress(text: string): IpAddress {
  return text.includes(":")
    ? { family: 6, value: BigInt(`0x${expandIPv6Number(text).replaceAll(":", "")}`) }
    : { family: 4, value: BigInt(`0b${dottedDecimalNotationToBinaryString(text)}`) };
}

function readSingle(text: string): IpRange {
  const { family, value } = readAddress(text);
  return { family, first: value, last: value };
}

function readNetwork(text: string): IpRange {
  const [address = "", length = ""] = text.split("/");
  // Its own networks do not take an IPv4 address at the end of an IPv6 one, and need ten times as long as their address.
  const { family, value } = readAddress(address);
  return cidrRange({ family, first: value, length: Number(length) });
}

/** Null when the ends are in the wrong order. */
function readEnds(text: string): IpRange | null {
  const [low = "", high = ""] = text.split("-");
  const first = readAddress(low);
  const last = readAddress(high);
  return first.value > last.value ? null : rangeBetween(first, last);
}

/**
 * Reads `low..high`, `low..<high`, `low..` or `..high`. An end may be a network: the range then begins with its first or
 * ends with its last address (`..<`: before its first). An open end is the end of the family. Places in problems are relative to
 * `low..high` as printed in fixes, so callers mark the whole range.
 */
export function readIpRangeEnds(
  low: string | null,
  high: string | null,
  exclusive: boolean,
): FilterLiteral<IpRange> {
  const dots = exclusive ? "..<" : "..";
  const text = `${low ?? ""}${dots}${high ?? ""}`;
  const lowRead = low === null ? null : readIpLiteral(low, "an end of the range");
  if (lowRead?.kind === "problem") return lowRead;
  const highRead = high === null ? null : readIpLiteral(high, "an end of the range");
  if (highRead?.kind === "problem") return highRead;
  return joinEnds(text, lowRead?.value ?? null, highRead?.value ?? null, exclusive);
}

function joinEnds(
  text: string,
  low: IpRange | null,
  high: IpRange | null,
  exclusive: boolean,
): FilterLiteral<IpRange> {
  const family = low?.family ?? high?.family ?? 4;
  if (low !== null && high !== null && low.family !== high.family) {
    const message = `"${text}" is not a range: one end is IPv${low.family}, the other IPv${high.family}`;
    return wholeProblem(text, IP_CODES.families, message);
  }
  const first = low?.first ?? 0n;
  const beyond = high === null ? 1n << BigInt(ADDRESS_BITS[family]) : exclusive ? high.first : high.last + 1n;
  if (first < beyond) return literalValue({ family, first, last: beyond - 1n });
  if (low !== null && high !== null && low.first > high.last) {
    const swapped = `${formatIpRange(high)}${exclusive ? "..<" : ".."}${formatIpRange(low)}`;
    return wholeProblem(text, IP_CODES.reversed, `${text} runs backwards; write ${swapped}`, [
      writeInstead(swapped),
    ]);
  }
  const end = formatAddress(family, beyond);
  return wholeProblem(text, IP_CODES.reversed, `${text} is empty: no address lies before ${end}`);
}
