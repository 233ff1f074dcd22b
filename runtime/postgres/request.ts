/**
 * What is asked of a connection, and the protocol messages that it becomes.
 *
 * A request's own timeout and name are settings made locally in the exchange of the request, hence in its transaction: they cost no round
 * trip and end with it. A named request ends by giving up its name and passing the lock of the name (see activity.ts).
 */
import { CANCEL_PROCESS, PASS_LOCK, RELEASE_LOCKS } from "./activity-statements.js";
import { EventStorageError } from "./errors.js";
import type { SentValue } from "./statement.js";
import { unnamed } from "./exchange.js";
import type { DecodeRow, Message } from "./exchange.js";
import type { QueryTag } from "./query-name.js";
import { readSettingsText, settingsTextFor } from "./session-statements.js";
import type { SessionSettings } from "./settings.js";
import type { StatementCache } from "./statements.js";

/** A statement, or a further block of an open portal. */
export interface Request {
  readonly operation: string;
  readonly text: string;
  /** Name of the prepared statement; null: it is parsed for this request only. */
  readonly name: string | null;
  readonly values: readonly SentValue[];
  /** See `Statement.plan`. */
  readonly plan?: "fixed" | undefined;
  /** Asks for the columns of the result. */
  readonly describe: boolean;
  /** Maps the rows as they come. */
  readonly decode?: DecodeRow | undefined;
  /** Fetches `maxRows` rows through a portal that stays open within the transaction; `opened` says that it is. */
  readonly portal?: { readonly name: string; readonly maxRows: number; readonly opened: boolean } | undefined;
}

/** What a request may take. */
export interface Limits {
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds; undefined leaves the session's. */
  readonly timeoutMs?: number | undefined;
  readonly tag?: QueryTag | undefined;
}

/** A session setting that a request changes, and the value to return to. */
export interface SettingChange {
  readonly name: string;
  readonly value: string;
  readonly usual: string;
}

/** Messages of a request; its reply is the one at `position`. */
export interface Composition {
  readonly messages: readonly Message[];
  readonly position: number;
  /** Statements that set settings, which the server holds when the exchange has succeeded. */
  readonly assignments: readonly string[];
}

/** What a connection keeps on the server; null where it may not. */
export interface HeldStatements {
  readonly statements: StatementCache | null;
  /** Apart from the others, of which one would have to go for it. */
  readonly assignments: StatementCache | null;
}

/** A command without values, such as BEGIN. */
export function commandRequest(operation: string, text: string): Request {
  return { operation, text, name: null, values: [], describe: false };
}

const NO_CHANGES: readonly SettingChange[] = [];

/** All settings of a session, for one that is lent for a transaction. */
export function sessionChanges({ values }: SessionSettings): readonly SettingChange[] {
  return Object.entries(values).map(([name, value]) => ({
    // The default would hold for the next transaction only.
    name: name === "default_transaction_read_only" ? "transaction_read_only" : name,
    value,
    usual: value,
  }));
}

/** Asks for the values that these settings have now; one row, in their order. */
export function readSettings(changes: readonly SettingChange[]): readonly Message[] {
  return unnamed(
    readSettingsText(changes.length),
    changes.map(({ name }) => name),
  );
}

/**
 * The changes that are needed, each to return to the value that it has now.
 *
 * @throws EventStorageError `read_only` where a transaction that may write would have to stay read-only: that can't be taken back
 */
export function restoring(
  operation: string,
  changes: readonly SettingChange[],
  now: readonly (string | null)[],
): readonly SettingChange[] {
  return changes.flatMap(({ name, value }, index) => {
    const usual = now[index] ?? "";
    if (name !== "transaction_read_only") return [{ name, value, usual }];
    if (usual === value) return [];
    throw new EventStorageError(
      `${operation}: the store is read-only, and the transaction of the given client may write; begin it READ ONLY`,
      { code: "read_only", operation },
    );
  });
}

/**
 * The settings that a request and its limits change, and before them those of `base`: what a session that is not ours has to be told each
 * time.
 */
export function settingChanges(
  settings: SessionSettings,
  { plan }: Pick<Request, "plan">,
  limits: Limits,
  base: readonly SettingChange[] = NO_CHANGES,
): readonly SettingChange[] {
  if (plan === undefined && limits.timeoutMs === undefined && limits.tag === undefined) return base;
  const changes: SettingChange[] = [...base];
  if (plan === "fixed")
    // Of a value that it doesn't know the planner takes a common one, and would read whole tables for rare ones.
    changes.push(
      { name: "plan_cache_mode", value: "force_generic_plan", usual: "auto" },
      { name: "enable_seqscan", value: "off", usual: "on" },
    );
  if (limits.timeoutMs !== undefined && limits.timeoutMs !== settings.timeoutMs) {
    const value = String(Math.max(0, Math.ceil(limits.timeoutMs)));
    changes.push({ name: "statement_timeout", value, usual: String(settings.timeoutMs) });
  }
  if (limits.tag !== undefined) {
    const { applicationName } = limits.tag;
    changes.push({ name: "application_name", value: applicationName, usual: settings.applicationName });
  }
  return changes;
}

