/** The fields of both ends of an IDEA event, `source.…` and `target.…`, and of either, `host.…`. */
import { list } from "./field-entries.js";
import type { Field, StoredField } from "./model.js";

const PORTS: Readonly<Record<string, number>> = {
  ftp: 21,
  ssh: 22,
  telnet: 23,
  smtp: 25,
  dns: 53,
  domain: 53,
  http: 80,
  pop3: 110,
  ntp: 123,
  imap: 143,
  snmp: 161,
  ldap: 389,
  https: 443,
  smb: 445,
  mysql: 3306,
  rdp: 3389,
  postgresql: 5432,
  sip: 5060,
  vnc: 5900,
};

/** One endpoint list: the prefix of its fields, its key in an event, its role in the descriptions. */
interface Endpoint {
  readonly side: "source" | "target";
  readonly key: "Source" | "Target";
  readonly who: string;
}

const endpoint = (end: Endpoint): readonly StoredField[] => [
  ...endpointAddresses(end),
  ...endpointNames(end),
  ...endpointRemarks(end),
];

function endpointAddresses({ side, key, who }: Endpoint): readonly StoredField[] {
  return [
    list(
      `${side}.ip`,
      "ip",
      // Drafts of IDEA had one key for both families.
      [`${key}.IP4`, `${key}.IP6`, `${key}.IP`],
      `addresses, networks and ranges of ${who}`,
      `${side}.ip in 192.0.2.0/24`,
      {
        index: "tokens",
        rollup: "top",
        aliases: [`${side}_addrs`],
      },
    ),
    list(`${side}.port`, "integer", `${key}.Port`, `ports of ${who}`, `${side}.port in [22, 8000..8100]`, {
      range: [0, 65535],
      words: PORTS,
      index: "gin",
      rollup: "top",
      aliases: [`${side}_ports`],
    }),
    list(`${side}.type`, "enum", `${key}.Type`, `role tags of ${who}`, `${side}.type = Botnet`, {
      enumeration: "endpoint_type",
      index: "gin",
      rollup: "all",
      combined: true,
      aliases: [`${side}_types`],
    }),
    list(
      `${side}.protocol`,
      "enum",
      `${key}.Proto`,
      `protocols of ${who}, lower case`,
      `${side}.protocol = ssh`,
      {
        enumeration: "protocol",
        normalise: "protocol",
        index: "gin",
        rollup: "all",
        combined: true,
      },
    ),
  ];
}

function endpointNames({ side, key, who }: Endpoint): readonly StoredField[] {
  return [
    list(
      `${side}.hostname`,
      "text",
      `${key}.Hostname`,
      `host names of ${who}`,
      `${side}.hostname ends with ".example.org"`,
      { normalise: "host", rollup: "top" },
    ),
    list(`${side}.url`, "text", `${key}.URL`, `URLs of ${who}`, `${side}.url contains "/login"`),
    list(
      `${side}.mac`,
      "text",
      `${key}.MAC`,
      `hardware addresses of ${who}`,
      `${side}.mac starts with "00:1b:"`,
      { normalise: "mac" },
    ),
    list(
      `${side}.email`,
      "text",
      `${key}.Email`,
      `mail addresses of ${who}`,
      `${side}.email = "user@example.org"`,
      { normalise: "mail" },
    ),
    list(
      `${side}.asn`,
      "integer",
      `${key}.ASN`,
      `autonomous system numbers of ${who}`,
      `${side}.asn = 2852`,
      {
        range: [0, 4294967295],
        rollup: "top",
      },
    ),
    list(
      `${side}.netname`,
      "text",
      `${key}.Netname`,
      `registry names of the network of ${who}`,
      `${side}.netname like "ripe:*"`,
    ),
    list(
      `${side}.router`,
      "text",
      `${key}.Router`,
      `routers or interfaces through which the traffic of ${who} came`,
      `${side}.router exists`,
    ),
  ];
}

function endpointRemarks({ side, key, who }: Endpoint): readonly StoredField[] {
  return [
    list(
      `${side}.spoofed`,
      "boolean",
      `${key}.Spoofed`,
      `the address of ${who} is presumably forged`,
      `${side}.spoofed`,
      { single: true },
    ),
    list(
      `${side}.imprecise`,
      "boolean",
      `${key}.Imprecise`,
      `the data on ${who} are known to be imprecise`,
      `not ${side}.imprecise`,
      { single: true },
    ),
    list(
      `${side}.anonymised`,
      "boolean",
      `${key}.Anonymised`,
      `the address of ${who} is anonymised`,
      `${side}.anonymised = true`,
      { single: true },
    ),
    list(`${side}.note`, "text", `${key}.Note`, `remarks on ${who}`, `${side}.note contains "approximate"`, {
      single: true,
    }),
  ];
}

/** Fields of the attacker or origin. */
export const SOURCE = endpoint({ side: "source", key: "Source", who: "the attacker or origin" });
/** Fields of the victim or destination. */
export const TARGET = endpoint({ side: "target", key: "Target", who: "the victim or destination" });

/** `host.x` for every pair `source.x`, `target.x`. */
export const HOST: readonly Field[] = SOURCE.map(({ name, type, enumeration, aliases, example }): Field => {
  const inner = name.slice("source.".length);
  return {
    kind: "union",
    name: `host.${inner}`,
    type,
    list: true,
    of: [name, `target.${inner}`],
    description: `${inner} of either side, source or target`,
    example: example.replaceAll("source.", "host."),
    ...(enumeration === undefined ? {} : { enumeration }),
    ...(aliases === undefined ? {} : { aliases: aliases.map((alias) => alias.replace("source_", "host_")) }),
  };
});
