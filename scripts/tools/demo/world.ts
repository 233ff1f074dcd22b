/** Who takes part in demo events: attackers of the Internet, a campus with its hosts, detectors, abuse contacts. */
import { formatAddress } from "../../../compiler/values/ip-address.js";
import type { IdeaNode } from "../../../runtime/events/idea-event.js";
import { scramble, type Random } from "./random.js";

/** The campus: four networks out of the space for documentation and benchmarks, and an IPv6 prefix. */
const CAMPUS_IPV4 = [0xc6120000, 0xc6130000, 0xcb007100, 0xc6336400] as const;
const CAMPUS_IPV6 = "2001:db8";
const CAMPUS_HOSTS = 20_000;
const ATTACKERS = 150_000;
const GROUPS = 120;

const formatIpv4 = (address: number): string => formatAddress(4, BigInt(address));

/** An attacker's IPv4 address; a few attackers make most of the noise. */
export function attackerIpv4(random: Random): string {
  return publicIpv4(random.skewed(ATTACKERS));
}

/** One of many attackers that are all as likely: the sources of a distributed attack. */
export function zombieIpv4(random: Random): string {
  return publicIpv4(random.below(ATTACKERS));
}

/** The address of an attacker: outside the blocks for private and local use, multicast and above. */
function publicIpv4(attacker: number): string {
  let address = scramble(attacker);
  while (!isPublic(address >>> 24)) address = scramble(address + 1);
  return formatIpv4(address >>> 0);
}

function isPublic(firstPart: number): boolean {
  return firstPart > 0 && firstPart < 224 && ![10, 100, 127, 169, 172, 192, 198, 203].includes(firstPart);
}

/** An attacker's IPv6 address. */
export function attackerIpv6(random: Random): string {
  const attacker = scramble(random.skewed(ATTACKERS / 10)) >>> 0;
  const [network, host] = [attacker >>> 16, attacker & 0xffff];
  return `2a00:${network.toString(16)}:${(network % 251).toString(16)}::${(host || 1).toString(16)}`;
}

/** A host of the campus; servers are attacked more than others. */
export function campusIpv4(random: Random): string {
  return formatIpv4(campusAddress(random.skewed(CAMPUS_HOSTS)));
}

function campusAddress(host: number): number {
  const network = CAMPUS_IPV4[host % 2] ?? CAMPUS_IPV4[0];
  return network + ((scramble(host) >>> 0) % 65_536);
}

/** The /24 around a host of the campus. */
export function campusNetwork(random: Random): string {
  const network = random.pick(CAMPUS_IPV4);
  return `${formatIpv4(network < 0xc6140000 ? network + random.below(256) * 256 : network)}/24`;
}

/** Some neighbouring hosts of the campus, `low-high`. */
export function campusRange(random: Random): string {
  const low = campusAddress(random.skewed(CAMPUS_HOSTS));
  return `${formatIpv4(low)}-${formatIpv4(low + random.between(2, 300))}`;
}

export function campusIpv6(random: Random): string {
  return `${CAMPUS_IPV6}:${(random.skewed(64) + 1).toString(16)}::${(random.skewed(5000) + 1).toString(16)}`;
}

/** The abuse contact of a network. */
export function abuseGroup(random: Random): string {
  return `abuse@net${random.skewed(GROUPS)}.example.org`;
}

const DETECTORS = {
  flow: { kinds: ["Flow", "Statistical"], software: ["Nemea", "NfSen"], count: 8 },
  honeypot: { kinds: ["Connection", "Honeypot"], software: ["Cowrie", "Dionaea"], count: 14 },
  tarpit: { kinds: ["Connection", "Tarpit"], software: ["LaBrea"], count: 3 },
  ids: { kinds: ["Content", "Signature"], software: ["Suricata"], count: 6 },
  spamtrap: { kinds: ["Content", "Honeypot"], software: ["SpamAssassin"], count: 4 },
  scanner: { kinds: ["Host", "External"], software: ["Shadowserver"], count: 2 },
  blacklist: { kinds: ["Flow", "Blacklist"], software: ["Nemea", "blacklistfilter"], count: 3 },
} as const;

/** Kinds of detector that the demo knows. */
export type DetectorKind = keyof typeof DETECTORS;

/** A detector of a kind. */
export function detector(random: Random, kind: DetectorKind): IdeaNode {
  const { kinds, software, count } = DETECTORS[kind];
  return {
    Name: `org.example.${kind}.${kind}${random.skewed(count) + 1}`,
    Type: kinds,
    SW: software,
    ...(kind === "flow" ? { AggrWin: "00:05:00" } : {}),
  };
}

/** The node that passes events on. */
export const RELAY: IdeaNode = { Name: "org.example.warden.relay", Type: ["Relay"] };
