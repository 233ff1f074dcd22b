/** The legacy search parameters over plain records: what each of them asks, told without the filter language. */
import { eventAt } from "./support-events.js";

type Random = () => number;

/** An event as the parameters see it. */
export interface PlainEvent {
  readonly id: string;
  readonly detected: string;
  readonly stored: string;
  /** Values of the lists by the parameter that asks for them, without those of both sides together. */
  readonly lists: Readonly<Record<string, readonly string[]>>;
  readonly description: string;
  readonly shadow: Readonly<Record<"shadow_reporting" | "shadow_reporting_target", boolean | undefined>>;
}

/** Pools of values by parameter. The scalars have one value or none. */
const SIDES = {
  addrs: ["192.0.2.1", "192.0.2.2", "198.51.100.7", "198.51.100.8"],
  ports: ["22", "80", "443"],
  types: ["Phishing", "OriginSpam", "Tor"],
};
const POOLS: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(
    Object.entries(SIDES).flatMap(([kind, pool]) => [
      [`source_${kind}`, pool],
      [`target_${kind}`, pool],
    ]),
  ),
  protocols: ["tcp", "udp", "icmp"],
  categories: ["Test", "Recon.Scanning", "Abusive.Spam"],
  detectors: ["cz.cesnet.a", "cz.cesnet.b"],
  detector_types: ["Honeypot", "Flow"],
  groups: ["abuse@a.example", "abuse@b.example"],
  target_groups: ["abuse@a.example", "abuse@c.example"],
  inspection_errs: ["first", "second"],
};
const SCALARS: Readonly<Record<string, readonly string[]>> = {
  classes: ["scan", "spam"],
  target_classes: ["scan", "victim"],
  severities: ["low", "medium", "high"],
  target_severities: ["low", "high"],
  tlps: ["RED", "GREEN"],
};
/** Parameters that take sentinels and have a `not_`. */
const NEGATED = Object.keys({ ...POOLS, ...SCALARS }).filter(
  (key) => !/^(source|target)_(addrs|ports|types)$/.test(key),
);

const oneOf = <T>(values: readonly T[], random: Random): T => values[Math.floor(random() * values.length)]!;
const some = (pool: readonly string[], random: Random): readonly string[] =>
  pool.filter(() => random() < 0.4);

/** An event of 2024-05-01, stored the day after. */
export function plainEvent(id: string, random: Random): PlainEvent {
  const hour = (): string => String(Math.floor(random() * 24)).padStart(2, "0");
  const lists = Object.entries(POOLS).map(([key, pool]) => {
    const values = some(pool, random);
    return [key, key === "categories" && values.length === 0 ? ["Test"] : values] as const;
  });
  const scalars = Object.entries(SCALARS).map(([key, pool]) => [
    key,
    random() < 0.6 ? [oneOf(pool, random)] : [],
  ]);
  const flag = (): boolean | undefined => oneOf([true, false, undefined], random);
  return {
    id,
    detected: `2024-05-01T${hour()}:30:00Z`,
    stored: `2024-05-02T${hour()}:30:00Z`,
    lists: Object.fromEntries([...lists, ...scalars]) as PlainEvent["lists"],
    description: oneOf(["", "a scan of ports", "spam: 100% of it"], random),
    shadow: { shadow_reporting: flag(), shadow_reporting_target: flag() },
  };
}

/** The same as IDEA. */
export function asIdea({
  id,
  detected,
  stored,
  lists,
  description,
  shadow,
}: PlainEvent): Record<string, unknown> {
  const side = (name: "source" | "target"): Record<string, unknown> => ({
    IP4: lists[`${name}_addrs`],
    Port: lists[`${name}_ports`]?.map(Number),
    Type: lists[`${name}_types`],
  });
  const extension = {
    StorageTime: stored,
    ResolvedAbuses: lists["groups"],
    TargetAbuses: lists["target_groups"],
    InspectionErrors: lists["inspection_errs"],
    EventClass: lists["classes"]?.[0],
    TargetClass: lists["target_classes"]?.[0],
    EventSeverity: lists["severities"]?.[0],
    TargetSeverity: lists["target_severities"]?.[0],
    ShadowReporting: shadow.shadow_reporting,
    ShadowReportingTarget: shadow.shadow_reporting_target,
  };
  const event = eventAt(id, detected, {
    Category: lists["categories"],
    ...(description === "" ? {} : { Description: description }),
    Source: [{ ...side("source"), Proto: lists["protocols"] }],
    Target: [side("target")],
    Node: [{ Name: lists["detectors"]?.[0] ?? "none", Type: lists["detector_types"] }],
    TLP: lists["tlps"]?.[0],
    _CESNET: extension,
  });
  // Keys without a value are left out.
  return JSON.parse(JSON.stringify(event)) as Record<string, unknown>;
}

