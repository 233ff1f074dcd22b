/**
 * The operations of a store and of a transaction. Each feature has its part in an `operations.ts` of its own: what is offered, how it is called, and
 * the methods. Here the parts are put together, with what concerns the session itself.
 */
import { callback, text } from "../../compiler/values/checks.js";
import type { CatalogueNames } from "../client.js";
import type { QueryRows, Session, TransactionOptions } from "../postgres/session.js";
import type { CallOptions } from "../postgres/statement.js";
import * as checks from "./arguments/options.js";
import { COUNT_OPERATIONS, countMethods, type CountOperations } from "./count/operations.js";
import { DASHBOARD_OPERATIONS, dashboardMethods, type DashboardOperations } from "./dashboards/operations.js";
import { withoutDays } from "./insert/known-days.js";
import { withoutWords } from "./insert/known-words.js";
import { INSERT_OPERATIONS, insertMethods, type InsertOperations } from "./insert/operations.js";
import { UNFILTERED, type OperationRows } from "./operation-row.js";
import { RETENTION_OPERATIONS, retentionMethods, type RetentionOperations } from "./retention/operations.js";
import { ROLLUP_OPERATIONS, rollupMethods, type RollupOperations } from "./rollups/operations.js";
import { refusingNewer } from "./schema/newer.js";
import { createScope, type WritingScope, type Store } from "./scope.js";
import { withoutMemory } from "./search/days.js";
import { SEARCH_OPERATIONS, searchMethods, type SearchOperations } from "./search/operations.js";
import { STATUS_OPERATIONS, statusMethods, type StatusOperations } from "./status/operations.js";
import { THRESHOLD_OPERATIONS, thresholdMethods, type ThresholdOperations } from "./thresholds/operations.js";
import type { IdeaNames } from "./types/events.js";
import { sayingUnanswered } from "./unanswered.js";

/** The operations that a transaction offers too. */
export interface EventOperations<N extends CatalogueNames = IdeaNames>
  extends
    InsertOperations<N>,
    SearchOperations<N>,
    CountOperations,
    RetentionOperations,
    DashboardOperations<N>,
    RollupOperations,
    StatusOperations<N>,
    ThresholdOperations {
  /**
   * Runs SQL of your own with `$1` … for its values, and returns its rows as objects.
   *
   * @throws DataError and the other errors of the store, with the SQLSTATE of the server
   */
  query(text: string, values?: readonly unknown[], options?: CallOptions): Promise<QueryRows>;
  /**
   * Runs `work` in a transaction: committed when it resolves, rolled back when it rejects. Within a transaction it is a savepoint. With
   * `retry` it is repeated after a conflict with another session, so `work` must do nothing that can't be repeated.
   *
   * @throws TransactionConflictError when it still conflicts after the last attempt
   */
  transaction<T>(
    work: (operations: EventOperations<N>) => Promise<T>,
    options?: TransactionOptions,
  ): Promise<T>;
}

/** How they are called, and where they may run. */
export const OPERATIONS = {
  ...INSERT_OPERATIONS,
  ...SEARCH_OPERATIONS,
  ...COUNT_OPERATIONS,
  ...RETENTION_OPERATIONS,
  ...DASHBOARD_OPERATIONS,
  ...ROLLUP_OPERATIONS,
  ...STATUS_OPERATIONS,
  ...THRESHOLD_OPERATIONS,
  query: {
    runsOn: "primary",
    unanswered: "what the statement changes may have been changed",
    restricted: UNFILTERED,
    parameters: [
      ["text", text],
      ["values", checks.statementValues, "optional"],
    ],
    options: checks.QUERY,
  },
  transaction: { runsOn: "primary", parameters: [["work", callback]], options: checks.TRANSACTION },
} as const satisfies OperationRows<EventOperations>;

/** The operations over a session: a pool of connections or a transaction, which has no `gathering`. */
export function createOperations(
  session: Session,
  store: Store,
  gathering: WritingScope["gathering"],
): EventOperations {
  const scope = createScope(session, store, gathering);
  const { context } = store;
  const methods: EventOperations = {
    ...insertMethods(scope),
    ...searchMethods(scope),
    ...countMethods(scope),
    ...retentionMethods(scope),
    ...dashboardMethods(scope),
    ...rollupMethods(scope),
    ...statusMethods(scope),
    ...thresholdMethods(scope),
    query: (statement, values, options) => session.query(statement, values, options),
    transaction: (work, options) =>
      session.transaction(
        (transaction) =>
          work(
            createOperations(transaction, storeWithin(store, options?.timeoutMs ?? context.limitMs), null),
          ),
        options,
      ),
  };
  // A transaction whose connection is lost is rolled back.
  const said = context.inTransaction ? methods : sayingUnanswered(OPERATIONS, methods);
  return refusingNewer(session, context, OPERATIONS, said);
}

/** The store as a transaction sees it: what it learns may be rolled back, so that nothing of it is remembered. */
function storeWithin({ context, inserter }: Store, limitMs: number | undefined): Store {
  return {
    context: { ...context, partitions: withoutMemory(context.partitions), inTransaction: true, limitMs },
    inserter: {
      ...inserter,
      days: withoutDays(inserter.days),
      words: withoutWords(inserter.words),
      spread: null,
    },
  };
}
