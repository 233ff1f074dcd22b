/** Realistic IDEA events for demonstrations, tests of scale and trying things out. */
import type { IdeaEvent } from "../../../runtime/events/idea-event.js";
import { FREQUENCIES } from "./frequencies.js";
import { createRandom, type Random } from "./random.js";
import { playScenario, type Incident } from "./scenarios.js";
import { abuseGroup, detector, RELAY } from "./world.js";

/** What to generate. */
export interface DemoOptions {
  /** Number of events, 0 at least. */
  readonly count: number;
  /** Any whole number; the same options give the same events. Default 1. */
  readonly seed?: number;
  /** Times of detection rise from here … Default 30 days before `to`. */
  readonly from?: Date;
  /** … to here, which is not reached. Default 2026-01-01, so that two runs agree. */
  readonly to?: Date;
}

const DEFAULT_TO = new Date("2026-01-01T00:00:00Z");
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/**
 * Generates events one by one, oldest first, in constant memory.
 *
 * @throws RangeError when the count is no whole number, or `from` is not before `to`
 */
export function* generateEvents(options: DemoOptions): Generator<IdeaEvent, void, undefined> {
  const { count, seed = 1, to = DEFAULT_TO } = options;
  const from = options.from ?? new Date(to.getTime() - 30 * DAY_MS);
  const span = to.getTime() - from.getTime();
  if (!Number.isSafeInteger(count) || count < 0) throw new RangeError("count is a whole number, 0 or more");
  if (!(span > 0)) throw new RangeError("from is before to");
  const random = createRandom(seed);
  for (let index = 0; index < count; index++) {
    const step = span / count;
    const detectMs = from.getTime() + Math.floor(step * (index + random.below(1000) / 1000));
    yield buildEvent(random, playScenario(random), detectMs);
  }
}

function buildEvent(random: Random, incident: Incident, detectMs: number): IdeaEvent {
  const startMs = detectMs - random.between(0, 15) * MINUTE_MS;
  const connections = random.skewed(5000) + 1;
  const node = detector(random, incident.detector);
  const labelled = random.chance(0.15);
  return {
    Format: "IDEA0",
    ID: uuid(random),
    DetectTime: isoTime(detectMs),
    ...asOften(random, "CreateTime", isoTime(detectMs + random.below(30) * 1000)),
    ...asOften(random, "EventTime", isoTime(startMs)),
    ...asOften(random, "CeaseTime", isoTime(detectMs)),
    Category: incident.category,
    Description: incident.description,
    ...asOften(random, "Confidence", random.between(3, 10) / 10),
    ...asOften(random, "ConnCount", connections),
    ...asOften(random, "Note", `${connections} connections seen`),
    ...(incident.detector === "flow" ? volume(random, connections) : {}),
    ...(incident.reference === undefined ? {} : { Ref: [incident.reference] }),
    ...(labelled ? { TLP: random.pick(["GREEN", "AMBER", "AMBER+STRICT", "RED", "CLEAR"]) } : {}),
    ...(incident.source.length > 0 ? { Source: incident.source } : {}),
    ...(incident.target.length > 0 ? { Target: incident.target } : {}),
    ...(incident.attach === undefined ? {} : { Attach: incident.attach }),
    Node: random.chance(RELAYED) ? [node, RELAY] : [node],
    _CESNET: {
      StorageTime: isoTime(detectMs + random.between(5, 120) * 1000),
      EventClass: incident.eventClass,
      EventSeverity: incident.severity,
      ...(random.chance(0.7) ? { ResolvedAbuses: [abuseGroup(random)] } : {}),
      ...(random.chance(0.1)
        ? { TargetAbuses: [abuseGroup(random)], TargetSeverity: incident.severity }
        : {}),
    },
  };
}

/** Share of the events that a second node passed on. */
const RELAYED = FREQUENCIES.nodes["2"] / FREQUENCIES.events;

/** A key with its value, in as many events as real ones have it. */
function asOften(
  random: Random,
  key: keyof typeof FREQUENCIES.keys,
  value: string | number,
): Readonly<Record<string, string | number>> {
  return random.chance(FREQUENCIES.keys[key] / FREQUENCIES.events) ? { [key]: value } : {};
}

function volume(random: Random, connections: number): Partial<IdeaEvent> {
  const packets = connections * random.between(2, 40);
  return { FlowCount: connections * 2, PacketCount: packets, ByteCount: packets * random.between(60, 1400) };
}

/** RFC 3339 in UTC, milliseconds only where there are any. */
function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(".000Z", "Z");
}

/** A random UUID, version 4. */
function uuid(random: Random): string {
  const digits = random.hex(30);
  const part = (from: number, to: number): string => digits.slice(from, to);
  return `${part(0, 8)}-${part(8, 12)}-4${part(12, 15)}-a${part(15, 18)}-${part(18, 30)}`;
}
