/**
 * `idea-eventstore/compiler`: filters to SQL and predicates, over the IDEA catalogue or one of your own.
 *
 * In the order of flow: catalogue, resolve (with literals), passes, then lower to SQL, evaluate over an event and explain in words; compile calls
 * them all. README.md has the invariants.
 */
export type * from "./catalogue/model.js";
export { CatalogueError } from "./catalogue/catalogue-error.js";
export { IDEA_CATALOGUE } from "./catalogue/idea.js";
export { MENTAT_CATALOGUE, MENTAT_OLD_CATALOGUE } from "./catalogue/mentat.js";
export { searchedColumns, type SearchedColumn } from "./catalogue/columns.js";
export {
  analyseFilter,
  compileFilter,
  type Analysis,
  type CompiledFilter,
  type FilterOptions,
  type MatchOptions,
  type SqlExpression,
  type SqlOptions,
} from "./compile.js";
export {
  andFilters,
  notFilter,
  orFilters,
  type ComposedFilter,
  type Filter,
  type FilterPart,
  type FilterWithArguments,
} from "./compose.js";
export { filter } from "./filter-tag.js";
export type {
  ArgumentsFor,
  ArgumentsOption,
  ArgumentsParameter,
  OtherNames,
  ParameterNames,
} from "./parameter-names.js";
export type { ParametersOf } from "./filter-parameters.js";
export { FilterOptionError } from "./filter-option-error.js";
export { completeFilter, type Completion, type CompletionKind } from "./complete.js";
export {
  convertFilter,
  ConversionError,
  type Change,
  type Conversion,
  type ConversionOptions,
  type LegacyLanguage,
} from "./convert/convert.js";
export { explainCompiled, explainFilter, type Explanation, type ExplainOptions } from "./explain/explain.js";
export { checkFilter, formatFilter, highlightFilter, parseFilter, printFilter } from "./language.js";
export { DEFAULT_LIMITS, type CompilerLimits } from "./limits.js";
export { FIELD_TYPES } from "../grammar/field-types.js";
export { FUNCTIONS, type FunctionName } from "../grammar/functions.js";
export { OPERATORS, operatorsFor, type Operator } from "../grammar/operators.js";
export type { NamedSets, ParameterUse, SavedFilters, SetMember } from "./resolve/context.js";
export type * from "./tree.js";
export type { FilterSyntax } from "../grammar/ast.js";
export type { Diagnostic, DiagnosticSeverity, Fix, TextEdit } from "../grammar/diagnostic.js";
export { FilterError } from "../grammar/filter-error.js";
export type { Token, TokenKind } from "../grammar/tokens.js";
export { ArgumentError } from "./values/arguments.js";
export { formatIpRange, IpSyntaxError, parseIpRange, type IpRange } from "./values/ip-range.js";
