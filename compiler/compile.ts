/** The chain of the compiler: text → syntax tree → typed tree → SQL and predicate. */
import type { Expr } from "../grammar/ast.js";
import type { Diagnostic } from "../grammar/diagnostic.js";
import { FilterError } from "../grammar/filter-error.js";
import { parseSyntax } from "../grammar/parse.js";
import { inTextOrder, reporter } from "../grammar/report.js";
import { withSoundFixes } from "./sound-fixes.js";
import { bind, type Binding } from "./values/binding.js";
import type { Arguments, Execution } from "./values/execution.js";
import { sha256Base64url } from "./values/sha256.js";
import { checkArgument, checkOptions, date, objectOf, record, text, wholeNumber } from "./values/checks.js";
import type { OptionChecks } from "./values/checks.js";
import { dateToMicros } from "./values/time.js";
import { IDEA_CATALOGUE } from "./catalogue/idea.js";
import { indexCatalogue } from "./catalogue/lookup.js";
import type { Catalogue, FieldType } from "./catalogue/model.js";
import { prepareCondition, type EventPredicate } from "./evaluate/evaluate.js";
import { createCaches } from "./compile-cache.js";
import { checkTimeZone, FilterOptionError } from "./filter-option-error.js";
import { fieldKnowledge } from "./field-knowledge.js";
import { DEFAULT_LIMITS, type CompilerLimits } from "./limits.js";
import { lowerCondition } from "./lower/condition.js";
import { render, type Fragment, type RenderedSql } from "./sql/fragment.js";
import type { ArgumentsParameter, ParameterNames } from "./parameter-names.js";
import { optimise } from "./passes/index.js";
import {
  wholeContext,
  type NamedSets,
  type ParameterUse,
  type ResolveContext,
  type ResolveInput,
  type SavedFilters,
} from "./resolve/context.js";
import { lintResult } from "./resolve/lints.js";
import { resolveExpr } from "./resolve/resolve.js";
import type { Condition, TimeBound } from "./tree.js";

/** Options of compiling. Absent ones have defaults: the IDEA catalogue, no sets, no saved filters, UTC. */
export interface FilterOptions {
  /** Fields of filters; those of IDEA when absent. */
  readonly catalogue?: Catalogue | undefined;
  /** Named sets of values for `in @name`. */
  readonly sets?: NamedSets | undefined;
  /** Saved filters by name, for `@name`. */
  readonly filters?: SavedFilters | undefined;
  /** IANA zone or offset for times without offset and for calendar units; UTC when absent. */
  readonly timeZone?: string | undefined;
  /** Limits that differ from {@link DEFAULT_LIMITS}. */
  readonly limits?: Partial<CompilerLimits> | undefined;
}

/** A boolean SQL expression and the values of its placeholders, in PostgreSQL's text format. */
export interface SqlExpression {
  /** A boolean SQL expression with placeholders. */
  readonly text: string;
  /** Values of the placeholders as text, in their order. */
  readonly values: string[];
}

/** Options of {@link CompiledFilter.matches}. */
export interface MatchOptions {
  /** The reading of the clock for relative times; the present when absent. */
  readonly now?: Date | undefined;
}

/** How {@link CompiledFilter.sql} puts a filter into a statement. */
export interface SqlOptions extends MatchOptions {
  /** Number of its first placeholder, 1 when absent: those before it are the statement's own. */
  readonly firstParameter?: number | undefined;
  /**
   * Name of the searched table in the statement, one identifier: it then comes before every column, so that the expression can be part of a
   * join. Without it columns have no prefix.
   */
  readonly alias?: string | undefined;
}

const MATCH_OPTIONS = { now: date } satisfies OptionChecks<MatchOptions>;
const SQL_OPTIONS = {
  ...MATCH_OPTIONS,
  firstParameter: wholeNumber(1, 65_535),
  alias: text,
} satisfies OptionChecks<SqlOptions>;

/**
 * A filter that compiled. Immutable; may be kept and used any number of times.
 *
 * @typeParam Names names of its parameters, told from the text of a literal; `string` where they are known only at run time
 */
export interface CompiledFilter<Names extends string = string> {
  /** The text it was compiled from. */
  readonly source: string;
  /** Type of each `$parameter`. */
  readonly parameters: Readonly<Record<string, FieldType>>;
  /** How each parameter is used: list or single value, enumeration. */
  readonly parameterUses: readonly ParameterUse[];
  /** Warnings and lints; never errors. */
  readonly warnings: readonly Diagnostic[];
  /** Hash of the SQL text: equal for filters that differ in their values only. */
  readonly shape: string;
  /** The typed tree after all passes. */
  readonly condition: Condition;
  /** The catalogue that it was compiled over. */
  readonly catalogue: Catalogue;
  /**
   * A boolean expression over the searched table: true where the filter matches, else false or null.
   *
   * @throws ArgumentError when an argument is missing or of the wrong type
   */
  sql(...given: readonly [...ArgumentsParameter<Names>, options?: SqlOptions | undefined]): SqlExpression;
  /**
   * Whether the event matches, as PostgreSQL would decide after storing it.
   *
   * @throws ArgumentError when an argument is missing or of the wrong type
   */
  matches(
    event: unknown,
    ...given: readonly [...ArgumentsParameter<Names>, options?: MatchOptions | undefined]
  ): boolean;
  /** {@link matches} bound once to arguments and clock, for many events. */
  matcher(
    ...given: readonly [...ArgumentsParameter<Names>, options?: MatchOptions | undefined]
  ): EventPredicate;
  /** The SQL of {@link sql} with placeholders from `firstParameter`, and the bindings that give their values. */
  render(firstParameter?: number): RenderedSql;
}

