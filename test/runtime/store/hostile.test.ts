import { beforeAll, expect, it } from "vitest";
import {
  DataError,
  eventToRow,
  IdeaError,
  StorageIntegrityError,
  type EventStorage,
} from "../../../runtime/store/index.js";
import { checkConsistency, describeStores, seededRandom, secondsAfterNoon } from "./support.js";

/** Events of one run; both engines take different ones. */
const COUNT = 10_000;

type Random = () => number;

const KEYS = [
  "Format",
  "ID",
  "DetectTime",
  "Category",
  "Source",
  "Target",
  "Node",
  "Attach",
  "Description",
  "Note",
  "Confidence",
  "ConnCount",
  "ByteCount",
  "Ref",
  "TLP",
  "CreateTime",
  "_CESNET",
  "_Mentat",
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "hasOwnProperty",
  "",
  "a.b",
  "$1",
  "\u0000",
  "\ud800",
];
const ENDPOINT_KEYS = [
  "IP4",
  "IP6",
  "Port",
  "Proto",
  "Type",
  "Hostname",
  "URL",
  "MAC",
  "Email",
  "ASN",
  "Spoofed",
  "__proto__",
];
const EXTENSION_KEYS = [
  "StorageTime",
  "EventClass",
  "EventSeverity",
  "ResolvedAbuses",
  "InspectionErrors",
  "TargetSeverity",
];

const TEXTS = [
  "",
  " ",
  "\u0000",
  "a\u0000b",
  "\ud800",
  "\udc00x",
  "\ud83d\ude00",
  "'; drop table events; --",
  "\\",
  "\\N",
  "{}",
  "{a,b}",
  '"',
  '{"a"',
  "NULL",
  "null",
  "$1",
  "%s",
  "192.0.2.1",
  "10.0.0.0/8",
  "10.0.0.9/8",
  "9.9.9.9-1.1.1.1",
  "0.0.0.0/0",
  "::/0",
  "::ffff:1.2.3.4",
  "2001:db8::/129",
  "300.1.1.1",
  "fe80::1%eth0",
  "2024-05-01T12:00:00Z",
  "9999-12-31T23:59:60Z",
  "0000-00-00",
  "-4713-01-01T00:00:00Z",
  "294277-01-01T00:00:00Z",
  "infinity",
  "now",
  "epoch",
  "1e400",
  "NaN",
  "0x10",
  "é",
  "\u202e",
  "\ufeff",
];
const NUMBERS = [
  0,
  -0,
  1,
  -1,
  22,
  65535,
  65536,
  2 ** 31,
  2 ** 32,
  2 ** 53,
  2 ** 63,
  2 ** 64,
  1e300,
  -1e300,
  Number.MIN_VALUE,
  1.5,
  1e21,
  1714564800,
  -62135596800,
  253402300799,
  253402300800,
  8.64e15,
  Number.MAX_SAFE_INTEGER,
];

/** Builds hostile events from a generator of numbers. */
function hostileEvents(random: Random) {
  const below = (limit: number): number => Math.floor(random() * limit);
  const oneOf = <T>(values: readonly T[]): T => values[below(values.length)]!;
  const repeated = (limit: number, make: () => unknown): unknown[] =>
    Array.from({ length: below(limit) }, make);
  const text = (): string =>
    below(4) > 0
      ? oneOf(TEXTS)
      : String.fromCharCode(...Array.from({ length: below(40) }, () => below(65_536)));
  const anything = (depth: number): unknown => {
    switch (below(depth > 4 ? 5 : 8)) {
      case 0:
        return null;
      case 1:
        return below(2) === 0;
      case 2:
        return oneOf(NUMBERS);
      case 3:
      case 4:
        return text();
      case 5:
        return repeated(4, () => anything(depth + 1));
      default:
        return record(repeated(5, () => oneOf([...KEYS, ...ENDPOINT_KEYS, text()])) as string[], () =>
          anything(depth + 1),
        );
    }
  };
  // As JSON.parse makes it: "__proto__" is a key like any other.
  const record = (keys: readonly string[], value: (key: string) => unknown): unknown => {
    const made: Record<string, unknown> = {};
    for (const key of keys)
      Object.defineProperty(made, key, {
        value: value(key),
        enumerable: true,
        configurable: true,
        writable: true,
      });
    return made;
  };
  const endpoint = (): unknown =>
    below(5) === 0
      ? anything(0)
      : record(repeated(6, () => oneOf(ENDPOINT_KEYS)) as string[], () =>
          below(4) === 0 ? anything(2) : repeated(4, () => (below(3) === 0 ? oneOf(NUMBERS) : text())),
        );
  const valueOf = (key: string): unknown => {
    if (below(6) === 0) return anything(1);
    if (key === "Source" || key === "Target" || key === "Node") return repeated(4, endpoint);
    if (key === "_CESNET" || key === "_Mentat")
      return record(repeated(5, () => oneOf(EXTENSION_KEYS)) as string[], () => anything(3));
    if (key === "Category") return repeated(4, text);
    return below(2) === 0 ? text() : anything(2);
  };
  return (index: number): unknown => {
    if (below(20) === 0) return anything(0);
    const event = record(repeated(8, () => oneOf(KEYS)) as string[], valueOf) as Record<string, unknown>;
    // Most have what is needed, so that the rest of them reaches the server.
    if (below(10) > 0) event["ID"] = below(10) > 0 ? `h${index}` : `h${index}${text()}`;
    if (below(10) > 0)
      event["DetectTime"] =
        below(10) > 0 ? secondsAfterNoon(below(86_400)) : below(2) ? oneOf(NUMBERS) : text();
    return event;
  };
}

