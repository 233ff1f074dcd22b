/** Whether events still come. */
import type { Session } from "../../postgres/session.js";
import type { CallOptions } from "../../postgres/statement.js";
import type { StoreContext } from "../context.js";
import { EVERYTHING, remaining, slicesOf } from "../slices/slices.js";

/** Whether an event was stored less than the given seconds ago, by the server's clock. The newest partitions are asked first. */
export async function watchdogEvents(
  session: Session,
  context: StoreContext,
  interval: number,
  options: CallOptions = {},
): Promise<boolean> {
  const everything = { slot: EVERYTHING, bounds: () => ({ from: null, to: null }) };
  const slices = await slicesOf(session, context, everything, options);
  const [{ client }] = slices;
  if (slices.length === 1) return (await client.watchdogEvents({ interval }, options)).alive;
  const left = remaining(options);
  for (const { span } of slices.toReversed())
    if ((await client.watchdogSlice({ span }, { interval }, left())).alive) return true;
  return false;
}
