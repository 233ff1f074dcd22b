/**
 * The names of the counts by the combinations of the fields that are marked `combined`, day by day, in the table of the lists.
 *
 * A row of the day shows which combinations its events have, each as a JSON array, and how many events have each. For every field that is rolled
 * up, a row for each combination shows how often its values occur among these events: of the values that are listed, which are those that are most
 * frequent on the whole day. What is not listed occurs on the whole day as often as the row's bound says at most, so that the lists of the
 * combinations that a filter matches, added, are a list of that filter. Where no event of a combination has a value of the field, there is no row.
 */
import { createHash } from "node:crypto";
import type { Catalogue, StoredField } from "../../../compiler/catalogue/model.js";
import { stringLiteral } from "../../../compiler/sql/fragment.js";
import { rollupFields } from "./field-statements.js";

/** The name under which the hours of the events are counted; no field has it. */
const HOURS = "@hours";

/** The fields whose combinations are counted. */
export function combinedFields(catalogue: Catalogue): readonly StoredField[] {
  return rollupFields(catalogue, "all").filter(({ combined }) => combined === true);
}

/** What the dimensions of these counts begin with: it differs where other fields are combined. */
function prefixOf(catalogue: Catalogue): string {
  const names = combinedFields(catalogue).map(({ name }) => name);
  return `combined ${createHash("sha256").update(names.join(" ")).digest("base64url").slice(0, 8)}`;
}

/** The dimension of the row that tells the combinations of a day, as a string of SQL. */
export function combinationsDimension(catalogue: Catalogue): string {
  return stringLiteral(prefixOf(catalogue));
}

/** The dimensions of the counts of a field's values without the number of the combination, which follows; as a string of SQL. */
export function combinedDimension(catalogue: Catalogue, name: string): string {
  return stringLiteral(`${prefixOf(catalogue)} ${name} `);
}

/** The same for the hours of the events, numbered from 1970. */
export function combinedHours(catalogue: Catalogue): string {
  return combinedDimension(catalogue, HOURS);
}
