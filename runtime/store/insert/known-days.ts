/** Remembers which day partitions are there, so that an insert asks the database only about new days. */
import type { Catalogue } from "../../../compiler/catalogue/model.js";
import type { Day } from "../../../compiler/schema/day.js";
import type { Session } from "../../postgres/session.js";
import type { CallOptions } from "../../postgres/statement.js";
import { ensureDays } from "../schema/index.js";
import { LOCK_TIMEOUT_MS } from "../schema/locks.js";
import type { EncodedEvent } from "./encoded-event.js";

/** How long a day is taken to be there: retention in another process may drop it, after which its events go to the default partition. */
const REMEMBERED_MS = 60_000;

/** The days that are known to have partitions. */
export interface KnownDays {
  /** Makes the partitions that the events need and that are not there yet. */
  readonly ensure: (session: Session, events: readonly EncodedEvent[], options: CallOptions) => Promise<void>;
  /** Forgets everything, after partitions were dropped. */
  readonly forget: () => void;
}

/** An event is stored all the same where its day can't be made now: most of the time of a call is for storing it. */
function patienceMs({ timeoutMs = 0 }: CallOptions): number | undefined {
  return timeoutMs > 0 ? Math.max(1, Math.min(LOCK_TIMEOUT_MS, Math.floor(timeoutMs / 8))) : undefined;
}

/** The memory of one store. */
export function createKnownDays(catalogue: Catalogue): KnownDays {
  const checked = new Map<Day, number>();
  const forget = () => checked.clear();
  return {
    forget,
    ensure: async (session, events, options) => {
      const now = Date.now();
      const unknown = new Set<Day>();
      for (const { day } of events) if (now - (checked.get(day) ?? 0) > REMEMBERED_MS) unknown.add(day);
      if (unknown.size === 0) return;
      await ensureDays(session, catalogue, unknown, {
        signal: options.signal,
        lockTimeoutMs: patienceMs(options),
      });
      for (const day of unknown) checked.set(day, now);
    },
  };
}

/**
 * The memory of a transaction, which makes no day: it would keep the default partition locked against everyone until its end. Events of a
 * new day go to the default partition; the next insertion outside, or a refresh, makes the day and moves them there.
 */
export function withoutDays({ forget }: KnownDays): KnownDays {
  return { forget, ensure: () => Promise.resolve() };
}
