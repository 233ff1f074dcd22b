/** The programs of Mentat over this store, a function each. In a program of your own the import is from "idea-eventstore". */
import type { EventStorage, IdeaEvent } from "../../../runtime/store/index.js";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const before = (time: Date, milliseconds: number): Date => new Date(time.getTime() - milliseconds);

/** mentat-storage: stores what came in, and says what went wrong. Nothing is acknowledged before it is committed. */
export async function storeEvents(
  storage: EventStorage,
  messages: AsyncIterable<unknown> | Iterable<unknown>,
) {
  const done: string[] = [];
  const result = await storage.insertEvents(messages, {
    onProgress: ({ inserted, duplicates }) => done.push(...inserted, ...duplicates),
  });
  return { ...result, done };
}

/** What mentat-reporter sends to a group. */
export interface GroupReport {
  readonly fresh: readonly IdeaEvent[];
  readonly relapsed: readonly IdeaEvent[];
}

/** mentat-reporter: the events of a group that came since the last run and whose keys are not quiet, and the relapses. */
export async function report(
  storage: EventStorage,
  {
    group,
    severity,
    from,
    to,
  }: { readonly group: string; readonly severity: string; readonly from: Date; readonly to: Date },
): Promise<GroupReport> {
  const filter =
    "storage_time > $from and storage_time <= $to and abuse_group = $group and severity = $severity and category != Test";
  const fresh: IdeaEvent[] = [];
  for await (const event of storage.streamEvents({ filter, args: { from, to, group, severity } })) {
    const keys = keysOf(event);
    const quiet = (await storage.thresholdCheck(keys, to)).map(({ key }) => key);
    if (quiet.length > 0)
      await storage.thresholdSave({ eventId: event.ID, key: quiet, group, severity, createTime: to });
    if (quiet.length < keys.length) fresh.push(event);
  }
  const relapses = await storage.searchRelapsedEvents(group, severity, to);
  const relapsed = relapses.map(({ event }) => event);
  const key = [...new Set([...fresh, ...relapsed].flatMap(keysOf))];
  const ttl = new Date(to.getTime() + 6 * DAY);
  await storage.thresholdSet({
    key,
    thresholdTime: to,
    relapseTime: before(ttl, 2 * DAY),
    ttl,
    label: `M-${group}`,
  });
  return { fresh, relapsed };
}

function keysOf({ _CESNET, Category = [], Source = [] }: IdeaEvent): readonly string[] {
  const kind = _CESNET?.EventClass ?? Category.join("/");
  return Source.flatMap(({ IP4 = [], IP6 = [] }) => [...IP4, ...IP6]).map(
    (address) => `${kind}+++${address}`,
  );
}

/** mentat-statistician: what came within an interval, in figures; no event leaves the database for them. */
export async function statistics(storage: EventStorage, from: Date, to: Date) {
  const by = ["category", "severity", "source.ip", "node.name", "abuse_group"] as const;
  return storage.summarizeEvents({
    by,
    filter: "storage_time in $from ..< $to",
    args: { from, to },
    limit: 100,
    remainder: true,
  });
}

/** mentat-cleanup: old events, tests after a week, expired thresholds. */
export async function cleanUp(storage: EventStorage, now: Date) {
  const tests = await storage.deleteEvents({
    filter: "category = Test and storage_time < $t",
    args: { t: before(now, 7 * DAY) },
  });
  const events = await storage.tableCleanup("events", "detect_time", before(now, 365 * DAY));
  const thresholds = await storage.thresholdsClean(now);
  return {
    tests,
    events,
    thresholds,
    thresholded: await storage.thresholdedEventsClean({ keep: "threshold" }),
  };
}

/** mentat-backup: all events of a time as they were given, oldest first, one a line. */
export async function* backUp(storage: EventStorage, from: Date, to: Date): AsyncGenerator<string> {
  const options = {
    filter: "detect_time in $from ..< $to",
    args: { from, to },
    sort: "detect_time.asc",
    raw: true,
  } as const;
  for await (const text of storage.streamEvents(options)) yield `${text}\n`;
}

/** A dashboard: events by time and by several fields, from one scan. */
export async function dashboard(storage: EventStorage, from: Date, to: Date) {
  return storage.timelineEvents({ from, to, step: "1h", by: ["category", "severity"], limit: 5 });
}

/** The cross table: which categories come with which severity more often than by chance. */
export async function crossTable(storage: EventStorage) {
  return storage.pivotEvents({ row: "severity", column: "category", residuals: true });
}

/** The watchdog: whether anything was stored within ten minutes, and how old the newest event is. */
export async function watchdog(storage: EventStorage) {
  return {
    alive: await storage.watchdogEvents(600),
    newest: await storage.searchColumnWith("storage_time", "max"),
  };
}
