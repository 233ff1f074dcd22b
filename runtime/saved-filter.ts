/** Filters that were compiled ahead: what `eventstore generate --filters` writes stands on this file, and on no parser. */
import { bind, type Binding } from "../compiler/values/binding.js";
import type { Arguments } from "../compiler/values/execution.js";
import { parseJson } from "../compiler/values/exact-json.js";
import { dateToMicros } from "../compiler/values/time.js";
import {
  readIsoTime,
  readEvent,
  readNullable,
  readText,
  writeNullable,
  writeNumber,
  writeText,
} from "./postgres/wire.js";
import type { Session, StreamOptions } from "./postgres/session.js";
import type { CallOptions, FilterSource, StatementTemplate } from "./postgres/statement.js";
import { statementTemplate } from "./postgres/template.js";

/** A filter as data: SQL with `$1` … for its values, and how these are made from arguments and clock. */
export interface FilterDefinition {
  /** Text in the filter language, for logs. */
  readonly source: string;
  /** Boolean SQL expression. */
  readonly text: string;
  readonly bindings: readonly Binding[];
}

/** The statements of a store that take a filter, `{filter}` being its place. */
export interface StoreTexts {
  readonly count: string;
  readonly search: string;
  readonly ids: string;
  readonly stream: string;
}

/** An event as it was stored. */
export type FoundEvent = Readonly<Record<string, unknown>>;

/** Options of a page. */
export interface FilterPageOptions extends CallOptions {
  /** Most events; 100 when absent. */
  readonly limit?: number | undefined;
  /** `next` of the page before. */
  readonly after?: FilterPage["next"] | undefined;
}

/** A page of events, newest first. */
export interface FilterPage {
  readonly events: readonly FoundEvent[];
  /** Where the next page begins; null when this one is the last. */
  readonly next: { readonly time: string; readonly id: string } | null;
}

/** A call with the filter's arguments, which may be left out where the filter has no parameters. */
type Call<Args, Options, Result> = keyof Args extends never
  ? (session: Session, args?: Args, options?: Options) => Result
  : (session: Session, args: Args, options?: Options) => Result;

/** A compiled filter with the operations that take one. Every call throws ArgumentError for arguments of the wrong type. */
export interface SavedFilter<Args> extends FilterDefinition {
  /** The filter for the slot of a statement, with one reading of the clock. */
  readonly bind: (args: Args, now?: Date) => FilterSource;
  /** Number of the events that match. */
  readonly count: Call<Args, CallOptions, Promise<number>>;
  /** A page of the events that match, newest first. */
  readonly search: Call<Args, FilterPageOptions, Promise<FilterPage>>;
  /** All events that match, newest first, in constant memory. */
  readonly stream: Call<Args, StreamOptions, AsyncIterable<FoundEvent>>;
  /** Identifiers of all events that match, newest first. */
  readonly ids: Call<Args, StreamOptions, AsyncIterable<string>>;
}

interface PageParams {
  readonly limit: number;
  readonly after: FilterPage["next"];
}

interface PageRow {
  readonly id: string;
  readonly time: string;
  readonly event: FoundEvent | null;
}

const DEFAULT_LIMIT = 100;

/** Makes the operations of a filter over the statements of a store. */
export function savedFilter<Args extends object>(
  definition: FilterDefinition,
  texts: StoreTexts,
): SavedFilter<Args> {
  const templates = storeTemplates(texts);
  const bindArguments = (args: Args | undefined, now = new Date()): FilterSource => {
    const execution = { args: argumentsOf(args), now: dateToMicros(now) };
    const values = definition.bindings.map((binding) => bind(binding, execution));
    return (firstParameter) => ({ text: renumber(definition.text, firstParameter), values });
  };
  return {
    ...definition,
    bind: bindArguments,
    count: (session: Session, args?: Args, options?: CallOptions) =>
      session.run(templates.count.fill(bindArguments(args)), undefined, options),
    search: async (
      session: Session,
      args?: Args,
      { limit = DEFAULT_LIMIT, after = null, ...options }: FilterPageOptions = {},
    ) => {
      // One more than asked for tells whether there is a next page.
      const rows = await session.run(
        templates.search.fill(bindArguments(args)),
        { limit: limit + 1, after },
        options,
      );
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      return {
        events: page.map(({ event }) => event).filter((event) => event !== null),
        next: rows.length > limit && last !== undefined ? { time: last.time, id: last.id } : null,
      };
    },
    stream: (session: Session, args?: Args, options?: StreamOptions) =>
      present(session.stream(templates.stream.fill(bindArguments(args)), undefined, options)),
    ids: (session: Session, args?: Args, options?: StreamOptions) =>
      session.stream(templates.ids.fill(bindArguments(args)), undefined, options),
  };
}

interface StoreTemplates {
  readonly count: StatementTemplate<undefined, undefined, "count">;
  readonly search: StatementTemplate<PageParams, PageRow, "many">;
  readonly ids: StatementTemplate<undefined, string, "many">;
  readonly stream: StatementTemplate<undefined, FoundEvent | null, "many">;
}

function storeTemplates({ count, search, ids, stream }: StoreTexts): StoreTemplates {
  const common = { idempotent: true, parameters: 0, encode: () => [] };
  const event = (value: string | null | undefined): FoundEvent | null =>
    readNullable(value, (text) => parseJson(readEvent(text)) as FoundEvent);
  return {
    count: statementTemplate({
      ...common,
      operation: "countEvents",
      text: count,
      cardinality: "count",
      decode: () => undefined,
    }),
    search: statementTemplate({
      ...common,
      operation: "searchEvents",
      text: search,
      cardinality: "many",
      parameters: 3,
      encode: ({ limit, after }: PageParams) => [
        writeNumber(limit),
        writeNullable(after?.time ?? null, writeText),
        writeNullable(after?.id ?? null, writeText),
      ],
      decode: ([id, time, text]) => ({ id: readText(id), time: readIsoTime(time), event: event(text) }),
    }),
    ids: statementTemplate({
      ...common,
      operation: "streamEventIds",
      text: ids,
      cardinality: "many",
      decode: ([id]) => readText(id),
    }),
    stream: statementTemplate({
      ...common,
      operation: "streamEvents",
      text: stream,
      cardinality: "many",
      decode: ([text]) => event(text),
    }),
  };
}

/** Leaves out events that were deleted while they were being read. */
async function* present(events: AsyncIterable<FoundEvent | null>): AsyncIterable<FoundEvent> {
  for await (const event of events) if (event !== null) yield event;
}

function argumentsOf(args: object | undefined): Arguments {
  return Object.fromEntries(Object.entries(args ?? {}));
}

/** `$1` becomes `$<firstParameter>`. A compiled filter has no `$` but those of its placeholders: every value is a parameter. */
function renumber(text: string, firstParameter: number): string {
  if (firstParameter === 1) return text;
  return text.replace(/\$(\d+)/g, (_, position: string) => `$${Number(position) + firstParameter - 1}`);
}
