/** What the explorer asks, and what it is answered: the same for a store and for a list of events in memory. */
import type { CompiledFilter } from "../../../compiler/compile.js";
import type {
  AggregateRow,
  SearchResult,
  SortKey,
  SummaryResult,
  Timeline,
} from "../../../runtime/store/types.js";

/** A compiled filter with the values of its `$parameters`; every question is asked of the events that match it. */
export interface Question {
  readonly filter: CompiledFilter;
  readonly args: Readonly<Record<string, unknown>>;
}

/** Limits of one call. Aborting the signal ends the work, on the server of a database too. */
export interface DataCall {
  readonly signal: AbortSignal;
  /** Milliseconds. */
  readonly timeoutMs?: number | undefined;
}

export interface PageQuestion extends Question {
  readonly sort: SortKey;
  /** Events a page. */
  readonly limit: number;
  /** Continue after this key, the `next` of the page before. */
  readonly after?: string | undefined;
}

export interface TopQuestion extends Question {
  readonly field: string;
  readonly limit: number;
}

export interface SummaryQuestion extends Question {
  readonly by: readonly string[];
  readonly limit: number;
}

/** Absent ends are those of the events; an absent step is chosen. */
export interface TimelineQuestion extends Question {
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  readonly step?: string | undefined;
  readonly by?: string | undefined;
  readonly limit: number;
  readonly timeZone: string;
}

/** How much there is to look at. */
export interface DataStatus {
  /** Where the events are, for people. */
  readonly description: string;
  /** Number of events, estimated in a large store. */
  readonly events: number;
  readonly oldest: Date | null;
  readonly newest: Date | null;
  /** What else there is to tell: versions, problems of a file. */
  readonly details: Readonly<Record<string, string | number>>;
}

/** Something that events can be asked of. */
export interface ExplorerData {
  search(question: PageQuestion, call: DataCall): Promise<SearchResult<unknown>>;
  count(question: Question, call: DataCall): Promise<number>;
  top(question: TopQuestion, call: DataCall): Promise<readonly AggregateRow[]>;
  summary(question: SummaryQuestion, call: DataCall): Promise<SummaryResult>;
  timeline(question: TimelineQuestion, call: DataCall): Promise<Timeline>;
  stream(question: Question & { readonly sort: SortKey }, call: DataCall): AsyncIterable<unknown>;
  status(call: DataCall): Promise<DataStatus>;
}
