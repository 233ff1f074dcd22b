/**
 * The row that an operation has beside its method: how it is called, where it may run, and what it is within a restriction and over a table that
 * something else keeps. Calls are checked by it, reads are sent to standbys, and what has no meaning somewhere is refused there.
 */
import type { Check } from "../../compiler/values/checks.js";

/** An argument by its name, and what it has to be. */
export type Parameter = readonly [name: string, check: Check, optional?: "optional"];

/** How an operation is called. */
export interface Signature {
  /** The arguments in their order, before the options. */
  readonly parameters: readonly Parameter[];
  /** What one object in their place may hold, and the options after it: the operation can be called with names as well as by position. */
  readonly named?: Pick<Signature, "parameters" | "options">;
  readonly options: Readonly<Record<string, Check>>;
  /** A wrong call of what gives a promise rejects, of what gives an iterable fails at its first item, of what gives a value throws. */
  readonly gives?: "iterable" | "value";
  /** Options that have to be given, and so the options themselves. */
  readonly required?: readonly string[];
}

/** An operation of a store. */
export interface OperationRow extends Signature {
  /**
   * `standby`: it only reads what a standby has too, so it may run on one. `primary`: it reads what only the primary knows, or it changes something,
   * and each of its statements finds out by itself whether a newer release has upgraded the schema. `primary, after a look`: it looks for that
   * before it changes anything; `primary, after a patient look`: again after a lost connection, as upkeep does that goes on after one.
   */
  readonly runsOn: "standby" | "primary" | "primary, after a look" | "primary, after a patient look";
  /**
   * What an error adds where the answer to a change was lost, so that nobody knows whether it was made. Operations that go on after a lost
   * connection, and those that say more by themselves, have none.
   */
  readonly unanswered?: string;
  /** Why a restricted view refuses it. */
  readonly restricted?: string;
  /** Why it is refused over a table that something else keeps. */
  readonly foreign?: string;
}

/** The rows of the operations of a feature. */
export type OperationRows<Operations> = Readonly<Record<keyof Operations, OperationRow>>;

/** Why a restricted view refuses what can't be narrowed by a filter. */
export const UNFILTERED = "is not available in a restricted view of the store";

/** Why nothing is written to a table that something else keeps. */
export const KEPT = "it is written by what keeps it";

/** The operations of a table that give a reason to be refused somewhere. */
export type RefusedOperation<Table, Where extends "restricted" | "foreign"> = {
  [Name in keyof Table]: Table[Name] extends Readonly<Record<Where, string>> ? Name : never;
}[keyof Table];

/** A method for each operation that is refused in a restricted view (`restricted`) or over a foreign table (`foreign`); it rejects with `refusal`. */
export function refusedMethods<Table extends object, Where extends "restricted" | "foreign">(
  table: Table,
  where: Where,
  refusal: (operation: string, reason: string) => Error,
): Readonly<Record<RefusedOperation<Table, Where>, () => Promise<never>>> {
  const methods = Object.entries(table).flatMap(([operation, row]: [string, OperationRow]) => {
    const reason = row[where];
    return reason === undefined
      ? []
      : [[operation, () => Promise.reject(refusal(operation, reason))] as const];
  });
  return Object.fromEntries(methods) as Record<RefusedOperation<Table, Where>, () => Promise<never>>;
}
