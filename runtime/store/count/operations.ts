/** Counting events: the operation, how it is called, and its method. */
import type { Filter } from "../../../compiler/compose.js";
import * as checks from "../arguments/options.js";
import type { OperationRows } from "../operation-row.js";
import type { ReadingScope } from "../scope.js";
import type { CountOptions, WithFilter } from "../types/events.js";
import { countEvents } from "./count.js";

/** The operation that counts events. */
export interface CountOperations {
  /**
   * Number of events that match; of all events without a filter. With `approximate: true` the planner's estimate, in milliseconds at any size.
   *
   * @throws FilterError when the filter does not compile
   */
  countEvents<const F extends Filter | undefined = undefined>(
    options?: WithFilter<CountOptions, F>,
  ): Promise<number>;
}

/** How it is called. */
export const COUNT_OPERATIONS = {
  countEvents: { runsOn: "standby", parameters: [], options: checks.COUNT },
} as const satisfies OperationRows<CountOperations>;

/** Its method. */
export function countMethods({ context, within }: ReadingScope): CountOperations {
  return {
    countEvents: (options: CountOptions = {}) => countEvents(within(options), context, options),
  };
}
