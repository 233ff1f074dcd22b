/** What a filter means and how it will run. */
import type { Span } from "../../grammar/ast.js";
import type { Diagnostic } from "../../grammar/diagnostic.js";
import type { Arguments } from "../values/execution.js";
import {
  checkArgument,
  checkOptions,
  date,
  record,
  type Check,
  type OptionChecks,
} from "../values/checks.js";
import type { Atom } from "../tree.js";
import { dateToMicros } from "../values/time.js";
import { atomsOf } from "../condition-parts.js";
import type { FieldType, IndexSupport } from "../catalogue/model.js";
import { compileFilter, FILTER_OPTIONS, type CompiledFilter, type FilterOptions } from "../compile.js";
import { atomIndex, isIndexable } from "../index-support.js";
import type { SourceMapping } from "../sql/fragment.js";
import { searchPath, type SearchPath } from "./search-path.js";
import { complementedSpans } from "./negations.js";
import { conditionWords } from "./words.js";

/** One atom and the index that can serve it. */
export interface AtomExplanation {
  /** The part of the filter text. */
  readonly span: Span;
  /** That part. */
  readonly text: string;
  /** What it says in English. */
  readonly words: string;
  /** Kind of index, null where rows have to be read. */
  readonly index: IndexSupport | null;
}

/** What a filter means: in words, in SQL, and condition by condition. */
export interface Explanation {
  /** The filter in its canonical form. */
  readonly filter: string;
  /** What it says in English. */
  readonly words: string;
  /** The SQL expression with placeholders. */
  readonly sql: string;
  /** Values of the placeholders; null where a `$parameter` was not given a value. */
  readonly values: readonly string[] | null;
  /** Type of each `$parameter`. */
  readonly parameters: Readonly<Record<string, FieldType>>;
  /** Which part of the SQL came from which part of the filter, outermost last. */
  readonly mappings: readonly SourceMapping[];
  /** Each test by itself. */
  readonly atoms: readonly AtomExplanation[];
  /** Whether indexes bound the work. */
  readonly indexed: boolean;
  /** How a search with it goes. */
  readonly search: SearchPath;
  /** Hash of the SQL text. */
  readonly shape: string;
  /** Warnings and remarks. */
  readonly warnings: readonly Diagnostic[];
}

/** Options of {@link explainFilter}. */
export interface ExplainOptions extends FilterOptions {
  /** Values of the `$parameters`, to show those of the placeholders. */
  readonly args?: Arguments | undefined;
  /** The reading of the clock for relative times; the present when absent. */
  readonly now?: Date | undefined;
}

const EXPLAIN_OPTIONS = { ...FILTER_OPTIONS, args: record, now: date } satisfies OptionChecks<ExplainOptions>;

/**
 * Explains a filter.
 *
 * @throws FilterError when the text does not compile
 * @throws ArgumentError when an argument is given that does not fit
 */
export function explainFilter(text: string, options: ExplainOptions = {}): Explanation {
  checkOptions("explainFilter", options, EXPLAIN_OPTIONS);
  const { args, now, ...compiling } = options;
  return explainCompiled(compileFilter(text, compiling), args, now);
}

/** The place of a test and its text, with the `not` that its words speak of: the one right before it, or that of a group around it. */
function written(
  { span }: Atom,
  source: string,
  isComplemented: (span: Span) => boolean,
): Pick<AtomExplanation, "span" | "text"> {
  const text = source.slice(span.start, span.end);
  if (!isComplemented(span)) return { span, text };
  const before = source.slice(Math.max(0, span.start - MAX_BLANKS), span.start);
  const not = /(?:(?<![\w.-])not\s+|!\s*)$/i.exec(before)?.[0];
  if (not === undefined) return { span, text: `not ${text}` };
  return { span: { start: span.start - not.length, end: span.end }, text: not + text };
}

const MAX_BLANKS = 32;

const compiledFilter: Check = (value) =>
  typeof value === "object" && value !== null && "render" in value ? null : "what compileFilter returned";

/** {@link explainFilter} for a compiled filter. */
export function explainCompiled(filter: CompiledFilter, args: Arguments = {}, now?: Date): Explanation {
  checkArgument("explainCompiled", "the filter", filter, compiledFilter);
  const { text, mappings } = filter.render();
  const isComplemented = complementedSpans(filter.source);
  const complete = filter.parameterUses.every(({ name }) => Object.hasOwn(args, name));
  return {
    filter: filter.source,
    words: conditionWords(filter.condition),
    sql: text,
    values: complete ? filter.sql(args, now === undefined ? {} : { now }).values : null,
    parameters: filter.parameters,
    mappings,
    atoms: atomsOf(filter.condition).map((atom) => ({
      ...written(atom, filter.source, isComplemented),
      words: conditionWords(atom),
      index: atomIndex(atom, filter.catalogue),
    })),
    indexed: isIndexable(filter.condition, filter.catalogue),
    search: searchPath(
      filter.condition,
      filter.catalogue,
      complete ? { args, now: dateToMicros(now ?? new Date()) } : null,
    ),
    shape: filter.shape,
    warnings: filter.warnings,
  };
}
