/** `search --follow`: events as they are stored. */
import { setTimeout as delay } from "node:timers/promises";
import { fieldReader } from "../../compiler/extract/field-reader.js";
import type { Catalogue } from "../../compiler/catalogue/model.js";
import { andFilters } from "../../compiler/compose.js";
import type { EventStorage, SearchResult, SortKey } from "../../runtime/store/types.js";
import { UsageError } from "./errors.js";
import type { GivenFilter } from "./setup.js";

/** Milliseconds between two looks. */
const PAUSE_MS = 1_000;

/** Milliseconds that a look reaches back: an event gets its time of storing before it is committed, by the clock of whoever stores it. */
const REACH_MS = 30_000;

/** Events fetched at a time. */
const PAGE_SIZE = 1000;

/** What is followed, and until when. */
export interface Following {
  readonly storage: EventStorage;
  readonly given: GivenFilter;
  readonly catalogue: Catalogue;
  readonly now: () => Date;
  readonly signal: AbortSignal;
  /** Milliseconds of a look; the store's own limit when absent. */
  readonly timeoutMs?: number | undefined;
}

/**
 * Yields the events that match and are stored from now on, in the order in which they are stored, until the signal.
 *
 * @throws UsageError for a table that does not keep when its rows were stored
 */
export async function* followEvents(
  following: Following,
): AsyncGenerator<readonly string[], void, undefined> {
  const { catalogue, now, signal } = following;
  const { roles } = catalogue.table;
  if (roles === undefined)
    throw new UsageError(
      "--follow needs a table that keeps when each row was stored, which this one does not",
    );
  const idField = catalogue.fields.find((field) => field.name === roles.id);
  const readId = idField?.kind === "stored" ? fieldReader(idField, catalogue) : () => [];
  // Identifiers of the last looks, with the time of the look that saw each last.
  const seen = new Map<string, number>();
  for (let isFirst = true; ; isFirst = false) {
    const at = now().getTime();
    const since = new Date(at - REACH_MS);
    for await (const events of storedSince(following, roles.stored, since)) {
      const fresh = events.filter((event) => {
        const [id] = readId(JSON.parse(event));
        if (typeof id !== "string") return false;
        const isNew = !seen.has(id);
        seen.set(id, at);
        return isNew;
      });
      // What is there at the start is not new.
      if (!isFirst && fresh.length > 0) yield fresh;
    }
    for (const [id, last] of seen) if (last < at) seen.delete(id);
    await delay(PAUSE_MS, undefined, { signal });
  }
}

async function* storedSince(
  { storage, given, signal, timeoutMs }: Following,
  stored: string,
  since: Date,
): AsyncGenerator<readonly string[], void, undefined> {
  const filter = andFilters(given.filter, `${stored} >= ${since.toISOString()}`);
  for (let after: string | undefined; ;) {
    const page: SearchResult<string> = await storage.searchEvents({
      filter,
      args: given.args,
      sort: `${stored}.asc` as SortKey,
      limit: PAGE_SIZE,
      after,
      raw: true,
      signal,
      timeoutMs,
    });
    yield page.events;
    if (!page.hasMore || page.next === null) return;
    after = page.next;
  }
}