/** Single monsters. */
const nested = (depth: number): unknown => {
  let value: unknown = "deep";
  for (let level = 0; level < depth; level++) value = level % 2 ? [value] : { a: value };
  return value;
};
const monster = (id: string, keys: Record<string, unknown>) => ({
  Format: "IDEA0",
  ID: id,
  DetectTime: secondsAfterNoon(0),
  Category: ["Test"],
  ...keys,
});
const addresses = (count: number) =>
  Array.from(
    { length: count },
    (_, index) => `10.${(index >> 15) & 255}.${(index >> 7) & 255}.${(index << 1) & 255}`,
  );
const MONSTERS: readonly (readonly [name: string, make: () => Record<string, unknown>])[] = [
  ["100,000 addresses", () => monster("addresses", { Source: [{ IP4: addresses(100_000) }] })],
  [
    "100,000 sources",
    () => monster("sources", { Source: addresses(100_000).map((IP4) => ({ IP4: [IP4] })) }),
  ],
  ["2,000 levels", () => monster("levels", { Extra: nested(2_000), Source: [{ Extra: nested(1_000) }] })],
  ["a description of 1 MB", () => monster("description", { Description: "x y\u0000".repeat(262_144) })],
  ["a hostname of 1 MB", () => monster("hostname", { Source: [{ Hostname: ["h".repeat(1_048_576)] }] })],
  [
    "random text of 1 MB in indexed fields",
    () => {
      const random = seededRandom(7);
      const long = Array.from({ length: 1_048_576 }, () =>
        String.fromCharCode(33 + Math.floor(random() * 94)),
      ).join("");
      return monster("indexed", {
        Description: long,
        Category: [long],
        Source: [{ Hostname: [long], Type: [long], Proto: [long] }],
        Node: [{ Name: long, Type: [long] }],
        _CESNET: { EventClass: long, EventSeverity: long, ResolvedAbuses: [long] },
      });
    },
  ],
  ["100,000 categories", () => monster("categories", { Category: addresses(100_000) })],
  ["a million digits", () => monster("digits", { Description: "9".repeat(1_000_000), ConnCount: 1e308 })],
  ["an attachment of 20 MB", () => monster("attachment", { Attach: [{ Content: "A".repeat(20_000_000) }] })],
  [
    "every port",
    () => monster("ports", { Target: [{ Port: Array.from({ length: 65_536 }, (_, port) => port) }] }),
  ],
];

/** The identifier under which an event is kept. */
const idOf = (event: unknown): string => JSON.stringify(eventToRow(event)["id"]);

const isIntegrityFailure = (outcome: PromiseSettledResult<unknown> | undefined): boolean =>
  outcome?.status === "rejected" && outcome.reason instanceof StorageIntegrityError;

async function* storedTexts(storage: EventStorage): AsyncGenerator<string, void, undefined> {
  for (let after: string | undefined; ;) {
    const { events, next } = await storage.searchEvents({ raw: true, limit: 5_000, after });
    yield* events;
    if (next === null) return;
    after = next;
  }
}

