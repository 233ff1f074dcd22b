/** Looking whether a store is as it has to be: the operation, how it is called, and its method. */
import * as checks from "../arguments/options.js";
import { UNFILTERED, type OperationRows } from "../operation-row.js";
import type { UpkeepScope } from "../scope.js";
import type { VerifyOptions, VerifyReport } from "../types/upkeep.js";
import { verify, type VerifyContext } from "./verify.js";

/** What only a store offers: looking whether all is well. */
export interface VerifyUpkeep {
  /** Looks whether columns, indexes, counters, identifiers, lists and partitions are as they have to be; `repair` mends it. */
  verify(options?: VerifyOptions): Promise<VerifyReport>;
}

/** How it is called. */
export const VERIFY_UPKEEP = {
  verify: {
    runsOn: "primary",
    restricted: UNFILTERED,
    foreign: "its tables are looked after by what keeps it",
    parameters: [],
    options: checks.VERIFY,
  },
} as const satisfies OperationRows<VerifyUpkeep>;

/** Its method. */
export function verifyUpkeep(
  { context: { catalogue }, going }: UpkeepScope,
  transaction: VerifyContext["transaction"],
): VerifyUpkeep {
  return {
    verify: (options) => verify(going(options), { catalogue, transaction }, options),
  };
}
