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
  const lists = await pendingLists(session, catalogue);
  for (const { statements } of lists)
    for (const statement of statements) await session.query(statement, [], options);
  return lists.map(({ field }) => field);
}

/** What completes the list of a field. */
interface PendingList {
  readonly field: string;
  readonly statements: readonly string[];
}

/** The lists that are not complete, each with the statements that make it so. */
export async function pendingLists(session: Session, catalogue: Catalogue): Promise<readonly PendingList[]> {
  const { words } = storeNames(catalogue);
  const complete = await readNames(
    session,
    `select field from ${words} where value = ${stringLiteral(COMPLETE)}`,
    [],
  );
  const missing = listedFields(catalogue).filter(({ name }) => !complete.has(name));
  if (missing.length === 0) return [];
  const partitions = await presentPartitions(session, storeTables(catalogue).events.name);
  return missing.map((field) => ({
    field: field.name,
    statements: [
      ...[...partitions.keys()].map((partition) => listStatement(field, words, partition)),
      completeStatement(field, words),
    ],
  }));
}

/** The statements that mark the lists of a store without events as complete. */
export function emptyLists(catalogue: Catalogue): readonly string[] {
  const { words } = storeNames(catalogue);
  return listedFields(catalogue).map((field) => completeStatement(field, words));
}

const completeStatement = ({ name }: StoredField, words: string): string =>
  `insert into ${words} (field, value) values (${stringLiteral(name)}, ${stringLiteral(COMPLETE)}) on conflict do nothing`;

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
