/** Every real event of the collection: an independent plain reading finds what the row has, and the JSON comes back equal. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { compileFilter } from "../../../compiler/compile.js";
import { QUESTIONS } from "../../../compiler/reference/questions.js";
import { eventToRow } from "../../../runtime/events/row.js";
import { openStorage } from "../../../runtime/store/index.js";
import { describeEngine, withDatabase } from "../../support/database.js";
import { sharedData } from "../../support/shared-data.js";

type Json = Readonly<Record<string, unknown>>;

/** Forms that no event should have, and some have. */
const BROKEN_FORMS: readonly Json[] = [
  { Node: ["org.example.text"], Source: ["192.0.2.77"] },
  {
    DetectTime: "2016-10-13T12:55:00+02",
    EventTime: "2016-10-13T00:00Z",
    CeaseTime: "2016-10-13T00:00:00,123Z",
  },
  { DetectTime: 1476356100123, Node: "x", Attach: "text" },
  { source: [{ Ip4: "192.0.2.1", Port: "80,443" }], node: [{ name: "a" }], Target: [[{ IP4: [null, ""] }]] },
  {
    Format: "IDEA1",
    Source: [{ Proto: [" Tcp ", 6, "TCP/SSH"] }],
    Ref: ["no uri"],
    EventTime: "2016-10-13 10:55",
  },
  { Source: { Port: [1, "2", { from: 3, to: 4 }, [[5]], null, true] }, Category: null, _CESNET: "none" },
  {
    Target: [
      { IP4: Array.from({ length: 3_000 }, (_, i) => `10.0.${i >> 8}.${i & 255}`), Port: ["80-90"] },
      7,
    ],
  },
  { _Deep: JSON.parse(`${'{"a":'.repeat(500)}1${"}".repeat(500)}`) as Json, Note: { a: 1 } },
];

const FILES = ["nemea-alerts.ndjson", "idea-in-the-wild.ndjson"].flatMap((name) => sharedData(name) ?? []);
const EVENTS = FILES.flatMap((path) =>
  readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => JSON.parse(line) as Json),
);

/** Events of the collection that nobody could store: one without an identifier, one whose time is the text DETECT TIME. */
const UNSTORABLE = 2;

const list = (value: unknown): readonly unknown[] =>
  value === undefined || value === null ? [] : [value].flat(9);

/** Every value under a key of the elements of a list. */
const inner = (event: Json, group: string, keys: readonly string[]): unknown[] =>
  list(event[group]).flatMap((element) => keys.flatMap((key) => list((element as Json | null)?.[key])));

/** The name of a host or node as it is stored. */
const nameOf = (name: unknown): string => String(name).toLowerCase().replace(/\.$/, "");

/** An address, network or range as its two ends. */
function ends(text: string): string {
  const [head = "", tail] = text.trim().split(/[/-]/);
  const wide = head.includes(":");
  const [first, bits] = [numberOf(head), wide ? 128n : 32n];
  if (text.includes("-")) return [first, numberOf(tail ?? "")].sort((a, b) => (a < b ? -1 : 1)).join("..");
  const host = bits - BigInt(tail ?? bits);
  const low = (first >> host) << host;
  return `${low}..${low + (1n << host) - 1n}`;
}

