/** Listing the values of what is stored already: for fields whose list was never made. See `StoreTables.words`. */
import { listedFields } from "../../../compiler/catalogue/columns.js";
import type { Catalogue, StoredField } from "../../../compiler/catalogue/model.js";
import { COMPLETE } from "../../../compiler/catalogue/tables.js";
import { identifier, stringLiteral } from "../../../compiler/sql/fragment.js";
import { storeNames } from "../../../compiler/sql/store-names.js";
import type { Session } from "../../postgres/session.js";
import { readNames } from "./present.js";

/** Completes the list of each field that is to have one. Gives the names of those that had none. */
export async function listWords(transaction: Session, catalogue: Catalogue): Promise<readonly string[]> {
  const complete = await readNames(
    transaction,
    `select field from ${storeNames(catalogue).words} where value = ${stringLiteral(COMPLETE)}`,
    [],
  );
  const missing = listedFields(catalogue).filter(({ name }) => !complete.has(name));
  for (const field of missing) await transaction.query(listStatement(field, catalogue));
  return missing.map(({ name }) => name);
}

function listStatement({ name, column, list }: StoredField, catalogue: Catalogue): string {
  const { events, words } = storeNames(catalogue);
  const values = list
    ? `select distinct x.v from ${events}, unnest(${identifier(column)}) as x (v)`
    : `select distinct ${identifier(column)} as v from ${events}`;
  return (
    `insert into ${words} (field, value) ` +
    `select ${stringLiteral(name)}, v from (${values} union select ${stringLiteral(COMPLETE)}) as found where v is not null ` +
    `on conflict do nothing`
  );
}
