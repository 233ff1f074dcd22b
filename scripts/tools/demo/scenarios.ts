/** What happens in demo events: one scenario for each kind of incident. */
import type { IdeaAttachment, IdeaEndpoint } from "../../../runtime/events/idea-event.js";
import type { Random } from "./random.js";
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

/** A scenario and how often it happens, relative to the others. */
interface Scenario {
  readonly weight: number;
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

function portScan(random: Random): Incident {
  const ports = random.list(random.skewed(8) + 1, () => SERVICES[random.skewed(SERVICES.length)]?.[1] ?? 22);
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
  { weight: 42, play: portScan },
  { weight: 26, play: bruteForce },
  { weight: 5, play: amplification },
  { weight: 8, play: spam },
  { weight: 5, play: botnetDrone },
  { weight: 2, play: phishing },
  { weight: 7, play: vulnerableConfig },
  { weight: 3, play: anomaly },
  { weight: 1, play: malware },
  { weight: 1, play: heartbeat },
];

const TOTAL_WEIGHT = SCENARIOS.reduce((sum, { weight }) => sum + weight, 0);

/** Something that happens, by the weights of the scenarios. */
export function playScenario(random: Random): Incident {
  let rest = random.below(TOTAL_WEIGHT);
  const scenario = SCENARIOS.find(({ weight }) => (rest -= weight) < 0);
  return (scenario?.play ?? portScan)(random);
}
