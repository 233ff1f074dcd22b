/** Reading events: the operations, how they are called, and their methods. */
import type { Filter } from "../../../compiler/compose.js";
import { text } from "../../../compiler/values/checks.js";
import type { CatalogueNames } from "../../client.js";
import { recordToIdea, type IdeaEvent } from "../../events/idea-event.js";
import type { CallOptions } from "../../postgres/statement.js";
import * as checks from "../arguments/options.js";
import type { OperationRows } from "../operation-row.js";
import type { ReadingScope } from "../scope.js";
import type {
  IdeaNames,
  SearchOptions,
  SearchResult,
  StreamEventsOptions,
  StreamIdsOptions,
  WithFilter,
} from "../types/events.js";
import { fetchText } from "./by-id.js";
import { searchEvents } from "./search.js";
import { streamEventIds, streamEvents } from "./stream.js";

/** The operations that read events. */
export interface SearchOperations<N extends CatalogueNames = IdeaNames> {
  /** The event with this id; null when there is none. With `raw: true` its JSON text as it was stored. */
  fetchEvent(
    id: string,
    options?: CallOptions & { readonly raw?: false | undefined },
  ): Promise<IdeaEvent | null>;
  /** The JSON text of the event as it was stored: numbers keep all their digits. */
  fetchEvent(id: string, options: CallOptions & { readonly raw: true }): Promise<string | null>;
  /** A page of the events that match as JSON text: numbers keep all their digits. */
  searchEvents<const F extends Filter | undefined = undefined>(
    options: WithFilter<SearchOptions<N>, F> & { readonly raw: true },
  ): Promise<SearchResult<string>>;
  /**
   * A page of the events that match, newest first unless `sort` says otherwise, 100 events when no `limit` is given.
   *
   * @returns the events, and in `next` the key of the next page (null on the last one), to be passed as `after`
   * @throws FilterError when the filter does not compile
   */
  searchEvents<const F extends Filter | undefined = undefined>(
    options?: WithFilter<SearchOptions<N>, F>,
  ): Promise<SearchResult>;
  /** All events that match, as JSON text. */
  streamEvents<const F extends Filter | undefined = undefined>(
    options: WithFilter<StreamEventsOptions<N>, F> & { readonly raw: true },
  ): AsyncIterable<string>;
  /**
   * All events that match, newest first unless `sort` says otherwise, in constant memory. Leaving the loop ends the query. The filter is
   * compiled at the first event: a wrong one rejects there.
   */
  streamEvents<const F extends Filter | undefined = undefined>(
    options?: WithFilter<StreamEventsOptions<N>, F>,
  ): AsyncIterable<IdeaEvent>;
  /** Identifiers of all events that match, newest first, in constant memory. Leaving the loop ends the query. */
  streamEventIds<const F extends Filter | undefined = undefined>(
    options?: WithFilter<StreamIdsOptions, F>,
  ): AsyncIterable<string>;
}

/** How they are called. */
export const SEARCH_OPERATIONS = {
  fetchEvent: { runsOn: "standby", parameters: [["id", text]], options: checks.FETCH },
  searchEvents: { runsOn: "standby", parameters: [], options: checks.SEARCH },
  streamEvents: { runsOn: "standby", parameters: [], options: checks.STREAM, gives: "iterable" },
  streamEventIds: { runsOn: "standby", parameters: [], options: checks.STREAM_IDS, gives: "iterable" },
} as const satisfies OperationRows<SearchOperations>;

/** Their methods. */
export function searchMethods({ session, context, within }: ReadingScope): SearchOperations {
  return {
    fetchEvent: (async (id: string, options?: CallOptions & { readonly raw?: boolean }) => {
      const found = await fetchText(within(options), context, id, options);
      return found === null || options?.raw === true ? found : recordToIdea(found);
    }) as SearchOperations["fetchEvent"],
    searchEvents: ((options: SearchOptions = {}) =>
      searchEvents(within(options), context, options)) as SearchOperations["searchEvents"],
    streamEvents: ((options: StreamEventsOptions = {}) =>
      streamEvents(session, context, options)) as SearchOperations["streamEvents"],
    streamEventIds: (options: StreamIdsOptions = {}) => streamEventIds(session, context, options),
  };
}
