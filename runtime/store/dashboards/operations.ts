/** Charts and panels: the operations, how they are called, and their methods. */
import type { Filter } from "../../../compiler/compose.js";
import { text } from "../../../compiler/values/checks.js";
import type { CatalogueNames } from "../../client.js";
import type { CallOptions } from "../../postgres/statement.js";
import * as checks from "../arguments/options.js";
import type { OperationRows } from "../operation-row.js";
import type { ReadingScope } from "../scope.js";
import type {
  AggregateOptions,
  AggregateRow,
  PivotOptions,
  PivotResult,
  SummaryOptions,
  SummaryResult,
  Timeline,
  TimelineOptions,
  TimelinePanelOptions,
  TimelinePanels,
} from "../types/dashboards.js";
import type { FilterArgument, IdeaNames, WithFilter } from "../types/events.js";
import { aggregateEvents, summarizeEvents } from "./aggregate.js";
import { distinctValues } from "./distinct.js";
import { pivotEvents } from "./pivot.js";
import { timelineEvents, type AnyTimelineOptions } from "./timeline.js";

/** The operations that count events by their values and by time. */
export interface DashboardOperations<N extends CatalogueNames = IdeaNames> {
  /**
   * The most frequent values of a field, at most 20 unless `limit` says otherwise: `count` is the number of events that have the value, the
   * row with `value: null` counts the events without one.
   *
   * @throws DataError for a field that cannot be counted
   */
  aggregateEvents<const F extends Filter | undefined = undefined>(
    options: WithFilter<AggregateOptions<N>, F>,
  ): Promise<readonly AggregateRow[]>;
  /** Events by time and by the values of several fields: `values` of a bucket has a list for each field. */
  timelineEvents<const F extends Filter | undefined = undefined>(
    options: WithFilter<TimelinePanelOptions<N>, F>,
  ): Promise<TimelinePanels>;
  /**
   * Events by time, in buckets without gaps that begin on the clock of `timeZone`. Without `step` it is chosen for at most 200 buckets.
   *
   * @throws DataError for a step, a time or a field that cannot be used
   */
  timelineEvents<const F extends Filter | undefined = undefined>(
    options?: WithFilter<TimelineOptions<N>, F>,
  ): Promise<Timeline>;
  /** Events by the values of two fields: one cell for each pair that occurs, at most 20 rows and columns unless `limit` says otherwise. */
  pivotEvents<const F extends Filter | undefined = undefined>(
    options: WithFilter<PivotOptions<N>, F>,
  ): Promise<PivotResult>;
  /** The most frequent values of several fields from one reading of the events, as {@link EventOperations.aggregateEvents} counts them. */
  summarizeEvents<const F extends Filter | undefined = undefined>(
    options: WithFilter<SummaryOptions<N>, F>,
  ): Promise<SummaryResult>;
  /**
   * All values of a field that occur in the events that match, in their order. Of a field with few values they are listed beside the events,
   * so that without a filter no event is read.
   */
  distinctValues(
    field: N["field"],
    options?: FilterArgument & CallOptions,
  ): Promise<readonly (string | number | boolean)[]>;
}

/** How they are called. */
export const DASHBOARD_OPERATIONS = {
  aggregateEvents: { runsOn: "standby", parameters: [], options: checks.AGGREGATE, required: ["by"] },
  timelineEvents: { runsOn: "standby", parameters: [], options: checks.TIMELINE },
  pivotEvents: { runsOn: "standby", parameters: [], options: checks.PIVOT, required: ["row", "column"] },
  summarizeEvents: { runsOn: "standby", parameters: [], options: checks.SUMMARY, required: ["by"] },
  distinctValues: { runsOn: "standby", parameters: [["field", text]], options: checks.FILTERED },
} as const satisfies OperationRows<DashboardOperations>;

/** Their methods. */
export function dashboardMethods({ context, within }: ReadingScope): DashboardOperations {
  return {
    aggregateEvents: (options) => aggregateEvents(within(options), context, options),
    timelineEvents: ((options: AnyTimelineOptions = {}) =>
      timelineEvents(within(options), context, options)) as DashboardOperations["timelineEvents"],
    pivotEvents: (options) => pivotEvents(within(options), context, options),
    summarizeEvents: (options) => summarizeEvents(within(options), context, options),
    distinctValues: (field, options) => distinctValues(within(options), context, field, options),
  };
}
