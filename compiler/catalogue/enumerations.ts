/**
 * Known words of the IDEA fields.
 *
 * Sources: the IDEA0 definition (categories, source and node types), shared severity scale of the CESNET extension, FIRST
 * TLP 2.0. All but severity and TLP are advisory: real feeds use others.
 */
import type { Enumeration } from "./model.js";

const tree = (root: string, ...leaves: readonly string[]): readonly string[] => [
  root,
  ...leaves.map((leaf) => `${root}.${leaf}`),
];

const CATEGORIES: readonly string[] = [
  ...tree("Abusive", "Spam", "Harassment", "Child", "Sexual", "Violence"),
  ...tree("Malware", "Virus", "Worm", "Trojan", "Spyware", "Dialer", "Rootkit"),
  ...tree("Recon", "Scanning", "Sniffing", "SocialEngineering", "Searching"),
  ...tree("Attempt", "Exploit", "Login", "NewSignature"),
  ...tree("Intrusion", "AdminCompromise", "UserCompromise", "AppCompromise", "Botnet"),
  ...tree("Availability", "DoS", "DDoS", "Sabotage", "Outage"),
  ...tree("Information", "UnauthorizedAccess", "UnauthorizedModification"),
  ...tree("Fraud", "UnauthorizedUsage", "Copyright", "Masquerade", "Phishing", "Scam"),
  ...tree("Vulnerable", "Open", "Config"),
  ...tree("Anomaly", "Traffic", "Connection", "Protocol", "System", "Application", "Behaviour"),
  "Other",
  "Test",
];

/** The enumerations of IDEA. */
export const ENUMERATIONS: readonly Enumeration[] = [
  { name: "category", article: "a category", values: CATEGORIES, open: true },
  {
    name: "severity",
    article: "a severity",
    values: ["info", "low", "medium", "high", "critical"],
    open: false,
  },
  {
    name: "tlp",
    article: "a TLP label",
    values: ["RED", "AMBER", "AMBER+STRICT", "GREEN", "CLEAR"],
    open: false,
    keepsUnknown: true,
  },
  {
    name: "endpoint_type",
    article: "a source or target type",
    values: [
      ...["Proxy", "OriginMalware", "OriginSandbox", "OriginSpam", "Phishing", "Malware", "MITM", "Spam"],
      ...["Backscatter", "Open", "Poisoned", "FastFlux", "Botnet", "CC", "Incomplete", "CasualIP"],
      ...["OriginBlacklist", "Miner", "PoolServer", "Booter"],
    ],
    open: true,
  },
  {
    name: "node_type",
    article: "a node type",
    values: [
      ...["Connection", "Datagram", "Content", "Data", "File", "Flow", "Log", "Protocol", "Host", "Network"],
      ...["Correlation", "External", "Reporting", "Blackhole", "Signature", "Statistical", "Heuristic"],
      ...["Integrity", "Policy", "Honeypot", "Tarpit", "Recon", "Monitor", "Blacklist", "Relay"],
    ],
    open: true,
  },
  {
    name: "protocol",
    article: "a protocol",
    values: [
      ...["tcp", "udp", "icmp", "ipv6-icmp", "sctp", "gre", "esp", "igmp", "ip", "ipv4", "ipv6"],
      ...["http", "https", "ssh", "telnet", "ftp", "ftps", "sftp", "tftp", "smtp", "smtps", "submission"],
      ...["pop3", "pop3s", "imap", "imaps", "dns", "domain", "ntp", "snmp", "ldap", "ldaps", "sip", "sips"],
      ...["rtp", "rdp", "vmrdp", "ms-wbt-server", "vnc", "smb", "microsoft-ds", "netbios", "netbios-ns"],
      ...["netbios-ssn", "ssdp", "mdns", "llmnr", "nfs", "rpc", "sunrpc", "portmap", "kerberos", "radius"],
      ...["syslog", "irc", "xmpp", "mysql", "postgresql", "mssql", "ms-sql", "oracle", "mongodb", "redis"],
      ...["memcached", "elasticsearch", "mqtt", "coap", "modbus", "bacnet", "dnp3", "s7comm", "chargen"],
      ...[
        "qotd",
        "bittorrent",
        "tor",
        "tls",
        "ssl",
        "quic",
        "ike",
        "isakmp",
        "l2tp",
        "pptp",
        "socks",
        "upnp",
      ],
    ],
    open: true,
  },
  { name: "class", article: "an event class", values: [], open: true },
  { name: "country", article: "a country", values: [], open: true },
];
