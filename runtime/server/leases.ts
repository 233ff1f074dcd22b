import type { PreparedDatabase } from "./prepare.js";
import type { DatabaseHandle } from "./types.js";

/** A database that answers, and how its server is stopped. */
export interface ServedDatabase {
  readonly connectionString: string;
  readonly prepared: PreparedDatabase;
  readonly stop: () => Promise<void>;
}

/** A server that several callers of this process share. */
interface Lease {
  readonly served: Promise<ServedDatabase>;
  users: number;
  ending?: Promise<void>;
}

/** Servers of this process by the folder of their data. */
const leases = new Map<string, Lease>();

/** Ends a lease: the server stops, once, and the folder is free. */
function endLease(folder: string, lease: Lease): Promise<void> {
  lease.ending ??= lease.served.then(({ stop }) => stop()).finally(() => leases.delete(folder));
  return lease.ending;
}

/** Joins the server that this process runs on a folder, or starts it. */
async function takeLease(folder: string, start: () => Promise<ServedDatabase>): Promise<Lease> {
  await leases.get(folder)?.ending;
  const running = leases.get(folder);
  if (running !== undefined) {
    running.users += 1;
    return running;
  }
  const lease: Lease = { served: start(), users: 1 };
  leases.set(folder, lease);
  lease.served.catch(() => leases.delete(folder));
  return lease;
}

/**
 * Shares one server among the callers of this process: the first starts it, the last to release it stops it.
 *
 * @param folder of the server's data
 * @param start rejects when there can be no server; the next caller tries anew
 */
export async function leaseServer(
  folder: string,
  start: () => Promise<ServedDatabase>,
): Promise<ServedDatabase & Pick<DatabaseHandle, "release">> {
  const lease = await takeLease(folder, start);
  const { connectionString, prepared } = await lease.served;
  let isReleased = false;
  return {
    connectionString,
    prepared,
    stop: () => endLease(folder, lease),
    release: async () => {
      if (isReleased) return;
      isReleased = true;
      lease.users -= 1;
      if (lease.users === 0) await endLease(folder, lease);
    },
  };
}
