/** What calls of ours cost besides their time: the first one on a connection, locks, and the memory of the server's session. */
import type pg from "pg";
import type { EventStorage } from "../../../../runtime/store/index.js";
import { elapsed } from "../measure.js";
import type { CallCosts } from "../report.js";

/** Calls after the first, while which the locks are looked at. */
const FURTHER_CALLS = 30;

/** The costs of a call on a store with one connection, which is new and closed afterwards. `observer`: another connection to the same database. */
export async function costsOf<Storage extends Pick<EventStorage, "query" | "close">>(
  storage: Storage,
  observer: pg.Client,
  callOf: (storage: Storage) => Promise<() => Promise<unknown>>,
): Promise<CallCosts> {
  try {
    const pid = await ownNumber(storage, "pg_backend_pid()");
    const call = await callOf(storage);
    const first = await elapsed(call);
    const locks = await mostLocks(observer, pid, async () => {
      for (let run = 0; run < FURTHER_CALLS; run++) await call();
    });
    return { first_ms: first, locks, backend_mb: await backendMegabytes(storage) };
  } finally {
    await storage.close();
  }
}

/** Megabytes of the session of a store with one connection. */
export async function backendMegabytes(storage: Pick<EventStorage, "query">): Promise<number> {
  const bytes = await ownNumber(storage, "(select sum(total_bytes) from pg_backend_memory_contexts)");
  return bytes / 1e6;
}

async function ownNumber(storage: Pick<EventStorage, "query">, expression: string): Promise<number> {
  const { rows } = await storage.query(`select ${expression} as n`);
  return Number(rows[0]?.["n"]);
}

/** The most locks that a session was seen to hold while something ran. */
async function mostLocks(observer: pg.Client, pid: number, work: () => Promise<unknown>): Promise<number> {
  const state = { ended: false, most: 0 };
  const watch = async (): Promise<void> => {
    while (!state.ended) {
      const { rows } = await observer.query<{ n: number }>(
        "select count(*)::int as n from pg_locks where pid = $1",
        [pid],
      );
      state.most = Math.max(state.most, rows[0]?.n ?? 0);
    }
  };
  const watching = watch();
  try {
    await work();
  } finally {
    state.ended = true;
    await watching;
  }
  return state.most;
}