/** What a request is sent with. */
export interface RequestSettings {
  readonly changes: readonly SettingChange[];
  readonly tag: QueryTag | undefined;
  /** The request is part of a transaction block. */
  readonly within: boolean;
}

/**
 * A request with its settings, in one exchange. `within` a transaction block the settings are put back by hand; elsewhere they end with
 * the exchange, but the name has to be gone before its lock is passed.
 */
export function compose(
  request: Request,
  { statements, assignments }: HeldStatements,
  { changes, tag, within }: RequestSettings,
): Composition {
  if (changes.length === 0 && tag === undefined)
    return { messages: statementMessages(request, statements), position: 0, assignments: [] };
  const restored = within ? changes : changes.filter(({ name }) => name === "application_name");
  const before = changes.length === 0 ? [] : assign(changes, "value", "transaction", assignments);
  const after = restored.length === 0 ? [] : assign(restored, "usual", "transaction", assignments);
  const lock = tag === undefined ? [] : passLock(tag);
  return {
    messages: [...before, ...statementMessages(request, statements), ...after, ...lock],
    position: before.length === 0 ? 0 : 1,
    assignments: [changes, restored].flatMap(({ length }) => (length === 0 ? [] : [assignmentName(length)])),
  };
}

/** The messages of the statement alone. */
export function statementMessages(request: Request, cache: StatementCache | null): readonly Message[] {
  const { text, values, portal, decode } = request;
  const portalName = portal?.name ?? "";
  const run: Message = { kind: "execute", portal: portalName, maxRows: portal?.maxRows ?? 0, decode };
  if (portal?.opened === true) return [run];
  const statement = cache === null ? "" : (request.name ?? "");
  const parse: readonly Message[] =
    cache === null || statement === ""
      ? [{ kind: "parse", statement: "", text }]
      : cache.prepare(statement, text);
  const describe: readonly Message[] = request.describe ? [{ kind: "describe", portal: portalName }] : [];
  return [...parse, { kind: "bind", statement, portal: portalName, values }, ...describe, run];
}

/**
 * Sets settings, to their new or their usual value, until the end of the transaction or of the session. Names and values are parameters: a
 * search sends two each time, and the server need not parse and plan their statement again.
 */
export function assign(
  changes: readonly SettingChange[],
  to: "value" | "usual",
  scope: "transaction" | "session",
  cache: StatementCache | null = null,
): readonly Message[] {
  const text = settingsTextFor(changes.length);
  const values = [String(scope === "transaction"), ...changes.flatMap((change) => [change.name, change[to]])];
  if (cache === null) return unnamed(text, values);
  const statement = assignmentName(changes.length);
  return [
    ...cache.prepare(statement, text),
    { kind: "bind", statement, portal: "", values },
    { kind: "execute", portal: "", maxRows: 0 },
  ];
}

/** Prepared statement that sets this many settings. */
function assignmentName(settings: number): string {
  return `es_set_${settings}`;
}

/** Takes and gives back the lock of a name; a canceller holds it from looking for the name to sending the signal. */
export function passLock(tag: QueryTag): readonly Message[] {
  return unnamed(PASS_LOCK, [tag.lockKey]);
}

/** A BEGIN that tells the session its settings until the end of the transaction. */
export function beginMessages(text: string, changes: readonly SettingChange[]): readonly Message[] {
  return [...unnamed(text), ...(changes.length === 0 ? [] : assign(changes, "value", "transaction"))];
}

/**
 * Passes the lock of a name after its request has failed. A cancellation that strikes just when the lock is granted leaves it with the
 * session, where the next canceller of that name would wait for it: so every session-level lock is given back.
 */
export function passLockAgain(tag: QueryTag): readonly Message[] {
  return [...passLock(tag), ...unnamed(RELEASE_LOCKS)];
}

/**
 * Cancels a backend while it runs this text. Whoever asks has the backend's connection to himself, so it can be no one else's unless the
 * connection is already gone and the process id was given away: hence the comparison. The view shows the start of a long text.
 */
export function cancelBackend(processId: number, text: string): readonly Message[] {
  return unnamed(CANCEL_PROCESS, [String(processId), text]);
}
