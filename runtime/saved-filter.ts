/**
 * Filters that were compiled ahead, as functions: what `eventstore generate --filters` writes uses this file. It loads no parser; a store
 * brings its own, and over a bare session the store is loaded with the first call.
 */
import type { FilterDefinition } from "../compiler/saved-filter.js";
import { bind } from "../compiler/values/binding.js";
import type { Arguments } from "../compiler/values/execution.js";
import { argumentError } from "../compiler/values/errors.js";
import { dateToMicros } from "../compiler/values/time.js";
import type { CatalogueNames } from "./client.js";
import type { Session } from "./postgres/session.js";
import type { CallOptions, FilterSource } from "./postgres/statement.js";
import type {
  AggregateOptions,
  AggregateRow,
  CountOptions,
  DeleteOptions,
  EventOperations,
  FilterArgument,
  IdeaNames,
  SearchOptions,
  SearchResult,
  Timeline,
  TimelineOptions,
} from "./store/types.js";
import type { IdeaEvent } from "./events/idea-event.js";

/** What a filter is asked of: a store, its transaction, or a session of `idea-eventstore/runtime`. */
export type FilterTarget = EventOperations<NoNames> | Session;

/** A store whatever it knows by name. */
interface NoNames extends CatalogueNames {
  readonly field: never;
  readonly column: never;
  readonly sort: never;
}

/** What the sources of filters that were generated together may refer to. */
export type FilterDefinitionOptions = Pick<FilterDefinition, "sets" | "filters" | "timeZone" | "catalogue">;

/** Options of an operation without its filter. */
type Without<Options> = Omit<Options, keyof FilterArgument>;

/** A call with the filter's arguments, which may be left out where the filter has no parameters. */
type Call<Args, Options, Result> = keyof Args extends never
  ? (on: FilterTarget, args?: Args, options?: Options) => Result
  : (on: FilterTarget, args: Args, options?: Options) => Result;

type FieldCall<Args, Field, Options, Result> = keyof Args extends never
  ? (on: FilterTarget, field: Field, args?: Args, options?: Options) => Result
  : (on: FilterTarget, field: Field, args: Args, options?: Options) => Result;

/**
 * A compiled filter with the operations that take one: those of the store, with the same results and page keys. It may also be given to a store
 * as `filter`. Every call rejects with DataError for arguments of the wrong type.
 */
export interface SavedFilter<Args, N extends CatalogueNames = IdeaNames> extends FilterDefinition {
  /** The filter for the slot of a statement of a generated client, with one reading of the clock. */
  readonly bind: (args: Args, now?: Date) => FilterSource;
  /** A page of the events that match, newest first unless another order is given. */
  readonly search: Call<Args, Without<SearchOptions<N>>, Promise<SearchResult>>;
  /** Number of the events that match. */
  readonly count: Call<Args, Without<CountOptions>, Promise<number>>;
  /** All events that match, in constant memory. */
  readonly stream: Call<Args, CallOptions & { readonly sort?: N["sort"] }, AsyncIterable<IdeaEvent>>;
  /** Identifiers of all events that match, newest first. */
  readonly ids: Call<Args, CallOptions, AsyncIterable<string>>;
  /** The most frequent values of a field among the events that match. */
  readonly top: FieldCall<
    Args,
    N["field"],
    Without<Omit<AggregateOptions, "by">>,
    Promise<readonly AggregateRow[]>
  >;
  /** Numbers of the events that match by time. */
  readonly timeline: Call<Args, Without<TimelineOptions<N>>, Promise<Timeline>>;
  /** Deletes the events that match; returns how many there were. */
  readonly delete: Call<Args, Without<DeleteOptions>, Promise<number>>;
}

/** Makes the functions of a filter. */
export function savedFilter<Args extends object, N extends CatalogueNames = IdeaNames>(
  definition: Omit<FilterDefinition, "kind">,
  options: FilterDefinitionOptions = {},
): SavedFilter<Args, N> {
  const filter: FilterDefinition = { kind: "saved", ...options, ...definition };
  const argument = (args: Args | undefined) => ({ filter, args: argumentsOf(args) });
  const operations = (on: FilterTarget) => operationsOf(on, filter);
  async function* stream(on: FilterTarget, args?: Args, given?: CallOptions & { readonly sort?: N["sort"] }) {
    yield* (await operations(on)).streamEvents({ ...own(given), ...argument(args) });
  }
  async function* ids(on: FilterTarget, args?: Args, given?: CallOptions) {
    yield* (await operations(on)).streamEventIds({ ...own(given), ...argument(args) });
  }
  return {
    ...filter,
    bind: (args, now = new Date()) => bindDefinition(filter, argumentsOf(args), now),
    search: async (on: FilterTarget, args?: Args, given?: Without<SearchOptions<N>>) =>
      (await operations(on)).searchEvents({ ...own(given), ...argument(args) }),
    count: async (on: FilterTarget, args?: Args, given?: Without<CountOptions>) =>
      (await operations(on)).countEvents({ ...own(given), ...argument(args) }),
    stream,
    ids,
    top: async (
      on: FilterTarget,
      field: N["field"],
      args?: Args,
      given?: Without<Omit<AggregateOptions, "by">>,
    ) => (await operations(on)).aggregateEvents({ ...own(given), by: field, ...argument(args) }),
    timeline: async (on: FilterTarget, args?: Args, given?: Without<TimelineOptions<N>>) =>
      (await operations(on)).timelineEvents({ ...own(given), ...argument(args) }),
    delete: async (on: FilterTarget, args?: Args, given?: Without<DeleteOptions>) =>
      (await operations(on)).deleteEvents({ ...own(given), ...argument(args) }),
  };
}

async function operationsOf(
  on: FilterTarget,
  { catalogue }: FilterDefinition,
): Promise<EventOperations<CatalogueNames>> {
  if ("searchEvents" in on) return on;
  const { operationsOver } = await import("./store/over-session.js");
  return operationsOver(on, catalogue);
}

function bindDefinition({ text, bindings }: FilterDefinition, args: Arguments, now: Date): FilterSource {
  const execution = { args, now: dateToMicros(now) };
  const values = bindings.map((binding) => bind(binding, execution));
  return (firstParameter) => ({ text: renumber(text, firstParameter), values });
}

/** The options of a call, which has a filter already. @throws DataError where they name another */
function own<Options extends object>(given: Options | undefined): Options | undefined {
  for (const name of ["filter", "args", "parameters"])
    if (given !== undefined && name in given)
      throw argumentError(
        "savedFilter",
        `there is no option "${name}" here: to narrow the filter give andFilters(saved, …) to the store`,
      );
  return given;
}

function argumentsOf(args: object | undefined): Arguments {
  return Object.fromEntries(Object.entries(args ?? {}));
}

/** `$1` becomes `$<firstParameter>`. A compiled filter has no `$` but those of its placeholders: every value is a parameter. */
function renumber(text: string, firstParameter: number): string {
  if (firstParameter === 1) return text;
  return text.replace(/\$(\d+)/g, (_, position: string) => `$${Number(position) + firstParameter - 1}`);
}
