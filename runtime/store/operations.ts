/** The operations over events, put together for a session: a pool of connections or a transaction. */
import { deadlineSession } from "../postgres/bounded.js";
import type { GroupCommit } from "../postgres/group-commit.js";
import { carefulSession, patientSession } from "../postgres/patient.js";
import type { Session } from "../postgres/session.js";
import { recordToIdea } from "../events/idea-event.js";
import type { CallOptions } from "../postgres/statement.js";
import type { StoreContext } from "./context.js";
import { sweepIdentifiers, tableCleanup } from "./retention/cleanup.js";
import { countEvents } from "./count/count.js";
import { aggregateEvents, summarizeEvents } from "./dashboards/aggregate.js";
import { distinctValues } from "./dashboards/distinct.js";
import { pivotEvents } from "./dashboards/pivot.js";
import { timelineEvents, type AnyTimelineOptions } from "./dashboards/timeline.js";
import { deleteEvents } from "./retention/delete.js";
import { insertEvent, insertEvents, type Inserter, type Stored, type Submission } from "./insert/insert.js";
import { withoutDays } from "./insert/known-days.js";
import { withoutWords } from "./insert/known-words.js";
import { refreshRollups } from "./rollups/refresh.js";
import { adoptDays } from "./schema/index.js";
import { refusingNewer } from "./schema/newer.js";
import { withoutMemory } from "./search/days.js";
import { deleteById, fetchText } from "./search/by-id.js";
import { searchEvents } from "./search/search.js";
import { searchColumnWith } from "./status/status.js";
import { watchdogEvents } from "./status/watchdog.js";
import { streamEventIds, streamEvents } from "./search/stream.js";
import { thresholding } from "./thresholds/thresholds.js";
import type {
  CountOptions,
  DeleteOptions,
  EventOperations,
  RefreshOptions,
  SearchOptions,
  StreamEventsOptions,
  StreamIdsOptions,
} from "./types.js";

/** What the operations of one store share. */
export interface Store {
  readonly context: StoreContext;
  readonly inserter: Inserter;
}

/**
 * The operations over a session. With a gathering, single insertions are committed together with those of other producers; within a transaction
 * there is none, for they have to be part of it.
 */
export function createOperations(
  session: Session,
  store: Store,
  gathering: GroupCommit<Submission, Stored> | null,
): EventOperations {
  const { context, inserter } = store;
  /** The session for a call that reads: however many statements it takes, together they have the time of the call. */
  const within = ({ timeoutMs = context.limitMs }: CallOptions = {}) => deadlineSession(session, timeoutMs);
  const whole = wholeCalls(session);
  /** The same, going on after lost connections: a transaction has none to go on with. */
  const going = (options: CallOptions = {}, through = patientSession): Session =>
    context.inTransaction ? whole(options) : through(whole(options), options);
  return refusingNewer<EventOperations>(session, context, {
    insertEvent: (event, options) => insertEvent({ session, inserter, gathering }, event, options),
    insertEvents: (events, options) => insertEvents(session, inserter, events, options),
    fetchEvent: (async (id: string, options?: CallOptions & { readonly raw?: boolean }) => {
      const text = await fetchText(within(options), context, id, options);
      return text === null || options?.raw === true ? text : recordToIdea(text);
    }) as EventOperations["fetchEvent"],
    deleteEvent: (id, options) => deleteById(within(options), context, id, options),
    countEvents: (options: CountOptions = {}) => countEvents(within(options), context, options),
    searchEvents: ((options: SearchOptions = {}) =>
      searchEvents(within(options), context, options)) as EventOperations["searchEvents"],
    streamEvents: ((options: StreamEventsOptions = {}) =>
      streamEvents(session, context, options)) as EventOperations["streamEvents"],
    streamEventIds: (options: StreamIdsOptions = {}) => streamEventIds(session, context, options),
    deleteEvents: (options: DeleteOptions = {}) =>
      deleteEvents(going(options, carefulSession), context, options),
    aggregateEvents: (options) => aggregateEvents(within(options), context, options),
    timelineEvents: ((options: AnyTimelineOptions = {}) =>
      timelineEvents(within(options), context, options)) as EventOperations["timelineEvents"],
    pivotEvents: (options) => pivotEvents(within(options), context, options),
    summarizeEvents: (options) => summarizeEvents(within(options), context, options),
    distinctValues: (field, options) => distinctValues(within(options), context, field, options),
    // A transaction would hold the locks of new days until its end.
    refresh: (options = {}) =>
      refresh(going(options), store, options, gathering === null ? "no days" : "days"),
    searchColumnWith: (field, aggregate = "min", options) =>
      searchColumnWith(within(options), context, { field, aggregate }, options),
    watchdogEvents: (interval, options) => watchdogEvents(within(options), context, interval, options),
    tableCleanup: async (table, column, ttl, options) => {
      inserter.days.forget();
      const sessions = { dropping: going(options), deleting: going(options, carefulSession) };
      return tableCleanup(sessions, context, { table, column, ttl }, options);
    },
    ...thresholding(session, context),
    query: (text, values, options) => session.query(text, values, options),
    transaction: (work, options) =>
      session.transaction(
        (transaction) =>
          work(
            createOperations(transaction, storeWithin(store, options?.timeoutMs ?? context.limitMs), null),
          ),
        options,
      ),
  });
}

/** Makes the days that are missing, where it may, and brings up to date what is put off while events are stored. */
async function refresh(
  session: Session,
  { context, inserter }: Store,
  options: RefreshOptions,
  makes: "days" | "no days",
): Promise<number> {
  inserter.days.forget();
  if (makes === "days") await adoptDays(session, context.catalogue, options);
  const hours = await refreshRollups(session, context, options);
  await sweepIdentifiers(session, context, new Date(), options);
  return hours;
}

/**
 * The session for a call that changes as much as there is: the limit that it was given is that of all its statements, while the limit that holds
 * where none is given is one for each of them. A retention that takes minutes is none that hangs.
 */
function wholeCalls(session: Session): (options?: CallOptions) => Session {
  return ({ timeoutMs } = {}) => deadlineSession(session, timeoutMs);
}

/** The store as a transaction sees it: what it learns may be rolled back, so that nothing of it is remembered. */
function storeWithin({ context, inserter }: Store, limitMs: number | undefined): Store {
  return {
    context: { ...context, partitions: withoutMemory(context.partitions), inTransaction: true, limitMs },
    inserter: {
      ...inserter,
      days: withoutDays(inserter.days),
      words: withoutWords(inserter.words),
      spread: null,
    },
  };
}
