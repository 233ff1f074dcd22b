/**
 * Calls that must not compile. Each `@ts-expect-error` is an assertion: the compiler complains about one under which there is no error, so
 * `npm run typecheck` fails where a wrong call is allowed; types.test.ts counts them.
 */
import { createClient } from "../../generated/index.js";
import type { Session } from "../../runtime/postgres/session.js";
import { buildQuery, openStorage, type EventStorage, type IdeaEvent } from "../../runtime/store/index.js";

/** Generated functions: names, types and presence of parameters, names of columns. */
export async function wrongClientCalls(session: Session): Promise<void> {
  const client = createClient(session);
  // @ts-expect-error the parameter is called id
  await client.fetchEvent({ ID: "a" });
  // @ts-expect-error an id is text
  await client.fetchEvent({ id: 1 });
  // @ts-expect-error parameters have to be given
  await client.fetchEvent();
  // @ts-expect-error nothing but the parameters
  await client.deleteEvent({ id: "a", cascade: true });
  // @ts-expect-error a time is a Date or text
  await client.thresholdCheck({ keys: ["a"], time: 1714521600 });
  // @ts-expect-error a parameter is missing
  await client.thresholdSet({ keys: ["a"], thresholdTime: new Date(), relapseTime: new Date(), label: null });
  // @ts-expect-error a flag is a boolean
  await client.thresholdedEventsClean({ sinceThreshold: "yes" });
  // @ts-expect-error names are a list of texts
  await client.readSettings({ names: "TimeZone" });
  // @ts-expect-error there is no such operation
  await client.fetchEvents({ id: "a" });
  // @ts-expect-error the event may be missing
  (await client.fetchEvent({ id: "a" })).event.length;
  // @ts-expect-error there is no such column
  (await client.thresholdCheck({ keys: ["a"], time: "" }))[0]?.thresholdtime;
  // @ts-expect-error a count is a number
  (await client.countAll()).length;
  // @ts-expect-error a column that may be null
  (await client.readEvents({ table: "event_json" }, { seqs: [] }))[0].seq.toFixed();
  // @ts-expect-error a filter is a compiled one, not text
  await client.countEvents("severity = low");
}

/** Methods of a store. */
export async function wrongStorageCalls(storage: EventStorage): Promise<void> {
  // @ts-expect-error there is no such option
  await storage.searchEvents({ filer: "severity = low" });
  // @ts-expect-error an order is one of four
  await storage.searchEvents({ sort: "severity.desc" });
  // @ts-expect-error a limit is a number
  await storage.searchEvents({ limit: "10" });
  // @ts-expect-error with raw the events are texts
  (await storage.searchEvents({ raw: true })).events[0]?.ID;
  // @ts-expect-error the field to count by has to be given
  await storage.aggregateEvents({ filter: "severity = low" });
  // @ts-expect-error there is no such field
  await storage.aggregateEvents({ by: "severty" });
  // @ts-expect-error nor in a list
  await storage.summarizeEvents({ by: ["severity", "sorce.ip"] });
  // @ts-expect-error nor on an axis
  await storage.pivotEvents({ row: "severity", column: "categry" });
  // @ts-expect-error nor for distinct values
  await storage.distinctValues("source");
  // @ts-expect-error a step is a number and a unit
  await storage.timelineEvents({ step: "1 fortnight" });
  // @ts-expect-error a pivot has two axes
  await storage.pivotEvents({ row: "severity" });
  // @ts-expect-error several fields are a list
  await storage.summarizeEvents({ by: "severity" });
  // @ts-expect-error a bound is a Date or text
  await storage.timelineEvents({ from: 1714521600 });
  // @ts-expect-error times are Dates
  await storage.thresholdSet("key", "2024-05-01", new Date(), new Date());
  // @ts-expect-error four arguments are needed
  await storage.thresholdSet("key", new Date(), new Date());
  // @ts-expect-error what to keep is one of two
  await storage.thresholdedEventsClean({ keep: "all" });
  // @ts-expect-error all is meant or not
  await storage.deleteEvents({ all: "yes" });
  // @ts-expect-error a conflict is an error or ignored
  await storage.insertEvent({}, { onConflict: "update" });
  // @ts-expect-error events come in an iterable
  await storage.insertEvents({ ID: "a" });
  // @ts-expect-error the least or the greatest
  await storage.searchColumnWith("id", "avg");
  // @ts-expect-error a signal is an AbortSignal
  await storage.fetchEvent("a", { signal: new AbortController() });
  // @ts-expect-error an event may be missing
  (await storage.fetchEvent("a")).ID.length;
  // @ts-expect-error there is no such level
  await storage.transaction(() => Promise.resolve(), { isolation: "chaos" });
  // @ts-expect-error a transaction has no end of its own
  await storage.transaction((inner) => inner.close());
  // @ts-expect-error there is no such source
  await openStorage({ url: "postgres://localhost/idea" });
  // @ts-expect-error several standbys, each with an address
  await openStorage({ readFrom: "postgres://standby/idea" });
  // @ts-expect-error milliseconds
  await openStorage({ readFrom: ["postgres://standby/idea"], maxLagMs: "5s" });
  // @ts-expect-error one of six types
  buildQuery({}, "upsert");
  // @ts-expect-error events are read only
  ((await storage.fetchEvent("a")) as IdeaEvent).ID = "b";
}
