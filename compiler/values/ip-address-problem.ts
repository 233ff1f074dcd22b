/** Says what is wrong with a text that is no address. Only runs after a reader refused the text. */
import { readAddress, readIpv4 } from "./ip-address.js";

/** A mistake in a text: what, where, and how it can be mended. */
export interface IpProblem {
  /** Stable code, the same as in the diagnostics of filters; the table is beside {@link IP_CODES}. */
  readonly code: IpCode;
  readonly message: string;
  /** Half-open range of UTF-16 code units in the text. */
  readonly start: number;
  readonly end: number;
  /** Texts to write instead of the whole. */
  readonly fixes: readonly IpFix[];
}

interface IpFix {
  readonly title: string;
  readonly text: string;
}

/** Codes of the mistakes. */
export const IP_CODES = {
  /** A part of an IPv4 address above 255. */
  octet: "E201",
  /** Address bits beyond the prefix. */
  hostBits: "E202",
  /** A prefix length that is out of range or no number. */
  prefix: "E203",
  /** Ends of a range from different families. */
  families: "E204",
  /** A zone id. */
  zone: "E205",
  /** Ends of a range in the wrong order. */
  reversed: "E206",
  /** A part of an IPv4 address with a leading zero. */
  leadingZero: "E207",
  /** Too few or too many parts of an IPv4 address, or an empty one. */
  parts: "E208",
  /** The groups of an IPv6 address. */
  groups: "E209",
  /** No address, network or range at all. */
  shape: "E211",
} as const;

type IpCode = (typeof IP_CODES)[keyof typeof IP_CODES];

/** A mistake at `[start, end)`. */
export function ipProblem(
  code: IpCode,
  message: string,
  [start, end]: readonly [start: number, end: number],
  ...fixes: readonly string[]
): IpProblem {
  return { code, message, start, end, fixes: fixes.map((text) => ({ title: `write ${text}`, text })) };
}

/** A mistake that concerns the whole text. */
export function wholeIpProblem(
  text: string,
  code: IpCode,
  message: string,
  ...fixes: readonly string[]
): IpProblem {
  return ipProblem(code, message, [0, text.length], ...fixes);
}

/** The first mistake in a text that should be one address; places are relative to it. */
export function describeAddressProblem(address: string): IpProblem {
  if (address.includes(":")) return describePort(address) ?? describeIpv6Problem(address);
  if (/^[\d.]*\d[\d.]*$/.test(address)) return describeIpv4Problem(address);
  return wholeIpProblem(address, IP_CODES.shape, `"${address}" is not an address, network or range`);
}

const PART_NAMES = ["first", "second", "third", "last"];

function describeIpv4Problem(address: string): IpProblem {
  const refused = `"${address}" is not an IPv4 address:`;
  const parts = address.split(".");
  if (parts.length !== 4) return describePartCount(address, parts);
  let start = 0;
  for (const [index, part] of parts.entries()) {
    const name = `the ${PART_NAMES[index]} part`;
    const end = start + part.length;
    if (part === "") {
      return ipProblem(IP_CODES.parts, `${refused} ${name} is empty`, [
        Math.max(0, start - 1),
        Math.min(address.length, end + 1),
      ]);
    }
    if (Number(part) > 255) {
      return ipProblem(IP_CODES.octet, `${refused} ${name} is ${part}, the largest allowed is 255`, [
        start,
        end,
      ]);
    }
    if (part.length > 1 && part.startsWith("0")) {
      const better = parts.map((each) => String(Number(each))).join(".");
      const readable = readIpv4(better, 0, better.length) >= 0;
      const message = `${refused} ${name} has a leading zero, which some programs read as octal; write ${better}`;
      return ipProblem(IP_CODES.leadingZero, message, [start, end], ...(readable ? [better] : []));
    }
    start = end + 1;
  }
  return wholeIpProblem(address, IP_CODES.shape, `${refused} it has four parts from 0 to 255`);
}

