/** Sets of addresses that every filter can name. */

/**
 * `@ipv4 @ipv6 @private @multicast @loopback`. Sources: RFC 1918 and RFC 4193 (private), RFC 5771 and RFC 4291 (multicast), RFC 1122 and RFC 4291
 * (loopback).
 */
export const PREDEFINED_SETS: ReadonlyMap<string, readonly string[]> = new Map([
  ["ipv4", ["0.0.0.0/0"]],
  ["ipv6", ["::/0"]],
  ["private", ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"]],
  ["multicast", ["224.0.0.0/4", "ff00::/8"]],
  ["loopback", ["127.0.0.0/8", "::1"]],
]);
