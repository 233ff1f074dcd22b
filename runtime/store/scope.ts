/** What the methods of a feature are made over: a session with what the store knows, and the ways to run a call on it. */
import { deadlineSession } from "../postgres/bounded.js";
import type { GroupCommit } from "../postgres/group-commit.js";
import { patientSession } from "../postgres/patient.js";
import type { Executor, Session } from "../postgres/session.js";
import type { CallOptions } from "../postgres/statement.js";
import type { StoreContext } from "./context.js";
import type { Inserter, Stored, Submission } from "./insert/insert.js";

/** What the operations of one store share. */
export interface Store {
  readonly context: StoreContext;
  readonly inserter: Inserter;
}

/** For what reads, of any table. */
export interface ReadingScope {
  readonly session: Session;
  readonly context: StoreContext;
  /** The session for a call that reads: however many statements it takes, together they have the time of the call. */
  readonly within: (options?: CallOptions) => Session;
}

/** For what reads and writes a table that the store keeps. */
export interface WritingScope extends ReadingScope, Store {
  /** Single insertions are committed together with those of other producers; null in a transaction, of which they have to be part. */
  readonly gathering: GroupCommit<Submission, Stored> | null;
  /**
   * The session for a call that changes as much as there is, going on after lost connections: a transaction has none to go on with. The limit that
   * it was given is that of all its statements, while the limit that holds where none is given is one for each of them. A retention that takes
   * minutes is none that hangs.
   */
  readonly going: (options?: CallOptions, through?: typeof patientSession) => Session;
}

/** For the upkeep of tables that the store keeps. */
export interface UpkeepScope extends Store {
  readonly executor: Executor;
  /**
   * The session for steps that are made again where a lost connection has ended them; with a client that was lent there is no other connection.
   * Time limits are those of a statement.
   */
  readonly going: (options?: Pick<CallOptions, "signal">) => Session;
  /** The operation, after which nothing is taken as known of days and listed values. */
  readonly changing: <O extends CallOptions, R>(
    work: (session: Session, catalogue: StoreContext["catalogue"], options?: O) => Promise<R>,
  ) => (options?: O) => Promise<R>;
}

/** The scope of what only reads. */
export function readingScope(session: Session, context: StoreContext): ReadingScope {
  return {
    session,
    context,
    within: ({ timeoutMs = context.limitMs } = {}) => deadlineSession(session, timeoutMs),
  };
}

/** The scope over a session: a pool of connections or a transaction. */
export function createScope(
  session: Session,
  store: Store,
  gathering: WritingScope["gathering"],
): WritingScope {
  const whole = (options: CallOptions): Session => deadlineSession(session, options.timeoutMs);
  return {
    ...readingScope(session, store.context),
    ...store,
    gathering,
    going: (options = {}, through = patientSession) =>
      store.context.inTransaction ? whole(options) : through(whole(options), options),
  };
}

/** The scope of upkeep. */
export function upkeepScope(executor: Executor, store: Store): UpkeepScope {
  const { context, inserter } = store;
  const going: UpkeepScope["going"] = ({ signal } = {}) =>
    context.inTransaction ? executor : patientSession(executor, { signal });
  return {
    ...store,
    executor,
    going,
    changing: (work) => async (options) => {
      inserter.days.forget();
      inserter.words.forget();
      return work(going(options), context.catalogue, options);
    },
  };
}