function describePartCount(address: string, parts: readonly string[]): IpProblem {
  const filled = parts.filter((part) => part !== "");
  const count = `${parts.length} ${parts.length === 1 ? "part" : "parts"}`;
  const message = `"${address}" is not an IPv4 address: it has ${count}, an address has four`;
  const network = [...filled, "0", "0", "0"].slice(0, 4).join(".");
  const isNetwork = parts.length < 4 && parts.length > 1 && readIpv4(network, 0, network.length) >= 0;
  if (!isNetwork) return wholeIpProblem(address, IP_CODES.parts, message);
  const better = `${network}/${filled.length * 8}`;
  return wholeIpProblem(address, IP_CODES.parts, `${message}; for the network write ${better}`, better);
}

/** `192.0.2.1:80`, `[2001:db8::1]` and `[2001:db8::1]:80`. */
function describePort(address: string): IpProblem | null {
  const match = /^([\d.]+):\d+$/.exec(address) ?? /^\[([^\]]*)\](?::\d+)?$/.exec(address);
  const inner = match?.[1];
  if (inner === undefined || readAddress(inner, 0, inner.length) === null) return null;
  const message = `"${address}" is written as in a URL; write the address alone: ${inner}`;
  return wholeIpProblem(address, IP_CODES.shape, message, inner);
}

function describeIpv6Problem(address: string): IpProblem {
  const refused = `"${address}" is not an IPv6 address:`;
  const foreign = /[^0-9a-f:.]/i.exec(address);
  if (foreign !== null) {
    const message = `${refused} "${foreign[0]}" is neither a hexadecimal digit nor a colon`;
    return ipProblem(IP_CODES.groups, message, [foreign.index, foreign.index + 1]);
  }
  const colons = address.indexOf(":::");
  if (colons >= 0) {
    return ipProblem(IP_CODES.groups, `${refused} a colon too many; "::" stands for all omitted groups`, [
      colons,
      colons + 3,
    ]);
  }
  const second = address.indexOf("::", address.indexOf("::") + 2);
  if (address.includes("::") && second >= 0) {
    return ipProblem(IP_CODES.groups, `${refused} "::" occurs twice, which leaves the number of zeros open`, [
      second,
      second + 2,
    ]);
  }
  if (/^:(?!:)/.test(address))
    return ipProblem(IP_CODES.groups, `${refused} it begins with a single colon`, [0, 1]);
  if (/[^:]:$/.test(address)) {
    const message = `${refused} it ends with a single colon; for the network write "::" and a prefix length`;
    return ipProblem(IP_CODES.groups, message, [address.length - 1, address.length]);
  }
  return describeGroups(address, refused);
}

function describeGroups(address: string, refused: string): IpProblem {
  const quadStart = address.lastIndexOf(":") + 1;
  const quad = address.slice(quadStart);
  for (const { 0: group, index } of address.matchAll(/[^:]+/g)) {
    if (group.includes(".") && index !== quadStart) {
      return ipProblem(IP_CODES.groups, `${refused} an IPv4 address can only be at its end`, [
        index,
        index + group.length,
      ]);
    }
    if (group.length > 4 && !group.includes(".")) {
      const message = `${refused} the group "${group}" has ${group.length} digits, at most four are allowed`;
      return ipProblem(IP_CODES.groups, message, [index, index + group.length]);
    }
  }
  if (quad.includes(".") && readIpv4(quad, 0, quad.length) < 0) {
    const inner = describeAddressProblem(quad);
    return ipProblem(inner.code, inner.message, [quadStart + inner.start, quadStart + inner.end]);
  }
  const groups = address.split(":").filter((group) => group !== "").length + (quad.includes(".") ? 1 : 0);
  const wanted = address.includes("::") ? `"::" leaves room for seven at most` : "an address has eight";
  return wholeIpProblem(address, IP_CODES.groups, `${refused} it has ${groups} groups, ${wanted}`);
}