/** A key with an escape: JSON.parse of V8 13 (Node 24) takes those of one escaped sign for one another. */
const ESCAPED_KEY = /"[^"\\]*\\(?:[^"\\]|\\.)*":/u;

/**
 * What is stored are the texts of the events that were not refused, to the letter and each id once, and what streams gives are these
 * events; returns how many ids there are.
 */
async function expectKept(
  storage: EventStorage,
  events: readonly unknown[],
  refused: ReadonlySet<number>,
): Promise<number> {
  // Of several events with one id any may have come first: batches are on their way side by side.
  const given = new Map<string, string[]>();
  for (const [index, event] of events.entries())
    if (!refused.has(index))
      given.set(idOf(event), [...(given.get(idOf(event)) ?? []), JSON.stringify(event)]);
  const stored = new Map<string, string>();
  for await (const text of storedTexts(storage)) {
    const id = idOf(JSON.parse(text));
    const [only, ...others] = given.get(id) ?? [];
    if (others.length === 0) expect(text).toBe(only);
    else expect(given.get(id)).toContain(text);
    stored.set(id, text);
  }
  expect([...given.keys()].filter((id) => !stored.has(id))).toEqual([]);
  let compared = 0;
  for await (const event of storage.streamEvents()) {
    const text = stored.get(idOf(event)) ?? "";
    if (ESCAPED_KEY.test(text)) continue;
    expect(event).toEqual(JSON.parse(text));
    compared += 1;
  }
  expect(compared).toBeGreaterThan(stored.size / 4);
  return stored.size;
}

describeStores("hostile events", ({ storage, engine }) => {
  const make = hostileEvents(seededRandom(engine === "ip4r" ? 11 : 12));
  const events = Array.from({ length: COUNT }, (_, index) => make(index));

  beforeAll(async () => {
    expect(await storage().countEvents()).toBe(0);
  });

  it("in bulk are stored and come back equal, or are reported with place and reason", async () => {
    const { inserted, duplicates, different, rejected } = await storage().insertEvents(events);
    expect(inserted + duplicates + different + rejected.length).toBe(COUNT);
    expect(inserted).toBeGreaterThan(COUNT / 2);
    expect(rejected.length).toBeGreaterThan(COUNT / 50);
    for (const { path, reason } of rejected) {
      expect(path).not.toBe("");
      expect(reason).not.toBe("");
      expect(reason).not.toMatch(/\n {4}at |undefined|\[object/);
    }
    expect(await checkConsistency(storage())).toBe(inserted);
    const refused = new Set(rejected.map(({ index }) => index));
    expect(await expectKept(storage(), events, refused)).toBe(inserted);
  });

  it("are found by searches that read their columns", async () => {
    for (const options of [{ ghost: true }, { raw: true as const }, {}]) {
      let after: string | undefined;
      let found = 0;
      do {
        const page = await storage().searchEvents({ ...options, limit: 5000, after });
        found += page.events.length;
        after = page.next ?? undefined;
      } while (after !== undefined);
      expect(found).toBe(await storage().countEvents());
    }
    for (const by of ["category", "source.ip", "target.port", "severity", "inspection_error"])
      expect(await storage().aggregateEvents({ by })).not.toEqual([]);
    await storage().refresh();
  });

  it("one by one get an id or an error of their own", async () => {
    await storage().deleteEvents({ all: true });
    const some = events.slice(0, 2000);
    const outcomes = await Promise.allSettled(some.map((event) => storage().insertEvent(event)));
    const refused = new Set<number>();
    outcomes.forEach((outcome, index) => {
      if (outcome.status === "fulfilled") return;
      refused.add(index);
      const kinds = [IdeaError, DataError, StorageIntegrityError];
      expect(
        kinds.some((kind) => outcome.reason instanceof kind),
        String(outcome.reason),
      ).toBe(true);
    });
    // An id that is taken is an error of its own here.
    expect(outcomes.filter(isIntegrityFailure).length).toBeLessThan(100);
    const unstorable = new Set([...refused].filter((index) => !isIntegrityFailure(outcomes[index])));
    expect(await expectKept(storage(), some, unstorable)).toBe(some.length - refused.size);
    expect(await checkConsistency(storage())).toBe(some.length - refused.size);
  });

  it.each(MONSTERS)("%s: stored and equal, or reported", async (_, build) => {
    const event = build();
    const id = String(event["ID"]);
    const { inserted, rejected } = await storage().insertEvents([event]);
    if (inserted === 1) {
      const back = await storage().fetchEvent(id, { raw: true });
      expect(back === JSON.stringify(event)).toBe(true);
      expect((await storage().searchEvents({ filter: `id = ${id}`, ghost: true })).events).toHaveLength(1);
    } else {
      expect(rejected).toHaveLength(1);
      expect(rejected[0]?.reason.length).toBeGreaterThan(0);
      expect(rejected[0]?.reason.length).toBeLessThan(2000);
    }
    await checkConsistency(storage());
  });

  it("that JSON cannot print are reported", async () => {
    const circular: Record<string, unknown> = monster("circular", {});
    circular["Self"] = circular;
    const { inserted, rejected } = await storage().insertEvents([
      circular,
      monster("bigint", { Big: 2n ** 64n }),
      monster("too deep", { Extra: nested(200_000) }),
      monster("fine", {}),
    ]);
    expect(inserted).toBe(2);
    expect(await storage().fetchEvent("bigint", { raw: true })).toContain(`"Big":${2n ** 64n}`);
    expect(rejected.map(({ index }) => index)).toEqual([0, 2]);
    for (const { reason } of rejected) expect(reason).toMatch(/JSON/);
    expect(rejected[1]?.reason).toBe("nested too deeply to be written as JSON");
    // As deep as a stack may or may not go: stored, or refused by that name.
    const deep = await storage().insertEvents([monster("10,000 levels", { Extra: nested(10_000) })]);
    expect(deep.inserted + deep.rejected.filter(({ reason }) => reason.startsWith("nested")).length).toBe(1);
    await expect(storage().insertEvent(circular)).rejects.toBeInstanceOf(IdeaError);
  });
});
