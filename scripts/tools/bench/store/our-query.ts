/** A legacy query as a call of ours, and its rows in a form that both sides have. */
import { IDEA_CATALOGUE } from "../../../../compiler/catalogue/idea.js";
import { searchParametersToSyntax } from "../../../../compiler/convert/search-parameters.js";
import { printSyntax } from "../../../../grammar/print.js";
import type { CatalogueNames, EventStorage, IdeaEvent } from "../../../../runtime/store/index.js";
import type { LegacyQuery } from "./yardstick.js";

/** A found event: its id, and its time in milliseconds. */
export interface ComparedEvent {
  readonly id: string;
  readonly time: number;
}

/** What a query found. */
export type Found =
  | { readonly kind: "events"; readonly events: readonly ComparedEvent[] }
  /** `top`: the most frequent values only. */
  | { readonly kind: "counts"; readonly top: boolean; readonly counts: ReadonlyMap<string, number> };

/** One of our calls that answers a legacy query. */
export interface OurQuery {
  /** Added to the query's name where there is more than one way: "by key". */
  readonly variant: string | null;
  readonly run: () => Promise<Found>;
}

/** Steps of the yardstick are units of PostgreSQL's date_trunc. */
const STEPS: Readonly<Record<string, string>> = { minute: "1m", hour: "1h", day: "1d" };

const DEFAULT_LIMIT = 100;
const DEFAULT_VALUES = 20;

/** Our ways to answer a legacy query; a late page is reached by its key and by its number. */
export async function ourQueries(
  storage: EventStorage<CatalogueNames>,
  query: LegacyQuery,
): Promise<readonly OurQuery[]> {
  const { step = "hour", ...parameters } = query.parameters;
  const { syntax, limit, page, aggregate } = searchParametersToSyntax(parameters, IDEA_CATALOGUE);
  const filter = storage.compile(syntax === null ? "" : printSyntax(syntax));
  const one = (run: OurQuery["run"]): readonly OurQuery[] => [{ variant: null, run }];
  switch (query.qtype ?? "select") {
    case "count":
      return one(async () => counts([["count", await storage.countEvents({ filter })]]));
    case "aggregate": {
      const by = aggregate ?? "category";
      return one(async () => {
        const rows = await storage.aggregateEvents({ by, filter, limit: limit ?? DEFAULT_VALUES });
        return counts(
          rows.map(({ value, count }) => [String(value), count]),
          true,
        );
      });
    }
    case "timeline":
      return one(async () => {
        const { buckets } = await storage.timelineEvents({
          filter,
          step: STEPS[String(step)] ?? String(step),
        });
        return counts(
          buckets.filter(({ count }) => count > 0).map(({ from, count }) => [String(from.getTime()), count]),
        );
      });
    case "select": {
      const options = { filter, limit: limit ?? DEFAULT_LIMIT };
      const number = page ?? 1;
      if (number === 1) return one(async () => events((await storage.searchEvents(options)).events));
      const { next } = await storage.searchEvents({ ...options, page: number - 1 });
      const byKey = { ...options, ...(next === null ? { page: number } : { after: next }) };
      return [
        { variant: "by key", run: async () => events((await storage.searchEvents(byKey)).events) },
        {
          variant: "by number",
          run: async () => events((await storage.searchEvents({ ...options, page: number })).events),
        },
      ];
    }
  }
}

/** How many pages a search has, at least one. */
export async function pagesOf(
  storage: EventStorage<CatalogueNames>,
  { parameters }: LegacyQuery,
): Promise<number> {
  const { syntax, limit } = searchParametersToSyntax(parameters, IDEA_CATALOGUE);
  const count = await storage.countEvents({ filter: syntax === null ? "" : printSyntax(syntax) });
  return Math.max(1, Math.ceil(count / (limit ?? DEFAULT_LIMIT)));
}

/** The rows of the yardstick in the same form. */
export function legacyFound(query: LegacyQuery, rows: readonly (readonly (string | null)[])[]): Found {
  switch (query.qtype ?? "select") {
    case "select":
      return {
        kind: "events",
        events: rows.map(([id, time]) => ({ id: id ?? "", time: timeOf(time) })),
      };
    case "count":
      return counts([["count", Number(rows[0]?.[0])]]);
    case "timeline":
      return counts(rows.map(([bucket, count]) => [String(timeOf(bucket)), Number(count)]));
    case "aggregate":
      return counts(
        rows.map(([value, count]) => [String(value), Number(count)]),
        true,
      );
  }
}

function events(found: readonly IdeaEvent[]): Found {
  return {
    kind: "events",
    events: found.map(({ ID, DetectTime }) => ({ id: ID, time: Date.parse(DetectTime) })),
  };
}

const counts = (entries: readonly (readonly [string, number])[], top = false): Found => ({
  kind: "counts",
  top,
  counts: new Map(entries),
});

/** A timestamp without zone, as Python prints it; the yardstick keeps UTC. */
function timeOf(text: string | null | undefined): number {
  return Date.parse(`${text?.replace(" ", "T")}Z`);
}
