/** The answers of the API as JSON, as the page reads them. */
import type { Catalogue } from "../../../compiler/catalogue/model.js";
import type { NamedSets, SavedFilters } from "../../../compiler/resolve/context.js";
import type { Diagnostic } from "../../../grammar/diagnostic.js";

export interface ValueCount {
  readonly value: string | number | boolean | null;
  readonly count: number;
  readonly remainder?: true;
}

export interface SearchAnswer {
  readonly events: readonly IdeaObject[];
  readonly next: string | null;
  readonly hasMore: boolean;
}

/** An event: whatever its sender has put into it. */
export type IdeaObject = Readonly<Record<string, unknown>>;

export interface TimelineAnswer {
  /** Half-open, times in ISO 8601. */
  readonly buckets: readonly {
    readonly from: string;
    readonly to: string;
    readonly count: number;
    readonly values?: readonly ValueCount[];
  }[];
  readonly total: number;
  readonly step: string;
  readonly values?: readonly ValueCount[];
}

export interface SummaryAnswer {
  readonly total: number;
  readonly panels: Readonly<Record<string, readonly ValueCount[]>>;
}

export interface FieldsAnswer {
  readonly catalogue: Catalogue;
  readonly sets: NamedSets;
  readonly filters: SavedFilters;
  readonly timeZone: string;
  /** Whether events may come in while one looks. */
  readonly live: boolean;
  readonly user: string | null;
}

export interface StatusAnswer {
  readonly description: string;
  readonly events: number;
  readonly oldest: string | null;
  readonly newest: string | null;
  readonly details: Readonly<Record<string, string | number>>;
}

/** What the page shows of an explanation. */
export interface ExplainAnswer {
  readonly words: string;
  readonly sql: string;
  readonly values: readonly string[] | null;
  readonly parameters: Readonly<Record<string, string>>;
  /** The values that were given to parameters, as a program writes them. */
  readonly arguments: Readonly<Record<string, string>>;
  readonly atoms: readonly { readonly text: string; readonly words: string; readonly index: string | null }[];
  readonly indexed: boolean;
  /** How a search goes about it, sentence by sentence. */
  readonly search: readonly string[];
  /** The condition as it was written, and after each pass that changes it. */
  readonly passes: readonly { readonly name: string; readonly tree: string }[];
}

/** An answer that is none. */
export interface ProblemAnswer {
  readonly code: string;
  readonly message: string;
  readonly diagnostics?: readonly Diagnostic[];
}

/** What every question is about. Times are ISO 8601. */
export interface ViewQuery {
  readonly filter: string;
  /** Values of its `$parameters`, `NAME=VALUE` each. */
  readonly params: readonly string[];
  readonly from: string | null;
  readonly to: string | null;
  readonly zone: string;
}
