import { inspect } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import {
  andFilters,
  buildQuery,
  checkFilter,
  compileFilter,
  completeFilter,
  convertFilter,
  DataError,
  eventToRow,
  explainFilter,
  filter,
  formatFilter,
  formatIpRange,
  highlightFilter,
  notFilter,
  openStorage,
  parseFilter,
  parseIpRange,
  printFilter,
  readEvents,
  recordToIdea,
  recordToIdeaGhost,
  renderDiagnostics,
} from "../../../runtime/store/index.js";
import { openExecutor, savedFilter } from "../../../runtime/index.js";
import { isPlain } from "../../../compiler/values/checks.js";
import type { Signature } from "../../../runtime/store/operation-row.js";
import { OPERATIONS } from "../../../runtime/store/operations.js";
import { STORE_METHODS, UPKEEP } from "../../../runtime/store/storage.js";
import { HOSTILE, hostileSeed, someOf, TRAPS } from "../../support/hostile-values.js";
import { collect, describeStores, eventAt, seededRandom, secondsAfterNoon } from "./support.js";

type Call = (...given: readonly unknown[]) => unknown;

/** The error of a call, however it fails: as plain JavaScript sees it. */
async function refusal(call: () => unknown): Promise<unknown> {
  try {
    const result = call();
    await (typeof result === "object" && result !== null && Symbol.asyncIterator in result
      ? collect(result as AsyncIterable<unknown>)
      : result);
  } catch (error) {
    return error;
  }
  return undefined;
}

async function expectRefusal(call: () => unknown, ...messages: readonly (RegExp | string)[]): Promise<void> {
  const error = await refusal(call);
  expect(error).toBeInstanceOf(DataError);
  expect(error).toMatchObject({ code: "argument_invalid" });
  for (const message of messages)
    expect((error as Error).message).toMatch(typeof message === "string" ? new RegExp(message) : message);
}

/** A value that each check takes, for the arguments before the one that is tried. */
const RIGHT: Readonly<Record<string, unknown>> = {
  id: "a",
  events: [],
  field: "category",
  interval: 1,
  table: "thresholds",
  column: "ttltime",
  ttl: new Date(0),
  time: new Date(0),
  key: "k",
  thresholdTime: new Date(0),
  relapseTime: new Date(0),
  createTime: new Date(0),
  eventId: "e",
  group: "g",
  severity: "low",
  text: "select 1",
  work: () => Promise.resolve(),
  name: "n",
  filter: "true",
};

const isObject = (value: unknown): boolean => typeof value === "object" && value !== null;

