/** Filters and events as the proofs of the language make them: the cluster finds what one server finds. */
import fc from "fast-check";
import { filters, ideaEvents } from "../../../test/testing/index.js";
import { stored, type Round } from "./pair.js";

const EVENTS = 300;
const FILTERS = 200;
const SEED = 20_240_501;

/** Compares the number of events and those of a page, for each of the filters. */
export async function randomFilters({ pair, ledger }: Round): Promise<void> {
  const sampled = fc.sample(ideaEvents(), { numRuns: EVENTS, seed: SEED });
  // Of two events with one identifier either may be the first that is stored.
  const events = [...new Map(sampled.map((event) => [event["ID"], event])).values()];
  await ledger.compare("insertEvents", pair, async (storage) => {
    const { inserted, duplicates, rejected } = await storage.insertEvents(events.map(stored));
    return [inserted, duplicates, rejected.length];
  });
  for (const filter of new Set(fc.sample(filters(), { numRuns: FILTERS, seed: SEED })))
    await ledger.compare(`random filter: ${filter}`, pair, async (storage) => {
      const { events: found, total } = await storage.searchEvents({ filter, limit: 20, total: true });
      return [total, found];
    });
}