/** The result of analysing a filter: the conditions are null when there is an error. */
export interface Analysis {
  /** The typed tree after all passes; null when the filter has errors. */
  readonly condition: Condition | null;
  /** The condition as it was written, before any pass. */
  readonly written: Condition | null;
  /** What each `$parameter` has to be. */
  readonly parameters: ReadonlyMap<string, ParameterUse>;
  /** Errors, warnings and remarks, in the order of the text. */
  readonly diagnostics: readonly Diagnostic[];
}

const LIMITS = Object.fromEntries(
  Object.keys(DEFAULT_LIMITS).map((name) => [name, wholeNumber(0, Number.MAX_SAFE_INTEGER)]),
);

/** A check for each option of {@link FilterOptions}. */
export const FILTER_OPTIONS = {
  catalogue: record,
  sets: record,
  filters: record,
  timeZone: text,
  limits: objectOf(LIMITS),
} satisfies OptionChecks<FilterOptions>;

/**
 * A filter and the options that it is read with.
 *
 * @throws DataError `argument_invalid` when the filter is no text, for an unknown option, and for one of the wrong kind
 */
export function checkFilterCall(operation: string, filter: unknown, options: unknown): void {
  checkArgument(operation, "the filter", filter, text);
  checkOptions(operation, options, FILTER_OPTIONS);
}

/** Parses and resolves; never throws on any text. @throws DataError as {@link checkFilterCall} */
export function analyseFilter(text: string, options: FilterOptions = {}): Analysis {
  checkFilterCall("analyseFilter", text, options);
  const analysis = analyse(text, options);
  if (analysis.condition !== null) return analysis;
  const diagnostics = withSoundFixes(
    text,
    analysis.diagnostics,
    (mended) => analyse(mended, options).diagnostics,
  );
  return { ...analysis, diagnostics };
}

function analyse(text: string, options: FilterOptions): Analysis {
  const catalogue = options.catalogue ?? IDEA_CATALOGUE;
  const limits: CompilerLimits = { ...DEFAULT_LIMITS, ...options.limits };
  const index = indexCatalogue(catalogue);
  const { sets = {}, filters = {} } = options;
  const knowledge = fieldKnowledge(index);
  const parse = (source: string) => parseSyntax(source, { limits, fields: knowledge });
  const timeZone = options.timeZone ?? "UTC";
  checkTimeZone(timeZone);
  const input: ResolveInput = { index, sets, filters, parse, timeZone, limits };
  const refusesValue = (root: Expr, source: string) => hasWrongValue(root, source, input);
  const parsed = parseSyntax(text, { limits, fields: { ...knowledge, refusesValue } });
  const { syntax } = parsed;
  const { report, diagnostics: found } = reporter(text);
  // Parentheses are no remedy for one that is never closed.
  const isOpen = parsed.diagnostics.some(({ code }) => code === "E005");
  const diagnostics = () =>
    inTextOrder([...parsed.diagnostics, ...found.filter(({ code }) => !isOpen || code !== "L02")]);
  const context = wholeContext(input, report, text);
  const { parameters } = context;
  const resolved = resolveRoot(syntax.root, context);
  if (!resolved || diagnostics().some(({ severity }) => severity === "error"))
    return { condition: null, written: null, parameters, diagnostics: diagnostics() };
  const condition = optimise(resolved);
  if (syntax.root) lintResult(syntax.root, condition, context);
  return { condition, written: resolved, parameters, diagnostics: diagnostics() };
}

/** Whether a text that parses as `root` has a value that its field does not take; its names may be wrong. */
function hasWrongValue(root: Expr, source: string, input: ResolveInput): boolean {
  const { report, diagnostics } = reporter(source);
  resolveRoot(root, wholeContext(input, report, source));
  return diagnostics.some(({ code }) => /^E(?!1)/.test(code));
}

function resolveRoot(root: Expr | null, context: ResolveContext): Condition | null {
  return root ? resolveExpr(root, context) : { kind: "constant", value: true, span: { start: 0, end: 0 } };
}

