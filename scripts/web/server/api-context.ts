/** What the handlers of the explorer's API need. */
import type { Context } from "hono";
import type { FilterOptions } from "../../../compiler/compile.js";
import type { ExplorerData } from "../shared/data.js";
import type { AccessVariables } from "./access.js";
import type { Gate } from "./gate.js";
import type { QueryLog } from "./query-log.js";

/** What the handlers need. */
export interface Api {
  /** The events that a user may see; null: who has the token, with no name. */
  readonly dataFor: (user: string | null) => ExplorerData;
  readonly filterOptions: FilterOptions;
  readonly gate: Gate;
  readonly limits: QueryLimits;
  readonly log: QueryLog;
  /** Whether events can come in while one looks. */
  readonly isLive: boolean;
  readonly version: string;
}

/** What one request may cost. */
export interface QueryLimits {
  /** Milliseconds of a statement. */
  readonly timeoutMs: number;
  /** Events of one page of a search. */
  readonly pageEvents: number;
  /** Events of one export. */
  readonly exportEvents: number;
}

/** A request on its way through a handler. */
export type ApiContext = Context<{ Variables: AccessVariables }>;
