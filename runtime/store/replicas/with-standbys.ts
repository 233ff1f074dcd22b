/** A store whose reads run on standbys. */
import type { EventStorage } from "../storage.js";
import { routedOperations } from "./route.js";
import type { Standbys } from "./standbys.js";

/**
 * The store, with its reads on standbys; its status and its queries are of all servers, and `close` closes all connections.
 *
 * @param limitMs milliseconds allowed to a call that sets none
 */
export function withStandbys(storage: EventStorage, standbys: Standbys, limitMs: number): EventStorage {
  return {
    ...storage,
    ...routedOperations(storage, standbys.choose, limitMs),
    databaseStatus: async (options) => ({
      ...(await storage.databaseStatus(options)),
      standbys: await standbys.status(),
    }),
    queriesStatus: async (options) => [
      ...(await storage.queriesStatus(options)),
      ...(await standbys.queriesStatus(options)),
    ],
    queryStatus: async (name, options) =>
      (await storage.queryStatus(name, options)) ?? (await standbys.queryStatus(name, options)),
    queryCancel: async (name, options) =>
      (await storage.queryCancel(name, options)) || (await standbys.queryCancel(name, options)),
    close: async () => {
      await Promise.all([storage.close(), standbys.close()]);
    },
  };
}
