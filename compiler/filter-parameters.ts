/** The names of the parameters of a filter, whatever its form, for the type checker. */
import type { CompiledFilter } from "./compile.js";
import type { ParameterNames } from "./parameter-names.js";

/** The names of the parameters of a filter in any form; `string` where they are known only at run time. */
export type ParametersOf<Filter> = Filter extends string
  ? ParameterNames<Filter>
  : Filter extends CompiledFilter<infer Names>
    ? Names
    : Filter extends undefined
      ? never
      : string;
