/** Roles of the database: the operation, how it is called, and its method. */
import * as checks from "../arguments/options.js";
import { UNFILTERED, type OperationRows } from "../operation-row.js";
import type { UpkeepScope } from "../scope.js";
import type { RolesOptions, RolesReport } from "../types/upkeep.js";
import { createRoles } from "./roles.js";

/** What only a store offers: roles. */
export interface RolesUpkeep {
  /** Creates the roles of owner, writer and reader; see runtime/store/roles/roles.ts for what each may do. */
  rolesCreate(options?: RolesOptions): Promise<RolesReport>;
}

/** How it is called. */
export const ROLES_UPKEEP = {
  rolesCreate: {
    runsOn: "primary, after a patient look",
    restricted: UNFILTERED,
    foreign: "its roles belong to what keeps it",
    parameters: [],
    options: checks.ROLES,
  },
} as const satisfies OperationRows<RolesUpkeep>;

/** Its method. */
export function rolesUpkeep({ context: { catalogue }, going }: UpkeepScope): RolesUpkeep {
  return {
    rolesCreate: (options) => createRoles(going(options), catalogue, options),
  };
}
