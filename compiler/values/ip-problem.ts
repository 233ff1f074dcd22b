/** Says what is wrong with a text that is no address, network or range. Only runs after a reader refused the text. */
import { ADDRESS_BITS, formatAddress, readAddress, readIpv4 } from "./ip-address.js";
import {
  describeAddressProblem,
  IP_CODES,
  ipProblem,
  wholeIpProblem,
  type IpProblem,
} from "./ip-address-problem.js";
import { tryParseIpRange } from "./ip-read.js";

export { IP_CODES, type IpProblem } from "./ip-address-problem.js";

/** The first mistake in a text that `parseIpRange` refuses. */
export function describeIpProblem(text: string): IpProblem {
  return (
    describeSpelling(text) ??
    describeWildcard(text) ??
    (text.includes("/") ? describeNetwork(text) : null) ??
    (text.includes("-") ? describeEnds(text) : null) ??
    describeAddressProblem(text)
  );
}

/** What is wrong with the signs, whatever they are meant to be. */
function describeSpelling(text: string): IpProblem | null {
  if (text === "-") {
    const message = `"-" is every address of both families; write 0.0.0.0/0 and ::/0`;
    return wholeIpProblem(text, IP_CODES.shape, message);
  }
  const zone = /%[^/\s-]*/.exec(text);
  if (zone !== null && text.includes(":")) {
    const better = text.slice(0, zone.index) + text.slice(zone.index + zone[0].length);
    const message = `"${text}" names a zone (${zone[0]}), which stored addresses do not have`;
    const end = zone.index + zone[0].length;
    if (tryParseIpRange(better) === null) return ipProblem(IP_CODES.zone, message, [zone.index, end]);
    return ipProblem(IP_CODES.zone, `${message}; write ${better}`, [zone.index, end], better);
  }
  const tight = text.replace(/\s+/g, "").replace("..", "-");
  if (tight !== text && tryParseIpRange(tight) !== null) {
    return wholeIpProblem(
      text,
      IP_CODES.shape,
      `"${text}" is not written as a range or network; write ${tight}`,
      tight,
    );
  }
  return null;
}

/** `10.0.*.*` and `10.0.0.x`. */
function describeWildcard(text: string): IpProblem | null {
  const match = /^((?:\d+\.){1,3})[*x](?:\.[*x])*$/i.exec(text);
  const prefix = match?.[1];
  if (prefix === undefined) return null;
  const known = prefix.split(".").length - 1;
  const better = `${prefix}${Array.from({ length: 4 - known }, () => "0").join(".")}/${known * 8}`;
  if (readIpv4(better, 0, better.indexOf("/")) < 0) return null;
  return wholeIpProblem(text, IP_CODES.shape, `addresses have no wildcards; write ${better}`, better);
}

function describeNetwork(text: string): IpProblem {
  const slash = text.indexOf("/");
  const addressText = text.slice(0, slash);
  const lengthText = text.slice(slash + 1);
  const address = readAddress(text, 0, slash);
  if (address === null)
    return describeShortNetwork(text, addressText, lengthText) ?? describeAddressProblem(addressText);
  const bits = ADDRESS_BITS[address.family];
  const refuse = (what: string, ...fixes: readonly string[]): IpProblem =>
    ipProblem(IP_CODES.prefix, `"${text}" is not a network: ${what}`, [slash, text.length], ...fixes);

  if (lengthText.includes("-")) {
    const message = `"${text}" is not a range: its ends are addresses, not networks`;
    return wholeIpProblem(text, IP_CODES.shape, message);
  }
  const mask = maskLength(lengthText);
  if (mask !== null && address.family === 4) {
    const better = networkText(address.value, 4, mask);
    return refuse(`write the netmask ${lengthText} as a prefix length: ${better}`, better);
  }
  const isNumber = /^\d+$/.test(lengthText);
  const length = Number(lengthText);
  if (!isNumber || length > bits) {
    const found = lengthText === "" ? "nothing comes after the slash" : `the prefix length is ${lengthText}`;
    return refuse(`${found}, an IPv${address.family} network has 0 to ${bits}`);
  }
  if (String(length) !== lengthText) {
    const better = networkText(address.value, address.family, length);
    return refuse(`the prefix length has a leading zero; write ${better}`, better);
  }
  const network = networkText(address.value, address.family, length);
  const message = `${text} has address bits beyond the /${length} prefix; write ${network} for the network, or ${addressText} for the host`;
  return wholeIpProblem(text, IP_CODES.hostBits, message, network, addressText);
}

/** `10/8` and `10.20/16`: the short form of whole octets. */
function describeShortNetwork(text: string, addressText: string, lengthText: string): IpProblem | null {
  const parts = addressText.split(".");
  if (parts.length > 3 || !/^\d{1,2}$/.test(lengthText) || Number(lengthText) > 32) return null;
  const padded = [...parts, "0", "0", "0"].slice(0, 4).join(".");
  const quad = readIpv4(padded, 0, padded.length);
  if (quad < 0) return null;
  const better = networkText(BigInt(quad), 4, Number(lengthText));
  return wholeIpProblem(
    text,
    IP_CODES.parts,
    `"${text}" is not a network: an address has four parts; write ${better}`,
    better,
  );
}

function networkText(address: bigint, family: 4 | 6, length: number): string {
  const hostBits = BigInt(ADDRESS_BITS[family] - length);
  return `${formatAddress(family, (address >> hostBits) << hostBits)}/${length}`;
}

/** The prefix length of a dotted netmask, null when it is none. */
function maskLength(text: string): number | null {
  const mask = readIpv4(text, 0, text.length);
  if (mask < 0) return null;
  const length = Math.clz32(~mask);
  return length === 32 || mask << length === 0 ? length : null;
}

/** Null when the text is no range at all: a word with a hyphen. */
function describeEnds(text: string): IpProblem | null {
  const dash = text.indexOf("-");
  const lowText = text.slice(0, dash);
  const highText = text.slice(dash + 1);
  const low = readAddress(text, 0, dash);
  const high = readAddress(text, dash + 1, text.length);
  if (low !== null && high !== null) {
    const message = `"${text}" is not a range: one end is IPv${low.family}, the other IPv${high.family}`;
    return wholeIpProblem(text, IP_CODES.families, message);
  }
  if (low !== null && low.family === 4 && /^\d{1,3}$/.test(highText)) {
    const better = `${lowText}-${lowText.replace(/\d+$/, highText)}`;
    if (tryParseIpRange(better) !== null)
      return wholeIpProblem(text, IP_CODES.parts, `write both ends of a range in full: ${better}`, better);
  }
  if (!/[.:]/.test(lowText) && !/[.:]/.test(highText)) return null;
  if (low === null) return describeAddressProblem(lowText);
  const inner = describeAddressProblem(highText);
  return { ...inner, start: inner.start + dash + 1, end: inner.end + dash + 1, fixes: [] };
}