/** What is wrong with an error that a call with this value has ended with: it has to be ours, and a sentence for a person. */
function faultsOf(error: unknown, value: unknown, where = ""): readonly string[] {
  if (error === undefined) return [];
  const { name, code, message } = error as {
    readonly name: string;
    readonly code?: unknown;
    readonly message: string;
  };
  const isOurs =
    typeof code === "string" && /^[\w-]+$/.test(code) && !/^(?:Type|Range|URI|Syntax)?Error$/.test(name);
  const isFit =
    !/\[object |\n {4}at /u.test(message) &&
    (value === undefined || isObject(value) || !message.includes("undefined"));
  if (isOurs && isFit) return [];
  return [
    `${where} of ${inspect(value, { customInspect: false }).slice(0, 60)}: ${name} ${message}`.slice(0, 300),
  ];
}

/** Options that operations do not do without. */
const NEEDED: Readonly<Record<string, object>> = {
  aggregateEvents: { by: "category" },
  summarizeEvents: { by: ["category"] },
  pivotEvents: { row: "category", column: "severity" },
  archivePartitions: { before: new Date(0), write: () => undefined },
};

describeStores("calls from plain JavaScript", ({ storage, url }) => {
  const callOf = (name: string): Call => Reflect.get(storage(), name) as Call;
  const all = { ...OPERATIONS, ...UPKEEP, ...STORE_METHODS };

  const fill = async (): Promise<void> => {
    await storage().deleteEvents({ all: true });
    await storage().insertEvents([eventAt("a", secondsAfterNoon(0)), eventAt("b", secondsAfterNoon(1))]);
  };
  beforeAll(fill);

  it("with an option that does not exist are refused, in every operation, with the nearest one", async () => {
    for (const [name, { parameters, options }] of Object.entries(all)) {
      if (name === "close") continue;
      const given = parameters.map(([parameter]) => RIGHT[parameter]);
      await expectRefusal(() => callOf(name)(...given, { frobnicate: 1 }), `${name}: .*"frobnicate"`);
      const [known] = Object.keys(options).slice(-1);
      if (known === undefined || known.length < 4) continue;
      const misspelt = known.slice(1);
      await expectRefusal(() => callOf(name)(...given, { [misspelt]: 1 }), `did you mean "${known}"`);
    }
    expect(await storage().countEvents()).toBe(2);
  });

  it("with an argument of another kind are refused, and named", async () => {
    for (const [name, { parameters }] of Object.entries(all))
      for (const [position, [parameter, , optional]] of parameters.entries()) {
        if (parameter === "event") continue;
        const before = parameters.slice(0, position).map(([earlier]) => RIGHT[earlier]);
        for (const wrong of [null, 5, {}, Symbol("x"), ...(optional === undefined ? [undefined] : [])]) {
          if (parameter === "interval" && wrong === 5) continue;
          if (parameter === "args" && isPlain(wrong)) continue;
          await expectRefusal(() => callOf(name)(...before, wrong), `${name}: ${parameter} is `);
        }
      }
  });

  it("with any value for any argument and any option end with an error of ours, or well", async () => {
    const random = seededRandom(hostileSeed());
    const faults: string[] = [];
    const tried = async (name: string, where: string, value: unknown, given: readonly unknown[]) => {
      // It closes the store that the others need.
      if (name === "close" && (value === undefined || isObject(value))) return;
      const error = await refusal(() => callOf(name)(...given));
      faults.push(...faultsOf(error, value, `${name}: ${where}`));
      if (name === "databaseDrop" && error === undefined) await storage().databaseCreate();
    };
    for (const [name, { parameters, options, named }] of Object.entries<Signature>(all)) {
      const byName = Object.fromEntries(parameters.map(([parameter]) => [parameter, RIGHT[parameter]]));
      for (const [parameter] of named?.parameters ?? [])
        for (const value of someOf([...HOSTILE, ...TRAPS], random))
          await tried(name, parameter, value, [{ ...byName, [parameter]: value }]);
      const right = parameters.map(([parameter]) => RIGHT[parameter]);
      for (const [position, [parameter]] of parameters.entries())
        for (const value of someOf([...HOSTILE, ...TRAPS], random))
          await tried(name, parameter, value, right.with(position, value));
      for (const value of someOf([...HOSTILE, ...TRAPS], random))
        await tried(name, "its options", value, [...right, value]);
      for (const option of Object.keys(options))
        for (const value of someOf([...HOSTILE, ...TRAPS], random, 3))
          await tried(name, option, value, [...right, { ...NEEDED[name], [option]: value }]);
    }
    await storage().databaseCreate();
    await fill();
    expect(faults).toEqual([]);
  });

  it("with options that are no object are refused", async () => {
    for (const wrong of ["false", 5, null, [], new Date(), new AbortController().signal]) {
      await expectRefusal(() => callOf("searchEvents")(wrong), "options are an object");
      await expectRefusal(() => callOf("deleteEvents")(wrong), "options are an object");
      await expectRefusal(() => callOf("streamEvents")(wrong), "options are an object");
    }
    expect(await storage().countEvents()).toBe(2);
  });

  it.each([
    [{ severities: ["high"], all: true }, "severities"],
    [{ fliter: "severity = high" }, 'did you mean "filter"'],
    [{ Filter: "severity = high", all: true }, 'did you mean "filter"'],
    [{ all: "false" }, "all is true or false"],
    [{ filter: 5 }, "filter is a filter"],
    [{ filter: { severity: "high" } }, "filter is a filter"],
    [{ filter: ["severity = high"] }, "filter is a filter"],
    [{ filter: null, all: true }, "filter is a filter"],
    [{ filter: "id exists" }, "every event meets this filter"],
    [{ filter: "detect_time >= 0001-01-01" }, "every event meets this filter"],
    [{ filter: "detect_time >= $t", args: { t: "0001-01-01T00:00:00Z" } }, "every event meets this filter"],
    [{ filter: "severity = low", batch: null }, "batch is a whole number"],
    [{ filter: "severity = low", batch: 0 }, "batch is a whole number"],
  ])("deleteEvents(%j) deletes nothing", async (options, message) => {
    await expectRefusal(() => callOf("deleteEvents")(options), message);
    await storage().transaction(async (inner) => {
      await expectRefusal(() => (inner.deleteEvents as Call)(options), message);
    });
    expect(await storage().countEvents()).toBe(2);
  });

  it("within a transaction are checked, too", async () => {
    await expectRefusal(
      () => callOf("transaction")(() => 1, { isolation: "x; drop table events" }),
      "isolation",
    );
    await expectRefusal(() => callOf("transaction")(() => 1, { retrey: 5 }), 'did you mean "retry"');
    await storage().transaction(async (inner) => {
      await expectRefusal(() => (inner.countEvents as Call)({ fliter: "severity = low" }), '"filter"');
      await expectRefusal(() => (inner.transaction as Call)(() => 1, { isolation: "chaos" }), "isolation");
    });
  });

  it("of views within views, and of filters that were generated, are checked, too", async () => {
    for (const view of [storage().restricted("true"), storage().restricted("true").restricted("true")]) {
      await expectRefusal(() => (view.countEvents as Call)({ fliter: "severity = low" }), '"filter"');
      await expectRefusal(() => (view.restricted as Call)(5), "filter is");
      await view.transaction((inner) =>
        expectRefusal(() => (inner.deleteEvents as Call)({ fliter: "severity = low" }), '"filter"'),
      );
    }
    const saved = savedFilter({ text: "false", bindings: [], source: "false" });
    const bare = openExecutor({ connectionString: url() });
    for (const on of [storage(), bare]) {
      for (const wrong of [{ filter: "true" }, { args: {} }, { parameters: {} }, { limt: 5 }])
        await expectRefusal(() => (saved.count as Call)(on, {}, wrong), "there is no option");
      expect(await (saved.count as Call)(on, {})).toBe(0);
    }
    await bare.close();
  });

  it("of texts that no column holds find nothing", async () => {
    await storage().insertEvent(eventAt("n\ufffdx", secondsAfterNoon(2)));
    expect(await storage().fetchEvent("n\u0000x")).toBeNull();
    expect(await storage().deleteEvent("n\u0000x")).toBe(false);
    expect(await storage().deleteEvent("n\ud800x")).toBe(false);
    expect(await storage().deleteEvents({ filter: 'id = "n\\u0000x"' })).toBe(0);
    expect(await storage().deleteEvents({ filter: "id = $id", args: { id: "n\u0000x" } })).toBe(0);
    expect(await storage().deleteEvents({ filter: "id in $ids", args: { ids: ["n\u0000x"] } })).toBe(0);
    expect(await storage().queryStatus("n\u0000x")).toBeNull();
    expect(await storage().deleteEvent("n\ufffdx")).toBe(true);
  });

  it("of ranges of addresses are bound as ip4r reads them", async () => {
    const ranges = ["10.0.0.0/8", "2001:db8::1", "10.0.0.1-10.0.0.7"].map(parseIpRange);
    const { rows } = await storage().query(
      "select $1::text as one, ($1::iprange >>= $2::iprange)::text as within, $3::text as many",
      [ranges[0], ranges[2], ranges],
    );
    expect(rows).toEqual([
      { one: "10.0.0.0/8", within: "true", many: '{"10.0.0.0/8","2001:db8::1","10.0.0.1-10.0.0.7"}' },
    ]);
    expect(storage().mogrify("select $1::iprange", [ranges[0]])).toBe("select '10.0.0.0/8'::iprange");
    await expectRefusal(() => storage().query("select $1", [{ first: 1n }]), "no JSON");
    await expectRefusal(() => storage().mogrify("select $1", ["a\u0000b"]), "U\\+0000");
    await expectRefusal(() => storage().mogrify("select\u0000 1"), "U\\+0000");
  });

  it("of a page beyond 2^53 are refused, of a distant one are empty", async () => {
    expect((await storage().searchEvents({ page: 1000, limit: 100_000 })).events).toEqual([]);
    await expectRefusal(() => storage().searchEvents({ page: 2 ** 32 }), "page is a whole number");
    await expectRefusal(() => callOf("searchEvents")({ limit: null }), "limit is a whole number");
  });

  it("that open a store are refused", async () => {
    const open = openStorage as unknown as Call;
    await expectRefusal(() => open({ dbname: "x", host: "h", port: 5432 }), "dbname", "connectionString");
    await expectRefusal(() => open({ connectionstring: url() }), 'did you mean "connectionString"');
    await expectRefusal(() => open({ connectionString: "" }), "connectionString is");
    await expectRefusal(() => open({ connectionString: url(), pool: { maximum: 3 } }), "pool is");
    await expectRefusal(() => open({ connectionString: url(), embedded: "no" }), "embedded is");
    await expectRefusal(() => open("postgres://localhost/x"), "options are an object");
    await expectRefusal(() => open(null), "options are an object");
  });
});

const HIGH = "severity = high";
const EVENT = { ID: "a", DetectTime: "2024-05-01T00:00:00Z" };
const SLOT = compileFilter("source.ip in $n and detect_time > $t and description = $d");
const js = (call: unknown): Call => call as Call;

describe("hostile values", () => {
  it.each<[string, (value: unknown) => unknown]>([
    ["compileFilter", (v) => js(compileFilter)(v)],
    ["its options", (v) => js(compileFilter)(HIGH, v)],
    ...["sets", "filters", "timeZone", "now", "limits"].map((key): [string, (value: unknown) => unknown] => [
      key,
      (v) => js(compileFilter)(HIGH, { [key]: v }),
    ]),
    ["sql", (v) => SLOT.sql(v as never)],
    ["its arguments", (v) => SLOT.sql({ n: v, t: v, d: v })],
    ["its settings", (v) => compileFilter(HIGH).sql({}, v as never)],
    ["matches", (v) => SLOT.matches(v, { n: ["10.0.0.1"], t: new Date(0), d: "x" })],
    ["checkFilter", (v) => js(checkFilter)(v)],
    ["parseFilter", (v) => js(parseFilter)(v)],
    ["printFilter", (v) => js(printFilter)(v)],
    ["formatFilter", (v) => js(formatFilter)(v)],
    ["explainFilter", (v) => js(explainFilter)(v)],
    ["highlightFilter", (v) => js(highlightFilter)(v)],
    ["completeFilter", (v) => js(completeFilter)(v, 0)],
    ["the offset", (v) => js(completeFilter)("sev", v)],
    ["pynspect", (v) => js(convertFilter)(v, "pynspect")],
    ["ransack", (v) => js(convertFilter)(v, "ransack")],
    ["search parameters", (v) => js(convertFilter)(v, "search-parameters")],
    ["one of them", (v) => js(convertFilter)({ categories: v, dt_from: v, limit: v }, "search-parameters")],
    ["buildQuery", (v) => js(buildQuery)(v)],
    ["its type", (v) => js(buildQuery)({}, v)],
    ["addresses of it", (v) => js(buildQuery)({ source_addrs: [v], sortby: v })],
    ["renderDiagnostics", (v) => js(renderDiagnostics)(v, [])],
    ["the diagnostics", (v) => js(renderDiagnostics)("a", [v])],
    ["parseIpRange", (v) => js(parseIpRange)(v)],
    ["formatIpRange", (v) => js(formatIpRange)(v)],
    ["eventToRow", (v) => js(eventToRow)(v)],
    ["keys of an event", (v) => js(eventToRow)({ ...EVENT, Source: v, Port: v, DetectTime: v })],
    ["andFilters", (v) => js(andFilters)(HIGH, v)],
    ["notFilter", (v) => js(notFilter)({ filter: SLOT, args: v })],
    ["filter", (v) => js(filter)(v)],
    ["its values", (v) => filter`source.ip in ${v}`],
    ["recordToIdea", (v) => js(recordToIdea)(v)],
    ["recordToIdeaGhost", (v) => js(recordToIdeaGhost)(v)],
    ["readEvents", (v) => collect(js(readEvents)([v]) as AsyncIterable<unknown>)],
    ["openStorage", (v) => js(openStorage)({ connectionString: "postgresql://u@127.0.0.1:1/x", sets: v })],
  ])("%s", async (_, call) => {
    const faults: string[] = [];
    for (const value of HOSTILE) faults.push(...faultsOf(await refusal(() => call(value)), value));
    expect(faults).toEqual([]);
  });
});

describe("functions of the language", () => {
  it.each([
    ["compileFilter", () => (compileFilter as Call)("true", { timezone: "UTC" }), '"timeZone"'],
    ["compileFilter", () => (compileFilter as Call)(undefined), "the filter is a text"],
    ["compileFilter", () => (compileFilter as Call)("true", { limits: { maxDept: 3 } }), "maxDept"],
    ["sql", () => (compileFilter("true").sql as Call)({}, { first: 3 }), "firstParameter"],
    [
      "matches",
      () => (compileFilter("severity = $s").matches as Call)({}, { s: "low" }, { nwo: 1 }),
      '"now"',
    ],
    ["checkFilter", () => (checkFilter as Call)("true", { catalog: {} }), '"catalogue"'],
    ["explainFilter", () => (explainFilter as Call)("true", { arg: {} }), '"args"'],
    ["completeFilter", () => (completeFilter as Call)("sev", 3, { sest: {} }), '"sets"'],
    ["parseFilter", () => (parseFilter as Call)(null), "text"],
    ["formatFilter", () => (formatFilter as Call)(5), "text"],
    ["convertFilter", () => (convertFilter as Call)("{}", {}), "the language is one of"],
    ["convertFilter", () => (convertFilter as Call)("{}", "search-parameters", { contxt: {} }), '"context"'],
    ["convertFilter", () => (convertFilter as Call)(5, "pynspect"), "text"],
    ["parseIpRange", () => (parseIpRange as Call)(undefined), "text"],
    ["recordToIdea", () => (recordToIdea as Call)({}), "event"],
    ["recordToIdeaGhost", () => (recordToIdeaGhost as Call)({ count: 1 }), "select_ghost"],
    ["renderDiagnostics", () => (renderDiagnostics as Call)("a", [], { colour: true }), '"color"'],
  ] as const)("%s refuses what it doesn't know", async (name, call, message) => {
    await expectRefusal(call, name, message);
  });
});
