/** Where the page's answers come from: the server, or events in this browser. */
import type {
  ExplainAnswer,
  FieldsAnswer,
  IdeaObject,
  ProblemAnswer,
  SearchAnswer,
  StatusAnswer,
  SummaryAnswer,
  TimelineAnswer,
  ViewQuery,
} from "../shared/answers.js";

export interface PageQuery extends ViewQuery {
  readonly sort: string;
  readonly limit: number;
  readonly after: string | null;
}

/** Forms of an export. */
export type ExportFormat = "ndjson" | "csv";

/** How events are exported. */
export interface ExportChoice {
  readonly format: ExportFormat;
  /** Fields of a CSV, in their order. */
  readonly columns: readonly string[];
}

/** Answers questions; every one can be given up. */
export interface Backend {
  readonly kind: "server" | "file";
  fields(signal: AbortSignal): Promise<FieldsAnswer>;
  status(signal: AbortSignal): Promise<StatusAnswer>;
  search(query: PageQuery, signal: AbortSignal): Promise<SearchAnswer>;
  count(query: ViewQuery, signal: AbortSignal): Promise<number>;
  timeline(query: ViewQuery, by: string, signal: AbortSignal): Promise<TimelineAnswer>;
  summary(query: ViewQuery, fields: readonly string[], signal: AbortSignal): Promise<SummaryAnswer>;
  /** Null when there is no such event. */
  event(id: string, signal: AbortSignal): Promise<IdeaObject | null>;
  explain(query: ViewQuery, signal: AbortSignal): Promise<ExplainAnswer>;
  /** An address to download from. */
  exportAddress(query: ViewQuery, choice: ExportChoice, signal: AbortSignal): Promise<string>;
  /** Events as they come in, until the returned function is called; null where none can. */
  readonly tail: ((query: ViewQuery, listener: TailListener) => () => void) | null;
}

export interface TailListener {
  readonly events: (events: readonly IdeaObject[]) => void;
  readonly problem: (message: string) => void;
}

/** An answer that is none: `status` 0 when the server was not reached. */
export class BackendError extends Error {
  override readonly name = "BackendError";

  constructor(
    readonly status: number,
    readonly problem: ProblemAnswer,
  ) {
    super(problem.message);
  }
}
