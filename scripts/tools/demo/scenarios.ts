/** What happens in demo events: one scenario for each kind of incident. */
import type { IdeaAttachment, IdeaEndpoint } from "../../../runtime/events/idea-event.js";
import { FREQUENCIES } from "./frequencies.js";
import { learned, type Random } from "./random.js";
import {
  attackerIpv4,
  attackerIpv6,
  campusIpv4,
  campusIpv6,
  campusNetwork,
  campusRange,
  zombieIpv4,
  type DetectorKind,
} from "./world.js";

/** The part of an event that depends on the kind of incident. */
export interface Incident {
  readonly category: readonly string[];
  readonly description: string;
  readonly detector: DetectorKind;
  readonly eventClass: string;
  readonly severity: "info" | "low" | "medium" | "high" | "critical";
  readonly source: readonly IdeaEndpoint[];
  readonly target: readonly IdeaEndpoint[];
  readonly attach?: readonly IdeaAttachment[];
  readonly reference?: string;
}

/** A scenario and the categories whose events it stands for. */
interface Scenario {
  readonly categories: readonly string[];
  readonly play: (random: Random) => Incident;
}

const IPV6_SHARE = 0.08;

/** An attacker: one address, now and then IPv6. */
function attacker(random: Random): IdeaEndpoint {
  return random.chance(IPV6_SHARE) ? { IP6: [attackerIpv6(random)] } : { IP4: [attackerIpv4(random)] };
}

function campusHost(random: Random): IdeaEndpoint {
  return random.chance(IPV6_SHARE) ? { IP6: [campusIpv6(random)] } : { IP4: [campusIpv4(random)] };
}

/** What a scan went over: hosts, a network or a range. */
function scanned(random: Random): IdeaEndpoint {
  if (random.chance(0.15)) return { IP4: [campusNetwork(random)] };
  if (random.chance(0.08)) return { IP4: [campusRange(random)] };
  return { IP4: random.list(random.skewed(48) + 1, () => campusIpv4(random)) };
}

const SERVICES = [
  ["ssh", 22],
  ["telnet", 23],
  ["rdp", 3389],
  ["http", 80],
  ["https", 443],
  ["smb", 445],
  ["mysql", 3306],
  ["vnc", 5900],
  ["sip", 5060],
  ["redis", 6379],
] as const;

/** Services as often as real events have their ports. */
const SERVICE_WEIGHTS = SERVICES.map(([, port]) => learned(FREQUENCIES.ports, String(port)) + 1);

const service = (random: Random): (typeof SERVICES)[number] =>
  random.weighted(SERVICES, SERVICE_WEIGHTS) ?? SERVICES[0];

function portScan(random: Random): Incident {
  const ports = random.list(random.skewed(8) + 1, () => service(random)[1]);
  const vertical = random.chance(0.2);
  return {
    category: ["Recon.Scanning"],
    description: `${vertical ? "Vertical" : "Horizontal"} scan of TCP port ${ports.join(", ")}`,
    detector: random.pick(["flow", "flow", "tarpit", "ids"]),
    eventClass: "recon-scanning",
    severity: "low",
    source: [{ ...attacker(random), Proto: ["tcp"] }],
    target: [
      { ...(vertical ? campusHost(random) : scanned(random)), Proto: ["tcp"], Port: [...new Set(ports)] },
    ],
  };
}

function bruteForce(random: Random): Incident {
  const [service, port] = SERVICES[random.skewed(3)] ?? SERVICES[0];
  const attempts = random.skewed(2000) + 5;
  return {
    category: random.chance(0.05) ? ["Attempt.Login", "Intrusion.UserCompromise"] : ["Attempt.Login"],
    description: `${service.toUpperCase()} login attempts with ${attempts} passwords`,
    detector: random.pick(["honeypot", "honeypot", "flow"]),
    eventClass: `${service}-bruteforce`,
    severity: "medium",
    source: [{ ...attacker(random), Proto: ["tcp", service], Port: [random.between(1024, 65_535)] }],
    target: [{ ...campusHost(random), Proto: ["tcp", service], Port: [port] }],
    attach: [
      {
        Handle: "log",
        Type: ["Raw"],
        ContentType: "text/plain",
        Content: `login failed for root, ${attempts} times`,
      },
    ],
  };
}

const AMPLIFIERS = [
  ["dns", 53],
  ["ntp", 123],
  ["ldap", 389],
  ["memcached", 11_211],
] as const;

function amplification(random: Random): Incident {
  const [service, port] = random.pick(AMPLIFIERS);
  const victim = { ...campusHost(random), Proto: ["udp"], Port: [random.between(1024, 65_535)] };
  return {
    category: ["Availability.DDoS"],
    description: `${service.toUpperCase()} amplification attack`,
    detector: "flow",
    eventClass: `ddos-${service}-amplification`,
    severity: "high",
    source: [
      {
        Type: ["Backscatter"],
        IP4: random.list(random.skewed(80) + 3, () => zombieIpv4(random)),
        Proto: ["udp", service],
        Port: [port],
      },
      { Type: ["OriginBlacklist"], IP4: [attackerIpv4(random)], Spoofed: true },
    ],
    target: [victim],
  };
}

