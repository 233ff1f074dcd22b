/** All fixed operations of a store. */
import type { Catalogue } from "../catalogue/model.js";
import { storeTables } from "../catalogue/tables.js";
import { eventOperations } from "./events.js";
import { boundsOperations, maintenanceOperations } from "./maintenance.js";
import type { OperationSpec } from "../sql/operation.js";
import { statusOperations } from "./status.js";
import { thresholdOperations } from "./thresholds.js";

/**
 * The operations over the tables of a catalogue, in the order in which they are generated.
 *
 * @throws Error when the catalogue does not describe a table that the store can keep, see storeTables
 */
export function operationSpecs(catalogue: Catalogue): readonly OperationSpec[] {
  const tables = storeTables(catalogue);
  return [
    ...eventOperations(catalogue),
    ...thresholdOperations(tables),
    ...statusOperations(tables),
    ...maintenanceOperations(catalogue),
    ...boundsOperations(catalogue),
  ];
}