function numberOf(address: string): bigint {
  const text = address.trim();
  if (!text.includes(":")) return text.split(".").reduce((sum, part) => sum * 256n + BigInt(part), 0n);
  const quad = /(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(text);
  const plain = quad
    ? text.slice(0, quad.index) +
      [Number(quad[1]) * 256 + Number(quad[2]), Number(quad[3]) * 256 + Number(quad[4])]
        .map((n) => n.toString(16))
        .join(":")
    : text;
  const [left = "", right] = plain.split("::");
  const words = (part: string): string[] => (part === "" ? [] : part.split(":"));
  const [before, after] = [words(left), words(right ?? "")];
  const all =
    right === undefined
      ? before
      : [...before, ...Array<string>(8 - before.length - after.length).fill("0"), ...after];
  return all.reduce((sum, word) => sum * 65_536n + BigInt(parseInt(word, 16)), 0n);
}

const instant = (value: unknown): number | null => {
  if (typeof value === "number") return value * 1000;
  if (typeof value !== "string") return null;
  const time = Date.parse(value.replace(" ", "T"));
  return Number.isNaN(time) ? null : time;
};

const TIMES = {
  DetectTime: "detect_time",
  CreateTime: "create_time",
  EventTime: "event_time",
  CeaseTime: "cease_time",
  WinStartTime: "win_start_time",
  WinEndTime: "win_end_time",
} as const;

const stored = EVENTS.filter((event) => {
  try {
    return eventToRow(event)["id"] !== null;
  } catch {
    return false;
  }
});

it.skipIf(FILES.length === 0)("all but those that cannot be are mapped", () => {
  expect(EVENTS.length - stored.length).toBe(UNSTORABLE);
});

it.skipIf(FILES.length === 0)("the row has what an independent reading of the JSON finds", () => {
  for (const event of stored) {
    const row = eventToRow(event);
    const texts = (column: string): string[] => ((row[column] ?? []) as readonly unknown[]).map(String);
    for (const [group, side] of [
      ["Source", "source"],
      ["Target", "target"],
    ] as const) {
      const addresses = inner(event, group, ["IP4", "IP6", "IP"]).map((text) => ends(String(text)));
      expect(texts(`${side}_ip`).map(ends).sort()).toEqual(addresses.sort());
      expect(texts(`${side}_port`).map(Number).sort()).toEqual(
        inner(event, group, ["Port"]).map(Number).sort(),
      );
      expect(texts(`${side}_protocol`).sort()).toEqual(
        inner(event, group, ["Proto"])
          .map((name) => String(name).toLowerCase())
          .sort(),
      );
      expect(texts(`${side}_hostname`).sort()).toEqual(inner(event, group, ["Hostname"]).map(nameOf).sort());
    }
    const names = inner(event, "Node", ["Name"]).map(nameOf);
    expect(texts("node_name")).toEqual(names);
    expect(texts("node_type")).toEqual(inner(event, "Node", ["Type", "Tags"]).map(String));
    expect(texts("category").map((name) => name.toLowerCase())).toEqual(
      list(event["Category"]).map((name) => String(name).toLowerCase()),
    );
    for (const [key, column] of Object.entries(TIMES)) {
      const time = instant(event[key]);
      const read = row[column];
      const milliseconds = typeof read === "string" ? Date.parse(read.replace(/(\.\d{3})\d+/, "$1")) : null;
      expect(milliseconds).toBe(time === null ? null : Math.floor(time));
    }
    for (const name of [...names, ...inner(event, "Node", ["Name"]).map(String)])
      expect(compileFilter(`node.name = ${JSON.stringify(name)}`).matches(event)).toBe(true);
  }
});

describeEngine("the real events", "ip4r", (engine) => {
  it.skipIf(FILES.length === 0)("come back equal", async () => {
    const database = await withDatabase(engine);
    const storage = await openStorage({ connectionString: database.connectionString });
    await storage.databaseCreate();
    const { inserted, rejected } = await storage.insertEvents(EVENTS, { onConflict: "ignore" });
    expect(rejected).toHaveLength(UNSTORABLE);
    expect(inserted).toBe(new Set(stored.map(({ ID }) => ID)).size);
    const first = new Map<unknown, Json>();
    for (const event of stored) if (!first.has(event["ID"])) first.set(event["ID"], event);
    for (const [id, event] of first) expect(await storage.fetchEvent(String(id))).toEqual(event);
    // PostgreSQL counts for each everyday question what `matches` counts.
    for (const [, filter, real] of QUESTIONS)
      expect(await storage.countEvents({ filter }), filter).toBe(real);
    const forms = BROKEN_FORMS.map((keys, index) => ({
      ...{ Format: "IDEA0", ID: `form-${index}`, DetectTime: "2016-10-13T10:55:00Z", Category: ["Test"] },
      ...keys,
    }));
    expect(await storage.insertEvents(forms)).toMatchObject({ inserted: forms.length, rejected: [] });
    for (const form of forms) expect(await storage.fetchEvent(form.ID)).toEqual(form);
    expect(
      await storage.countEvents({
        filter: "id in $ids and inspection_error missing",
        args: { ids: forms.map(({ ID }) => ID) },
      }),
    ).toBe(0);
    expect(
      await storage.countEvents({ filter: "source has (ip = 192.0.2.77) and node.name = org.example.text" }),
    ).toBe(1);
    await storage.close();
    await database.dispose();
  });
});