function spam(random: Random): Incident {
  const name = `user${random.skewed(900)}@example.net`;
  return {
    category: ["Abusive.Spam"],
    description: "Message to a spam trap",
    detector: "spamtrap",
    eventClass: "spam",
    severity: "low",
    source: [{ ...attacker(random), Type: ["OriginSpam"], Proto: ["tcp", "smtp"], Email: [name] }],
    target: [{ Type: ["Spam"], Email: ["trap@example.org"], Proto: ["tcp", "smtp"], Port: [25] }],
    attach: [
      {
        Handle: "mail",
        Type: ["Spam"],
        ContentType: "message/rfc822",
        Content: `From: ${name}\r\nSubject: offer ${random.hex(6)}\r\n`,
      },
    ],
  };
}

const BOTNETS = ["Mirai", "Qakbot", "Emotet", "Gozi", "Andromeda"] as const;

function botnetDrone(random: Random): Incident {
  const botnet = random.pick(BOTNETS);
  return {
    category: ["Intrusion.Botnet"],
    description: `Drone of the botnet ${botnet}`,
    detector: "blacklist",
    eventClass: "botnet-drone",
    severity: "high",
    source: [
      { ...campusHost(random), Type: ["Botnet"], Proto: ["tcp"], Port: [random.between(1024, 65_535)] },
      {
        IP4: [attackerIpv4(random)],
        Type: ["Botnet", "CC"],
        Proto: ["tcp"],
        Port: [random.pick([80, 443, 6667])],
      },
    ],
    target: [],
    reference: `https://blacklist.example.org/${botnet.toLowerCase()}`,
  };
}

function phishing(random: Random): Incident {
  const host = `login-${random.hex(5)}.example.com`;
  return {
    category: ["Fraud.Phishing"],
    description: "Phishing page that imitates the campus login",
    detector: "ids",
    eventClass: "phishing",
    severity: "medium",
    source: [
      {
        ...attacker(random),
        Type: ["Phishing"],
        Hostname: [host],
        URL: [`https://${host}/cas/login`],
        Proto: ["tcp", "https"],
      },
    ],
    target: [{ Netname: ["ripe:EXAMPLE-CAMPUS"], Note: "students" }],
  };
}

const OPEN_SERVICES = ["dns", "ntp", "snmp", "ssdp", "memcached", "mdns"] as const;

function vulnerableConfig(random: Random): Incident {
  const service = random.pick(OPEN_SERVICES);
  return {
    category: ["Vulnerable.Config"],
    description: `Open ${service.toUpperCase()} service`,
    detector: "scanner",
    eventClass: `vulnerable-config-${service}`,
    severity: random.chance(0.2) ? "medium" : "low",
    source: [
      {
        ...campusHost(random),
        Type: ["Open"],
        Proto: ["udp", service],
        Port: [random.between(53, 5353)],
        ASN: [64_500],
      },
    ],
    target: [],
  };
}

function anomaly(random: Random): Incident {
  return {
    category: ["Anomaly.Traffic"],
    description: "Traffic far above the usual volume",
    detector: "flow",
    eventClass: "anomaly-traffic",
    severity: "info",
    source: [{ IP4: [`${attackerIpv4(random).replace(/\d+$/, "0")}/24`], Imprecise: true, Proto: ["udp"] }],
    target: [{ ...campusHost(random), Proto: ["udp"] }],
  };
}

function malware(random: Random): Incident {
  const digest = random.hex(40);
  return {
    category: ["Malware", "Attempt.Exploit"],
    description: "Malware sample offered after an exploit",
    detector: "honeypot",
    eventClass: "malware",
    severity: "critical",
    source: [
      {
        ...attacker(random),
        Type: ["Malware"],
        URL: [`http://203.0.113.9/${random.hex(4)}.sh`],
        Proto: ["tcp", "http"],
      },
    ],
    target: [{ ...campusHost(random), Proto: ["tcp", "smb"], Port: [445] }],
    attach: [
      { Handle: "sample", Type: ["Malware"], FileName: [`${random.hex(8)}.exe`], Hash: [`sha1:${digest}`] },
    ],
  };
}

function heartbeat(random: Random): Incident {
  return {
    category: ["Test"],
    description: "Heartbeat of a detector",
    detector: random.pick(["flow", "honeypot", "ids"]),
    eventClass: "heartbeat",
    severity: "info",
    source: [],
    target: [],
  };
}

const SCENARIOS: readonly Scenario[] = [
  { categories: ["Recon"], play: portScan },
  { categories: ["Attempt.Login"], play: bruteForce },
  { categories: ["Availability"], play: amplification },
  { categories: ["Abusive"], play: spam },
  { categories: ["Intrusion"], play: botnetDrone },
  { categories: ["Fraud"], play: phishing },
  { categories: ["Vulnerable"], play: vulnerableConfig },
  { categories: ["Anomaly"], play: anomaly },
  { categories: ["Malware", "Attempt.Exploit"], play: malware },
  { categories: ["Test"], play: heartbeat },
];

/** As often as the real events have the categories; what they have none of happens as well, now and then. */
const WEIGHTS = SCENARIOS.map(({ categories }) =>
  categories.reduce((sum, category) => sum + learned(FREQUENCIES.categories, category), 2),
);

/** Something that happens, as often as in real events. */
export function playScenario(random: Random): Incident {
  return (random.weighted(SCENARIOS, WEIGHTS) ?? { play: portScan }).play(random);
}
