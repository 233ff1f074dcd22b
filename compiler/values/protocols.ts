/** IP protocols by IANA's assigned number, in the names that events use. */

/** Name by number. Numbers that no sensor reports are left out; they stay numbers. */
const PROTOCOLS: Readonly<Record<string, string>> = {
  0: "hopopt",
  1: "icmp",
  2: "igmp",
  4: "ipv4",
  6: "tcp",
  8: "egp",
  9: "igp",
  17: "udp",
  33: "dccp",
  41: "ipv6",
  43: "ipv6-route",
  44: "ipv6-frag",
  46: "rsvp",
  47: "gre",
  50: "esp",
  51: "ah",
  58: "ipv6-icmp",
  59: "ipv6-nonxt",
  60: "ipv6-opts",
  88: "eigrp",
  89: "ospf",
  94: "ipip",
  97: "etherip",
  103: "pim",
  108: "ipcomp",
  112: "vrrp",
  115: "l2tp",
  132: "sctp",
  136: "udplite",
  137: "mpls-in-ip",
};

/** The name of a protocol that is given by its number; any other text as it is. */
export function protocolName(text: string): string {
  return Object.hasOwn(PROTOCOLS, text) ? (PROTOCOLS[text] ?? text) : text;
}

/**
 * The protocols that one text names, in lower case: `TCP/SSH`, `tcp, udp`. Numbers beside names are ports (`tcp/22`) and left out. A text
 * that names one, in whatever form, gives that one.
 */
export function protocolNames(text: string): readonly string[] {
  const parts = text
    .split(/[/,;+|\s]+/)
    .filter((part) => part !== "")
    .slice(0, MAX_NAMES);
  // Free text with signs that no name has is one value, as it is.
  if (parts.length < 2 || !parts.every((part) => /^[a-z0-9.+_-]+$/i.test(part))) return [text];
  const names = parts.filter((part) => !/^\d+$/.test(part));
  return names.length === 0 ? [text] : names;
}

/** A text that seems to name more is free text. */
const MAX_NAMES = 16;
