/**
 * All statements of a store: pure functions of a catalogue, each beside the feature that it serves. The generator evaluates them ahead; a store
 * of a catalogue for which nothing was generated evaluates them as it is opened.
 */
import type { Catalogue } from "../../compiler/catalogue/model.js";
import type { OperationSpec } from "../../compiler/sql/operation.js";
import { countOperations } from "./count/statements.js";
import { dashboardOperations } from "./dashboards/statements.js";
import { insertOperations } from "./insert/statements.js";
import { plainOperations } from "./plain/statements.js";
import { retentionOperations } from "./retention/statements.js";
import { rollupOperations } from "./rollups/statements.js";
import { searchOperations } from "./search/statements.js";
import { statusOperations } from "./status/statements.js";
import { thresholdOperations } from "./thresholds/statements.js";

/**
 * The operations over the tables of a catalogue, in the order in which they are generated; of a table that something else keeps those that make
 * sense there.
 *
 * @throws Error when the catalogue does not describe a table that the store can keep, see storeTables
 */
export function operationSpecs(catalogue: Catalogue): readonly OperationSpec[] {
  if (catalogue.table.plain !== undefined) return plainOperations(catalogue);
  return [
    insertOperations,
    searchOperations,
    countOperations,
    dashboardOperations,
    rollupOperations,
    retentionOperations,
    thresholdOperations,
    statusOperations,
  ].flatMap((operations) => operations(catalogue));
}