/** A parameter with its value, and which events it asks for. */
export interface Asked {
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly holds: (event: PlainEvent) => boolean;
}

/** One parameter, any of the table and its newer keys, with some value. */
export function askedOf(key: string, random: Random): Asked {
  if (key === "dt_from" || key === "dt_to" || key === "st_from" || key === "st_to")
    return askedTime(key, random);
  if (key === "description") {
    const text = oneOf(["scan", "100%", "SPAM", "a"], random);
    return { parameters: { description: text }, holds: (event) => event.description.includes(text) };
  }
  if (key === "shadow_reporting" || key === "shadow_reporting_target") {
    const [wanted, negated] = [random() < 0.5, random() < 0.3];
    const parameters = { [key]: wanted, ...(negated ? { [`not_${key}`]: true } : {}) };
    return { parameters, holds: ({ shadow }) => ((shadow[key] ?? false) === wanted) !== negated };
  }
  return askedList(key, random);
}

function askedTime(key: "dt_from" | "dt_to" | "st_from" | "st_to", random: Random): Asked {
  const isDetected = key.startsWith("dt");
  const hour = String(Math.floor(random() * 24)).padStart(2, "0");
  const bound = `${isDetected ? "2024-05-01" : "2024-05-02"}T${hour}:30:00Z`;
  const timeOf = ({ detected, stored }: PlainEvent): string => (isDetected ? detected : stored);
  // Both ends belong to the time.
  const holds = (event: PlainEvent) =>
    key.endsWith("from") ? timeOf(event) >= bound : timeOf(event) <= bound;
  return { parameters: { [key]: bound.replace("T", " ").replace("Z", "") }, holds };
}

function askedList(key: string, random: Random): Asked {
  const pool = POOLS[key] ?? SCALARS[key] ?? SIDES[key.slice("host_".length) as keyof typeof SIDES];
  const sentinels = NEGATED.includes(key) ? ["__EMPTY__", "__ANY__"] : [];
  const wanted = [oneOf([...pool, ...sentinels], random), oneOf(pool, random)].slice(random() < 0.5 ? 1 : 0);
  const negated = NEGATED.includes(key) && random() < 0.3;
  const valuesOf = ({ lists }: PlainEvent): readonly string[] => {
    if (key.startsWith("host_"))
      return ["source", "target"].flatMap((side) => lists[key.replace("host", side)] ?? []);
    // Only the first detector is a node of its own.
    return key === "detectors" ? [lists[key]?.[0] ?? "none"] : (lists[key] ?? []);
  };
  const meets = (values: readonly string[], one: string): boolean =>
    one === "__EMPTY__" ? values.length === 0 : one === "__ANY__" ? values.length > 0 : values.includes(one);
  const given = key.endsWith("addrs") && wanted[0] === "192.0.2.1" ? ["192.0.2.0/24", ...wanted] : wanted;
  const holds = (event: PlainEvent): boolean => {
    const values = valuesOf(event);
    const inNetwork = given !== wanted && values.some((value) => value.startsWith("192.0.2."));
    return (inNetwork || wanted.some((one) => meets(values, one))) !== negated;
  };
  return { parameters: { [key]: given, ...(negated ? { [`not_${key}`]: true } : {}) }, holds };
}

/** All keys that ask something. */
export const KEYS: readonly string[] = [
  ...Object.keys(POOLS),
  ...Object.keys(SCALARS),
  ...["host_addrs", "host_ports", "host_types", "dt_from", "dt_to", "st_from", "st_to"],
  ...["description", "shadow_reporting", "shadow_reporting_target"],
];

/** Two parameters together. Those of both sides go before those of one. */
export function together(one: Asked, other: Asked): Asked {
  const parameters = { ...one.parameters, ...other.parameters };
  const isOverruled = ({ parameters: own }: Asked): boolean =>
    Object.keys(own).some(
      (key) => /^(source|target)_(addrs|ports|types)$/.test(key) && hostKey(key) in parameters,
    );
  const counting = [one, other].filter((asked) => !isOverruled(asked));
  return { parameters, holds: (event) => counting.every(({ holds }) => holds(event)) };
}

const hostKey = (key: string): string => key.replace(/^(source|target)/, "host");