/**
 * Compiles a filter.
 *
 * @throws FilterError with all diagnostics when the text has an error
 * @throws DataError for an unknown option, FilterOptionError when there is no such time zone
 * @example
 * const filter = compileFilter("source.ip in 10.0.0.0/8 and severity >= high");
 * const { text, values } = filter.sql();
 * const rows = await client.query(`select id from events where ${text}`, values);
 */
export function compileFilter<const Text extends string>(
  text: Text,
  options?: FilterOptions,
): CompiledFilter<ParameterNames<Text>>;
export function compileFilter(text: string, options: FilterOptions = {}): CompiledFilter {
  checkFilterCall("compileFilter", text, options);
  return cacheOf(options).get(text, () => {
    const { condition, parameters, diagnostics } = analyseFilter(text, options);
    if (!condition) throw new FilterError(text, diagnostics);
    return compiledFrom({
      source: text,
      condition,
      parameterUses: [...parameters.values()],
      warnings: diagnostics,
      catalogue: options.catalogue,
    });
  });
}

/** What a compiled filter is made of: its optimised condition and what is known of its text. */
export interface CompiledParts extends Pick<
  CompiledFilter,
  "source" | "condition" | "parameterUses" | "warnings"
> {
  /** IDEA's when absent. */
  readonly catalogue?: Catalogue | undefined;
}

/** The compiled filter of an optimised condition. */
export function compiledFrom(parts: CompiledParts): CompiledFilter {
  const { source, condition, parameterUses, warnings, catalogue = IDEA_CATALOGUE } = parts;
  const sqlOf = aliased(condition, catalogue);
  const fragment = sqlOf();
  const first = render(fragment);
  const prepared = lazy(() => prepareCondition(condition, catalogue));
  const parameters = Object.fromEntries(parameterUses.map(({ name, type }) => [name, type]));
  const matcher = (args: Arguments = {}, options: MatchOptions = {}) => {
    checkOptions("matches", options, MATCH_OPTIONS);
    return prepared()(execution(args, options.now));
  };
  const shape = lazy(() => sha256Base64url(first.text).slice(0, 22));
  // Without arguments and clock the same predicate serves every call.
  const fixed = parameterUses.length === 0 && !first.bindings.some(isRelative) ? lazy(() => matcher()) : null;
  return Object.freeze({
    source,
    parameters,
    parameterUses,
    warnings,
    get shape() {
      return shape();
    },
    condition,
    catalogue,
    render: (firstParameter = 1) => (firstParameter === 1 ? first : render(fragment, firstParameter)),
    sql: (args: Arguments = {}, options: SqlOptions = {}) => {
      checkOptions("sql", options, SQL_OPTIONS);
      const { firstParameter = 1, alias, now } = options;
      const { text, bindings } =
        firstParameter === 1 && alias === undefined ? first : render(sqlOf(alias), firstParameter);
      const current = execution(args, now);
      return { text, values: bindings.map((binding) => bind(binding, current)) };
    },
    matches: (event: unknown, args?: Arguments, options?: MatchOptions) => {
      checkOptions("matches", options, MATCH_OPTIONS);
      return (fixed ? fixed() : matcher(args, options))(event);
    },
    matcher,
  });
}

/** Aliases whose SQL a filter keeps. */
const KEPT_ALIASES = 8;

/** The SQL of a condition over a table without or with an alias; those that were asked for are kept, as long as they are few. */
function aliased(condition: Condition, catalogue: Catalogue): (alias?: string) => Fragment {
  const fragments = new Map<string | undefined, Fragment>();
  return (alias) => {
    const known = fragments.get(alias);
    if (known !== undefined) return known;
    if (alias === "")
      throw new FilterOptionError("the alias is empty; give the name of the table, or no alias");
    const made = lowerCondition(condition, catalogue, { alias });
    if (fragments.size < KEPT_ALIASES) fragments.set(alias, made);
    return made;
  };
}

function execution(args: Arguments, now: Date = new Date()): Execution {
  checkArgument("compileFilter", "the object of arguments", args, record);
  return { args, now: dateToMicros(now) };
}

const isMoving = ({ kind }: TimeBound): boolean => kind !== "instant";

function isRelative(binding: Binding): boolean {
  return (binding.kind === "instant" || binding.kind === "interval") && isMoving(binding.bound);
}

function lazy<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}

const NO_SETS: NamedSets = {};
const NO_FILTERS: SavedFilters = {};
const caches = createCaches<CompiledFilter>();

/** The cache for these options: catalogue, sets and saved filters are told apart by identity, the rest by value. */
function cacheOf({
  catalogue = IDEA_CATALOGUE,
  sets = NO_SETS,
  filters = NO_FILTERS,
  timeZone = "UTC",
  limits,
}: FilterOptions) {
  // Refuses what can't be the key of a cache, too.
  indexCatalogue(catalogue);
  return caches(
    [catalogue, sets, filters],
    limits === undefined ? timeZone : JSON.stringify([timeZone, limits]),
  );
}
