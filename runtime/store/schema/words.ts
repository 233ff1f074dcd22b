/** Listing the values of what is stored already: for fields whose list was never made. See `StoreTables.words`. */
import { listedFields } from "../../../compiler/catalogue/columns.js";
import type { Catalogue, StoredField } from "../../../compiler/catalogue/model.js";
import { COMPLETE, storeTables } from "../../../compiler/catalogue/tables.js";
import { identifier, stringLiteral } from "../../../compiler/sql/fragment.js";
import { storeNames } from "../../../compiler/sql/store-names.js";
import type { Session } from "../../postgres/session.js";
import type { CallOptions } from "../../postgres/statement.js";
import { presentPartitions, readNames } from "./present.js";

/** Completes the list of each field that is to have one, a partition at a time. Gives the names of those that had none. */
export async function listWords(
  session: Session,
  catalogue: Catalogue,
  options: CallOptions,
): Promise<readonly string[]> {
  const { words } = storeNames(catalogue);
  const complete = await readNames(
    session,
    `select field from ${words} where value = ${stringLiteral(COMPLETE)}`,
    [],
  );
  const missing = listedFields(catalogue).filter(({ name }) => !complete.has(name));
  if (missing.length === 0) return [];
  const partitions = await presentPartitions(session, storeTables(catalogue).events.name);
  for (const field of missing) {
    for (const partition of partitions.keys())
      await session.query(listStatement(field, words, partition), [], options);
    const mark = `insert into ${words} (field, value) values ($1, ${stringLiteral(COMPLETE)}) on conflict do nothing`;
    await session.query(mark, [field.name], options);
  }
  return missing.map(({ name }) => name);
}

function listStatement({ name, column, list }: StoredField, words: string, partition: string): string {
  const rows = identifier(partition);
  const values = list
    ? `select distinct x.v from ${rows}, unnest(${identifier(column)}) as x (v)`
    : `select distinct ${identifier(column)} as v from ${rows}`;
  return (
    `insert into ${words} (field, value) select ${stringLiteral(name)}, v from (${values}) as found ` +
    `where v is not null on conflict do nothing`
  );
}
