/** Searches, counts and dashboards of both sides. */
import type { CatalogueNames, EventStorage } from "../../../../runtime/store/index.js";
import { interleave, warmMedian } from "../measure.js";
import { compared, progressLine, type Measurement } from "../report.js";
import { disagreement } from "./agree.js";
import type { Sides } from "./databases.js";
import { legacyFound, ourQueries, pagesOf } from "./our-query.js";
import { costsOf } from "./costs.js";
import type { LegacyQuery } from "./yardstick.js";

/** A source of few events, whatever their number. */
export const RARE_HOST = "120.1.159.116";

/** Runs of ours before the first round: a service that answers all day has compiled its code and planned its statements long ago. */
const OUR_WARM_UP = 40;
/** Runs on each side in one round after one that warms up. */
const OUR_RUNS = 12;
const THEIR_RUNS = 3;

/** Two sides that can be searched: ours with tables of any catalogue. */
export interface SearchedSides extends Pick<Sides, "yardstick" | "ours" | "goalOf"> {
  readonly storage: EventStorage<CatalogueNames>;
  readonly open: (connections: number) => Promise<EventStorage<CatalogueNames>>;
}

/** Measures each query in each of our ways, after both sides were seen to find the same. */
export async function measureSearches(
  { storage, yardstick, open, ours: observer, goalOf }: SearchedSides,
  queries: readonly LegacyQuery[],
  rounds: number,
  onProgress: (message: string) => void,
): Promise<readonly Measurement[]> {
  const measurements: Measurement[] = [];
  for (const given of queries) {
    const query = await withinPages(storage, given);
    const expected = legacyFound(query, await yardstick.rows(query));
    const theirCosts = await yardstick.costs(query);
    for (const { variant, run } of await ourQueries(storage, query)) {
      const name = variant === null ? query.name : `${query.name}, ${variant}`;
      const difference = disagreement(await run(), expected);
      if (difference !== null) throw new Error(`${name}: the results differ: ${difference}`);
      for (let warm = 0; warm < OUR_WARM_UP; warm++) await run();
      const { ours, theirs } = await interleave(
        () => warmMedian(OUR_RUNS, run),
        () => yardstick.time(query, THEIR_RUNS),
        rounds,
      );
      const own = await costsOf(await open(1), observer, async (alone) => {
        const same = (await ourQueries(alone, query)).find((one) => one.variant === variant);
        return same?.run ?? run;
      });
      const measurement = compared(name, ours, theirs, {
        goal: goalOf(name),
        costs: { ours: own, theirs: theirCosts },
        ...noteOf(query, given),
      });
      measurements.push(measurement);
      onProgress(progressLine(measurement));
    }
  }
  return measurements;
}

/** The query with the last page that there is, where the store has too few events for the page that is asked for. */
async function withinPages(storage: EventStorage<CatalogueNames>, query: LegacyQuery): Promise<LegacyQuery> {
  const { page } = query.parameters;
  if (typeof page !== "number") return query;
  const pages = await pagesOf(storage, query);
  return page <= pages ? query : { ...query, parameters: { ...query.parameters, page: pages } };
}

function noteOf({ qtype, parameters }: LegacyQuery, given: LegacyQuery): { readonly note?: string } {
  const { page } = parameters;
  if (page !== given.parameters["page"])
    return { note: `page ${String(page)}, the last one that there is; ${PAGES_DIFFER}` };
  if (qtype === "aggregate")
    return { note: "ours also counts the events without a value, as one row; theirs leaves them out" };
  return page === undefined ? {} : { note: PAGES_DIFFER };
}

const PAGES_DIFFER = "theirs leaves the order of events of one time open; ours goes by id then";

/**
 * Queries that the yardstick's list lacks, from the data: the last IPv4 host of the address space that is a source, what an operator asks of a
 * year, and tops of a filter.
 */
export async function furtherQueries({ theirs }: Pick<Sides, "theirs">): Promise<readonly LegacyQuery[]> {
  const { rows } = await theirs.query<{ host: string }>(
    "select upper(source_ip_aggr_ip4)::text as host from legacy_events where source_ip_aggr_ip4 is not null " +
      "order by upper(source_ip_aggr_ip4) desc limit 1",
  );
  const host = rows[0]?.host;
  const edge: LegacyQuery[] =
    host === undefined
      ? []
      : [{ name: "rare host at the edge", parameters: { source_addrs: [host], limit: 100 } }];
  return [
    ...edge,
    { name: "count of a port", qtype: "count", parameters: { target_ports: [8080] } },
    {
      name: "top ports, filtered",
      qtype: "aggregate",
      parameters: { aggr_set: "target_port", severities: ["medium"], limit: 20 },
    },
    {
      name: "timeline by day of a rare host",
      qtype: "timeline",
      parameters: { step: "day", source_addrs: [RARE_HOST] },
    },
  ];
}
