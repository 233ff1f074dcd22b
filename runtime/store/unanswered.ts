/** Changes whose answer was lost: the error says what may have been done. */
import { addToMessage } from "../postgres/reworded-error.js";
import { EventStorageError } from "../postgres/errors.js";
import type { OperationRow } from "./operation-row.js";

/** The operations, of which those whose row says what may have been done add it to errors that leave it open. */
export function sayingUnanswered<O extends object>(
  rows: Readonly<Record<string, OperationRow>>,
  operations: O,
): O {
  const saying = Object.entries(operations).map(([name, operation]: [string, unknown]) => {
    const unanswered = rows[name]?.unanswered;
    if (unanswered === undefined || typeof operation !== "function") return [name, operation];
    const call = async (...given: readonly unknown[]): Promise<unknown> => {
      try {
        return await (operation as (...given: readonly unknown[]) => unknown)(...given);
      } catch (error) {
        throw error instanceof EventStorageError && error.uncertain ? addToMessage(error, unanswered) : error;
      }
    };
    return [name, call];
  });
  return Object.fromEntries(saying) as O;
}
