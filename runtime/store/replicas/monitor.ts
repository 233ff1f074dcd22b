/** Which standbys are fresh enough: asked at most every 100 ms, while there are reads, over connections beside those of the reads. */
import type { Executor } from "../../postgres/session.js";
import type { StandbyStatus } from "../types/upkeep.js";
import { lagOf, withSample, type PrimarySample, type StandbySample } from "./lag.js";
import { PRIMARY_INSERTED, PRIMARY_POSITION, STANDBY_POSITION } from "./statements.js";

/** Milliseconds for which an answer holds. */
const HOLDS_MS = 100;

/** Milliseconds after which a server that did not answer is asked again. */
const RETRY_MS = 1_000;

/** Milliseconds that a server has to answer. */
export const ANSWER_MS = 1_000;

/** What is known of a standby. */
export type StandbyState = Pick<StandbyStatus, "state" | "lagMs" | "problem">;

/** Watches the standbys of a primary. */
export interface Monitor {
  /** Resolves when what is known is fresh; never rejects. */
  readonly look: () => Promise<void>;
  /** What is known of each standby, in their order. */
  readonly states: () => readonly StandbyState[];
  /** A read found that a standby does not answer: it is left alone for a second. */
  readonly lost: (at: number, error: unknown) => void;
  /** Asks all of them, those too that are left alone. */
  readonly lookAtAll: () => Promise<void>;
}

/** The servers to ask: connections for the questions alone. */
export interface Watched {
  readonly primary: Executor;
  readonly standbys: readonly Executor[];
  /** Milliseconds that a standby may be behind; with 0 each read asks. */
  readonly maxLagMs: number;
}

interface Identity {
  readonly system: unknown;
  readonly database: unknown;
}

/** What is known of a server that may be away. */
interface Reach {
  /** Not to be waited for before this moment. */
  awayUntil: number;
  asking: Promise<void> | null;
}

const LOST = (error: unknown): StandbyState => ({
  state: "lost",
  lagMs: null,
  problem: error instanceof Error ? error.message : String(error),
});

/** A monitor that knows nothing yet. */
export function createMonitor({ primary, standbys, maxLagMs }: Watched): Monitor {
  let samples: readonly PrimarySample[] = [];
  let identity: Identity | null = null;
  const reachOfPrimary: Reach = { awayUntil: 0, asking: null };
  const reaches = standbys.map((): Reach => ({ awayUntil: 0, asking: null }));
  const answers = standbys.map((): (StandbySample & Identity & { readonly standby: boolean }) | null => null);
  const states = standbys.map((): StandbyState => LOST("not asked yet"));
  let lookedAt = -Infinity;
  let looking: Promise<void> | null = null;
  let next: Promise<void> | null = null;

  const askPrimary = async (): Promise<void> => {
    const at = performance.now();
    const { rows } = await primary.query(maxLagMs === 0 ? PRIMARY_INSERTED : PRIMARY_POSITION, [], QUESTION);
    const { system, database, clock, position } = rows[0] ?? {};
    if (typeof position !== "string") return;
    identity = { system, database };
    samples = withSample(samples, { position: BigInt(position), at, clock: Number(clock) });
  };

  const askStandby = async (at: number): Promise<void> => {
    const { rows } = await standbys[at]!.query(STANDBY_POSITION, [], QUESTION);
    const { system, database, standby, committed, position } = rows[0] ?? {};
    answers[at] = {
      ...{ system, database, standby: standby === true },
      position: typeof position === "string" ? BigInt(position) : null,
      committed: committed === null || committed === undefined ? null : Number(committed),
    };
  };

  /** Asks a server, once at a time; one that is away is asked beside, so that nobody waits for it. */
  const ask = (
    reach: Reach,
    question: () => Promise<void>,
    onLost: (error: unknown) => void,
  ): Promise<void> => {
    const isAway = reach.awayUntil > 0;
    if (performance.now() < reach.awayUntil) return Promise.resolve();
    reach.asking ??= question()
      .then(
        () => void (reach.awayUntil = 0),
        (error: unknown) => {
          reach.awayUntil = performance.now() + RETRY_MS;
          onLost(error);
        },
      )
      .finally(() => void (reach.asking = null));
    return isAway ? Promise.resolve() : reach.asking;
  };

  const lose = (at: number, error: unknown): void => {
    answers[at] = null;
    states[at] = LOST(error);
  };

  const settle = (started: number): void => {
    const newest = samples.at(-1);
    const moment = newest !== undefined && newest.at >= started ? newest.at : performance.now();
    for (const [at, answer] of answers.entries())
      if (answer !== null) states[at] = judged(answer, identity, lagOf(answer, samples, moment), maxLagMs);
  };

  const lookOnce = async (): Promise<void> => {
    const started = performance.now();
    // The primary first: a standby that is up to date has what it had written by then.
    await ask(reachOfPrimary, askPrimary, () => undefined);
    await Promise.all(
      reaches.map((reach, at) =>
        ask(
          reach,
          () => askStandby(at),
          (error) => lose(at, error),
        ),
      ),
    );
    settle(started);
    lookedAt = started;
  };

  const start = (): Promise<void> =>
    (looking ??= lookOnce().finally(() => {
      looking = null;
    }));

  /** A look that begins after now. */
  const anew = (): Promise<void> =>
    (next ??= (looking ?? Promise.resolve()).then(() => {
      next = null;
      return start();
    }));

  return {
    look: async () => {
      if (maxLagMs === 0) return anew();
      if (performance.now() - lookedAt >= Math.min(HOLDS_MS, maxLagMs)) await start();
    },
    states: () => states,
    lost: (at, error) => {
      const reach = reaches[at];
      if (reach !== undefined) reach.awayUntil = performance.now() + RETRY_MS;
      lose(at, error);
    },
    lookAtAll: async () => {
      for (const reach of [reachOfPrimary, ...reaches]) reach.awayUntil = 0;
      await anew();
    },
  };
}

const QUESTION = { operation: "standbyLag", timeoutMs: ANSWER_MS, idempotent: true };

/** Whether a standby that answers may be read. */
function judged(
  answer: StandbySample & Identity & { readonly standby: boolean },
  primary: Identity | null,
  lag: number,
  maxLagMs: number,
): StandbyState {
  const lagMs = Number.isFinite(lag) ? Math.round(lag) : null;
  if (primary !== null && (answer.system !== primary.system || answer.database !== primary.database))
    return {
      state: "foreign",
      lagMs: null,
      problem: "it does not follow the primary: it has another cluster or database",
    };
  if (!answer.standby)
    return { state: "foreign", lagMs: null, problem: "it is a primary itself, and not a standby" };
  if (lag <= maxLagMs) return { state: "fresh", lagMs };
  return { state: "lagging", lagMs, problem: `it is more than ${maxLagMs} ms behind the primary` };
}
