/** How the store is, and what its server does: the operations, how they are called, and their methods. */
import { oneOf, text, type Check } from "../../../compiler/values/checks.js";
import type { CatalogueNames } from "../../client.js";
import type { Executor, QueryActivity, StatusOptions } from "../../postgres/session.js";
import type { CallOptions } from "../../postgres/statement.js";
import * as checks from "../arguments/options.js";
import { UNFILTERED, type OperationRows } from "../operation-row.js";
import type { ReadingScope, UpkeepScope } from "../scope.js";
import type { FilterArgument, IdeaNames } from "../types/events.js";
import type { DatabaseStatus, TableStatus } from "../types/upkeep.js";
import { databaseStatus, searchColumnWith, tableStatus } from "./status.js";
import { watchdogEvents } from "./watchdog.js";

/** The operations that say how the events are. */
export interface StatusOperations<N extends CatalogueNames = IdeaNames> {
  /**
   * The smallest (`min`, the default) or the largest (`max`) value of a field; null when no event has one.
   *
   * @throws DataError for a list, and for a field without an order
   */
  searchColumnWith(
    field: N["field"],
    aggregate?: "min" | "max",
    options?: FilterArgument & CallOptions,
  ): Promise<Date | string | number | null>;
  /** Whether an event was stored within the last `interval` seconds (strictly). */
  watchdogEvents(interval: number, options?: CallOptions): Promise<boolean>;
}

const seconds: Check = (value) =>
  typeof value === "number" && Number.isFinite(value) && value >= 0 ? null : "a number of seconds";

/** How they are called. */
export const STATUS_OPERATIONS = {
  searchColumnWith: {
    runsOn: "standby",
    parameters: [
      ["field", text],
      ["aggregate", oneOf("min", "max"), "optional"],
    ],
    options: checks.FILTERED,
  },
  watchdogEvents: { runsOn: "primary", parameters: [["interval", seconds]], options: checks.CALL },
} as const satisfies OperationRows<StatusOperations>;

/** Their methods. */
export function statusMethods({ context, within }: ReadingScope): StatusOperations {
  return {
    searchColumnWith: (field, aggregate = "min", options) =>
      searchColumnWith(within(options), context, { field, aggregate }, options),
    watchdogEvents: (interval, options) => watchdogEvents(within(options), context, interval, options),
  };
}

/** What only a store offers: the status of its tables and of its server. */
export interface StatusUpkeep {
  /**
   * Size in bytes, estimated rows and age of a table, its partitions together.
   *
   * @param column the time column that the age goes by; the first one when absent
   * @throws DataError for an unknown table or column
   */
  tableStatus(table: string, column?: string, options?: CallOptions): Promise<TableStatus>;
  /** Versions, sizes, settings and warnings; with `brief: true` without settings and warnings. */
  databaseStatus(options?: CallOptions & { readonly brief?: boolean | undefined }): Promise<DatabaseStatus>;
  /** What the sessions of the server are doing, those with a name first. Without the right to see others' sessions, your own. */
  queriesStatus(options?: StatusOptions): Promise<readonly QueryActivity[]>;
  /** What the query with this name is doing; null when it is not running. */
  queryStatus(name: string, options?: StatusOptions): Promise<QueryActivity | null>;
  /** Cancels the query with this name on the server. Returns whether there was one; it never hits the next query of the same connection. */
  queryCancel(name: string, options?: StatusOptions): Promise<boolean>;
}

const NO_TABLES = "it has none of the tables whose state is shown";

/** How they are called. */
export const STATUS_UPKEEP = {
  tableStatus: {
    runsOn: "primary",
    restricted: UNFILTERED,
    foreign: NO_TABLES,
    parameters: [
      ["table", text],
      ["column", text, "optional"],
    ],
    options: checks.CALL,
  },
  databaseStatus: {
    runsOn: "primary",
    restricted: UNFILTERED,
    foreign: NO_TABLES,
    parameters: [],
    options: checks.DATABASE_STATUS,
  },
  queriesStatus: { runsOn: "primary", restricted: UNFILTERED, parameters: [], options: checks.STATUS },
  queryStatus: {
    runsOn: "primary",
    restricted: UNFILTERED,
    parameters: [["name", text]],
    options: checks.STATUS,
  },
  queryCancel: {
    runsOn: "primary",
    restricted: UNFILTERED,
    parameters: [["name", text]],
    options: checks.STATUS,
  },
} as const satisfies OperationRows<StatusUpkeep>;

/** The methods of what needs tables of the store. */
export function statusUpkeep({
  executor,
  context,
}: UpkeepScope): Pick<StatusUpkeep, "tableStatus" | "databaseStatus"> {
  return {
    tableStatus: (table, column, options) => tableStatus(executor, context, { table, column }, options),
    databaseStatus: (options) => databaseStatus(executor, context, options),
  };
}

/** The methods of what is asked of any server. */
export function serverUpkeep(
  executor: Executor,
): Pick<StatusUpkeep, "queriesStatus" | "queryStatus" | "queryCancel"> {
  return {
    queriesStatus: (options) => executor.queriesStatus(options),
    queryStatus: (name, options) => executor.queryStatus(name, options),
    queryCancel: (name, options) => executor.queryCancel(name, options),
  };
}
