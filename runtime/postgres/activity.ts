/**
 * Who is running what, and ending it by name, from any process.
 *
 * A named query shows its tag as `application_name` while it runs. A canceller takes the lock of the name, looks for the tag, signals, and
 * gives the lock back, all in one transaction on the server. The query gives up its tag and then passes the lock before its connection
 * does anything else. So a signal that is sent was sent to the named query, and has arrived before the next one starts.
 */
import { setTimeout as delay } from "node:timers/promises";
import { ALL_SESSIONS, LOCK_NAME, SESSION_OF_NAME, SIGNAL_RUNS } from "./activity-statements.js";
import type { WireRow } from "./statement.js";
import type { Control } from "./control.js";
import { unnamed, type Message } from "./exchange.js";
import { nameOf, tagOf } from "./query-name.js";
import type { QueryTag } from "./query-name.js";
import type { QueryActivity, StatusOptions } from "./session.js";

/** All sessions of the database but the asking one, named queries first, then by start. */
export async function queriesStatus(control: Control, limits?: StatusOptions): Promise<QueryActivity[]> {
  const activities = await list(control, "queriesStatus", unnamed(ALL_SESSIONS, []), limits);
  return [
    ...activities.filter(({ name }) => name !== null),
    ...activities.filter(({ name }) => name === null),
  ];
}

/** The query that runs by that name, or null; with several, the oldest. */
export async function queryStatus(
  control: Control,
  name: string,
  limits?: StatusOptions,
): Promise<QueryActivity | null> {
  const [activity] = await list(
    control,
    "queryStatus",
    unnamed(SESSION_OF_NAME, [tagOf(name).applicationName]),
    limits,
  );
  return activity === undefined ? null : { ...activity, name };
}

/** Milliseconds between two signals; it doubles up to the second. */
const FIRST_PAUSE_MS = 5;
const LONGEST_PAUSE_MS = 200;

/**
 * Cancels what runs by that name; resolves once it has ended, or after `graceMs` or the time of the limits. False when nothing runs by it;
 * `privilege_missing` when it is the query of a role that we may not cancel.
 *
 * A signal that arrives between two messages of a query is dropped by the server, so it is sent again to those runs that were found
 * first, and to no later ones of the same name. A stream that is waiting for its reader has nothing to cancel: its session is ended.
 */
export async function queryCancel(
  control: Control,
  name: string,
  graceMs: number,
  limits: StatusOptions = {},
): Promise<boolean> {
  const tag = tagOf(name);
  const first = await signal(control, tag, null, limits);
  let runs = first;
  const { timeoutMs = 0 } = limits;
  const deadline = Date.now() + (timeoutMs > 0 ? Math.min(timeoutMs, graceMs) : graceMs);
  for (let pauseMs = FIRST_PAUSE_MS; runs.length > 0 && Date.now() < deadline;) {
    await delay(pauseMs);
    runs = await signal(control, tag, runs, limits);
    pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS);
  }
  return first.length > 0;
}

/** Signals the runs of a tag, or only the given ones; returns those that it found. A run is a process and its transaction's start. */
async function signal(
  control: Control,
  tag: QueryTag,
  only: readonly string[] | null,
  limits: StatusOptions,
): Promise<readonly string[]> {
  const messages = [
    // Two statements: pg_stat_activity is read afresh after the lock is held.
    ...unnamed(LOCK_NAME, [tag.lockKey]),
    ...unnamed(SIGNAL_RUNS, [
      tag.applicationName,
      only === null ? null : `{${only.map((run) => `"${run}"`).join(",")}}`,
    ]),
  ];
  const [, found] = await control.send("queryCancel", messages, limits);
  return (found?.rows ?? []).map(([run]) => run ?? "");
}

async function list(
  control: Control,
  operation: string,
  messages: readonly Message[],
  limits: StatusOptions | undefined,
): Promise<QueryActivity[]> {
  const [reply] = await control.send(operation, messages, limits);
  return (reply?.rows ?? []).map(toActivity);
}

function toActivity(row: WireRow): QueryActivity {
  const [pid, applicationName, user, clientAddress, state, waitEvent, start, duration, query] = row;
  return {
    pid: Number(pid),
    name: nameOf(applicationName ?? ""),
    user: user ?? null,
    applicationName: applicationName ?? "",
    clientAddress: clientAddress ?? null,
    state: state ?? null,
    waitEvent: waitEvent ?? null,
    queryStart: typeof start === "string" ? new Date(Number(start)) : null,
    durationMs: typeof duration === "string" ? Number(duration) : null,
    query: query ?? null,
  };
}
