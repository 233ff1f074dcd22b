/** Writing to a store that a newer release has upgraded: it is refused, as what this release writes may lack what the newer one relies on. */
import { latestVersion } from "../../../compiler/schema/migrations.js";
import { ofOperation } from "../../postgres/reworded-error.js";
import { boundSession } from "../../postgres/bounded.js";
import { EventStorageError } from "../../postgres/errors.js";
import { patientSession } from "../../postgres/patient.js";
import type { Session } from "../../postgres/session.js";
import type { CallOptions } from "../../postgres/statement.js";
import type { StoreModule } from "../client.js";
import type { StoreContext } from "../context.js";
import type { OperationRow } from "../operation-row.js";

/** @throws EventStorageError `schema_newer` where a newer release has upgraded the schema */
export async function refuseNewer(
  session: Session,
  { connect }: Pick<StoreModule, "connect">,
  operation: string,
  limits: Pick<CallOptions, "signal" | "timeoutMs"> = {},
): Promise<void> {
  const found = await connect(boundSession(session, limits))
    .newerSchema()
    .catch((error: unknown) => {
      throw error instanceof EventStorageError ? ofOperation(error, operation) : error;
    });
  if (found !== null) throw newerSchema(found.version, operation);
}

/** The error of this refusal. */
export function newerSchema(
  version: number,
  operation: string,
  known: number = latestVersion(),
): EventStorageError {
  return new EventStorageError(
    `${operation}: the database has version ${version} of the schema and this release knows version ${known}: it was made by a newer ` +
      `release of idea-eventstore, install that one`,
    { operation, code: "schema_newer" },
  );
}

/**
 * The operations, of which those whose row says so first look whether they may write. Those that daemons call for each event look within their own
 * statement.
 */
export function refusingNewer<O extends object>(
  session: Session,
  context: Pick<StoreContext, "connect" | "inTransaction">,
  rows: Readonly<Record<string, OperationRow>>,
  operations: O,
): O {
  const guarded = Object.entries(operations).map(([name, operation]: [string, unknown]) => {
    const runsOn = rows[name]?.runsOn;
    const isPatient = runsOn === "primary, after a patient look";
    const looks = isPatient || runsOn === "primary, after a look";
    if (!looks || typeof operation !== "function") return [name, operation];
    const call = async (...given: readonly unknown[]): Promise<unknown> => {
      const limits = limitsOf(given.at(-1));
      const goesOn = isPatient && !context.inTransaction;
      await refuseNewer(goesOn ? patientSession(session, limits) : session, context, name, limits);
      return (operation as (...given: readonly unknown[]) => unknown)(...given);
    };
    return [name, call];
  });
  return Object.fromEntries(guarded) as O;
}

/** The limits among the options of a call, which come last. */
function limitsOf(last: unknown): Pick<CallOptions, "signal" | "timeoutMs"> {
  if (typeof last !== "object" || last === null) return {};
  const { signal, timeoutMs } = last as Pick<CallOptions, "signal" | "timeoutMs">;
  return { signal, timeoutMs };
}
