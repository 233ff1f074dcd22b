/** Single events by their identifiers. Of many partitions only that of the event is locked, which its identifier tells. */
import { isSpread } from "../../../compiler/catalogue/spread.js";
import { identifier } from "../../../compiler/sql/fragment.js";
import { isColumnText } from "../../../compiler/values/text.js";
import type { Session } from "../../postgres/session.js";
import type { CallOptions, FilterSource, Statement } from "../../postgres/statement.js";
import type { StoreClient } from "../client.js";
import type { StoreContext } from "../context.js";
import { planningEach } from "../slices/sessions.js";
import { hasMany, sliceLimits, remaining } from "../slices/slices.js";

/** The JSON text of an event; null when there is none. */
export async function fetchText(
  session: Session,
  context: StoreContext,
  id: string,
  options: CallOptions = {},
): Promise<string | null> {
  if (!isColumnText(id)) return null;
  const client = context.connect(session);
  const left = remaining(options);
  if (!(await hasMany(session, context, sliceLimits(options))))
    return (await client.fetchEvent({ id }, left()))?.event ?? null;
  const [found] = await client.locateEvents({ ids: [id] }, left());
  if (found === undefined) return null;
  const { seq, time } = found;
  const planned = planningEach(session, context);
  if (isSpread(context.catalogue)) {
    const { spreadText } = context.statements as unknown as SpreadStatements;
    return (await planned.run(spreadText, { id, seq, time }, left()))?.event ?? null;
  }
  return (await context.connect(planned).fetchSlice({ seq, time }, left()))?.event ?? null;
}

/** The statement that a store on one server has not. */
interface SpreadStatements {
  readonly spreadText: Statement<
    { readonly id: string; readonly seq: string; readonly time: string },
    { readonly event: string },
    "optional"
  >;
}

/** Deletes an event; false when there is none. */
export async function deleteById(
  session: Session,
  context: StoreContext,
  id: string,
  options: CallOptions = {},
): Promise<boolean> {
  if (!isColumnText(id)) return false;
  const client = context.connect(session);
  const left = remaining(options);
  if (!(await hasMany(session, context, sliceLimits(options))))
    return (await client.deleteEvent({ id }, left())) > 0;
  const [found] = await client.locateEvents({ ids: [id] }, left());
  if (found === undefined) return false;
  const sliced = context.connect(planningEach(session, context));
  return (await sliced.deleteSlice(slotsOf(context, found), left())) > 0;
}

type Located = Awaited<ReturnType<StoreClient["locateEvents"]>>[number];

function slotsOf({ tables }: StoreContext, { id, seq, time }: Located) {
  const column = identifier(tables.roles.time.column);
  const filter: FilterSource = (first) => ({
    text:
      `${identifier(tables.roles.id.column)} = $${first}::text and seq = $${first + 1}::bigint ` +
      `and ${column} = $${first + 2}::timestamptz`,
    values: [id, seq, time],
  });
  const texts: FilterSource = (first) => ({ text: `j.${column} = $${first}::timestamptz`, values: [time] });
  return { filter, texts };
}
