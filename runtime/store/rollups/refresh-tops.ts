/** Bringing the lists of the most frequent values up to date. */
import { MICROS_PER_DAY } from "../../../compiler/values/civil.js";
import type { Session } from "../../postgres/session.js";
import type { CallOptions } from "../../postgres/statement.js";
import { parsePgTimestamp } from "../../../compiler/values/time.js";
import type { StoreContext } from "../context.js";
import { readingRows, spanFrom } from "../slices/slices.js";
import { combinedFields } from "./combination-statements.js";
import { rollupFields } from "./field-statements.js";

/**
 * Lists the most frequent values of each field for all days before today that changed since they were listed, up to `top` values each. Safe
 * beside ingest, deletes and other refreshes: of two that list the same day, the list that stays may be invalid, but not wrong.
 */
export async function refreshTops(
  session: Session,
  context: StoreContext,
  values: number,
  options: CallOptions,
): Promise<void> {
  for (const { name } of rollupFields(context.catalogue, "top"))
    for (const { day } of await context.connect(session).staleDays({ dimension: name }, options)) {
      const spans = [spanFrom(parsePgTimestamp(day), MICROS_PER_DAY)];
      const { client, rows } = await readingRows(session, context, spans, options);
      await client.listDay({ rows, dimension: name, values: name }, { day, values }, options);
    }
}

/** Counts the combinations of the combined fields for all days before today that changed since, with up to `top` values of each other field. */
export async function refreshCombinations(
  session: Session,
  context: StoreContext,
  values: number,
  options: CallOptions,
): Promise<void> {
  if (combinedFields(context.catalogue).length === 0) return;
  const { signal, timeoutMs } = options;
  for (const { day } of await context.connect(session).staleCombinations(options))
    await session.transaction(
      async (transaction) => {
        const spans = [spanFrom(parsePgTimestamp(day), MICROS_PER_DAY)];
        const { client, rows } = await readingRows(transaction, context, spans, options);
        await client.lockRollups();
        await client.forgetCombinations({ day }, options);
        await client.listCombinations({ rows }, { day, values }, options);
      },
      { signal, timeoutMs },
    );
}
