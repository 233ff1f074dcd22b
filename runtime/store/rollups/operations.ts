/** Keeping roll-ups up to date: the operation, how it is called, and its method. */
import * as checks from "../arguments/options.js";
import { UNFILTERED, type OperationRows } from "../operation-row.js";
import { sweepIdentifiers } from "../retention/cleanup.js";
import { adoptDays } from "../schema/index.js";
import type { WritingScope } from "../scope.js";
import type { RefreshOptions } from "../types/upkeep.js";
import { refreshRollups } from "./refresh.js";

/** The operation that keeps roll-ups up to date. */
export interface RollupOperations {
  /**
   * Brings roll-ups up to date, sorts the indexes of days that got events, and gives days that had to stay in the default partition partitions
   * of their own. Returns the number of hours recomputed.
   */
  refresh(options?: RefreshOptions): Promise<number>;
}

/** How it is called. */
export const ROLLUP_OPERATIONS = {
  refresh: {
    runsOn: "primary, after a patient look",
    restricted: UNFILTERED,
    foreign: "it has no roll-ups",
    parameters: [],
    options: checks.REFRESH,
  },
} as const satisfies OperationRows<RollupOperations>;

/** Its method. It makes the days that are missing, where it may, and brings up to date what is put off while events are stored. */
export function rollupMethods({ context, inserter, gathering, going }: WritingScope): RollupOperations {
  return {
    refresh: async (options = {}) => {
      const session = going(options);
      inserter.days.forget();
      // A transaction would hold the locks of new days until its end.
      if (gathering !== null) await adoptDays(session, context.catalogue, options);
      const hours = await refreshRollups(session, context, options);
      await sweepIdentifiers(session, context, new Date(), options);
      return hours;
    },
  };
}
