/** Poolers between us and the server: how one is recognised, and what it does to a session. */
import type { ConnectedClient } from "./connect.js";
import { unnamed } from "./exchange.js";
import { askAtOnce } from "./connect.js";
import { PROCESS_NUMBER } from "./session-statements.js";

/**
 * What is between a connection and its server.
 *
 * - `none`: nothing; a session is ours.
 * - `session`: a pooler that gives us a server's session for as long as we are connected.
 * - `transaction`: one that may give us another session for each transaction, and ours to others between them.
 */
export type PoolerMode = "none" | "session" | "transaction";

/**
 * Whether the server behind a connection is the one that took it: a pooler answers the start of a session with a number of its own in place
 * of the server process's. Whether it pools sessions or transactions it does not say, so the stricter one is taken.
 */
export async function recognisePooler(
  client: ConnectedClient,
  limitMs: number,
  signal: AbortSignal,
): Promise<PoolerMode> {
  const [reply] = await askAtOnce(client, unnamed(PROCESS_NUMBER), limitMs, signal);
  return Number(reply?.rows[0]?.[0]) === client.processID ? "none" : "transaction";
}

/** PgBouncer and its like: `unsupported startup parameter: options`. */
export function isRefusedOption(error: unknown): boolean {
  return error instanceof Error && /unsupported startup parameter/u.test(error.message);
}
