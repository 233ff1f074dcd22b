/** What resolving a filter needs besides its syntax tree, and what it gathers on the way. */
import type { Expr, FilterSyntax, Span } from "../../grammar/ast.js";
import type { Diagnostic, Report } from "../../grammar/diagnostic.js";
import type { IpRange } from "../values/ip-range.js";
import type { CatalogueIndex } from "../catalogue/lookup.js";
import type { FieldType, StoredField } from "../catalogue/model.js";
import type { CompilerLimits } from "../limits.js";
import type { Condition } from "../tree.js";

/** One member of a named set: an address, network, word or number as text; `a..b` is a range; or a number or {@link IpRange}. */
export type SetMember = string | number | IpRange;

/** Named sets: `@campus` in a filter is `sets.campus`. A member `@other` takes in another set. */
export type NamedSets = Readonly<Record<string, readonly SetMember[]>>;

/** Saved filters: `@noise` in a filter is the condition `filters.noise`. */
export type SavedFilters = Readonly<Record<string, string>>;

/** What the argument of a run-time parameter must be. */
export interface ParameterType {
  /** The type of the field that it is compared with. */
  readonly type: FieldType;
  /** The argument is a list of values (`in $nets`), one value otherwise. */
  readonly list: boolean;
  /** Enumeration that the argument's words come from. */
  readonly enumeration?: string;
}

/** How a run-time parameter is used in one place. */
export interface ParameterUse extends ParameterType {
  /** Without the `$`. */
  readonly name: string;
  /** Its first use in the text. */
  readonly span: Span;
}

/** What a filter is resolved against: the same for all its parts. */
export interface ResolveInput {
  readonly index: CatalogueIndex;
  readonly sets: NamedSets;
  readonly filters: SavedFilters;
  /** Parses the text of a saved filter. */
  readonly parse: (text: string) => {
    readonly syntax: FilterSyntax;
    readonly diagnostics: readonly Diagnostic[];
  };
  /** IANA name or offset of the zone of local times. */
  readonly timeZone: string;
  readonly limits: CompilerLimits;
}

/** What is gathered while resolving. */
export interface Findings {
  readonly report: Report;
  /** The parameters so far, by name. */
  readonly parameters: Map<string, ParameterUse>;
  /** How often a saved filter was expanded so far, in the whole filter. */
  readonly expansions: { count: number };
}

/** Where in the filter a part is. */
export interface Surroundings {
  /** The filter text, for fixes and for telling whether parentheses were written; of a saved filter its own. */
  readonly text: string;
  /** Inside `has ( )`: the fields of one element by their inner name. */
  readonly element: ReadonlyMap<string, StoredField> | null;
  /** The condition is below an odd number of `not`s. */
  readonly complemented: boolean;
  /** Fields, lower case, of which a condition joined by `and` says whether they are there. */
  readonly present: ReadonlySet<string>;
  /** Saved filters being expanded, outermost first, to refuse cycles. */
  readonly trail: readonly string[];
}

/** All of these, as the functions of this folder pass it down. */
export type ResolveContext = ResolveInput & Findings & Surroundings;

/** The context of a whole filter, with nothing gathered yet. */
export function wholeContext(input: ResolveInput, report: Report, text: string): ResolveContext {
  return {
    ...input,
    report,
    parameters: new Map(),
    expansions: { count: 0 },
    text,
    element: null,
    complemented: false,
    present: new Set(),
    trail: [],
  };
}

/** Resolves a nested expression; passed on so that the modules of this folder need not import each other in a circle. */
export type ResolveExpr = (expr: Expr, context: ResolveContext) => Condition | null;
