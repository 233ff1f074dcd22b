/** Legacy search parameters as an option of every operation with a filter: what they say becomes the options that the operation has. */
import type { Catalogue } from "../../../compiler/catalogue/model.js";
import { andFilters, type Filter } from "../../../compiler/compose.js";
import {
  searchParametersToSyntax,
  type ConvertedParameters,
  type SearchParameters,
} from "../../../compiler/convert/search-parameters.js";
import { argumentError } from "../../../compiler/values/errors.js";
import { printSyntax } from "../../../grammar/print.js";

/** Options of a call, checked. */
export type GivenOptions = Readonly<Record<string, unknown>> | undefined;

type Options = NonNullable<GivenOptions>;

/** What the parameters say besides the condition, by the name of the option. */
const OPTION_OF = {
  sort: ({ sort }) => (sort === null ? null : `${sort.field}.${sort.direction}`),
  limit: ({ limit }) => limit,
  page: ({ page }) => page,
  by: ({ aggregate }) => aggregate,
  step: ({ step }) => step,
} satisfies Readonly<Record<string, (converted: ConvertedParameters) => string | number | null>>;

/**
 * The options with `parameters` taken apart: their condition is joined to the filter, and their order, page, field and step are options where the
 * operation has them and the call names none. As in the Python module, what an operation has no option for says nothing to it, except that nothing is
 * deleted beyond a limit.
 *
 * @throws FilterError for an unknown parameter, with the nearest right one, and for wrong values
 * @throws DataError for a deletion with a limit or a page
 */
export function withoutParameters(
  operation: string,
  given: GivenOptions,
  known: Options,
  catalogue: Catalogue,
): GivenOptions {
  if (given?.["parameters"] === undefined) return given;
  const { parameters, ...options } = given;
  const converted = searchParametersToSyntax(parameters as SearchParameters, catalogue);
  if (operation === "deleteEvents" && (converted.limit !== null || converted.page !== null))
    throw argumentError(
      operation,
      "limit and page are for searches: a deletion takes every event that matches",
    );
  const said: Record<string, unknown> = {};
  for (const [name, read] of Object.entries(OPTION_OF)) {
    const value = read(converted);
    // A page by its number and one by its key exclude each other; the key is the call's.
    const isTaken = options[name] !== undefined || (name === "page" && options["after"] !== undefined);
    if (value !== null && Object.hasOwn(known, name) && !isTaken) said[name] = value;
  }
  const text = converted.syntax === null ? "" : printSyntax(converted.syntax);
  const { filter, args, ...rest } = options;
  return {
    ...rest,
    ...said,
    filter: joined(filter as Filter | undefined, args as Options | undefined, text),
  };
}

function joined(filter: Filter | undefined, args: Options | undefined, text: string): Filter {
  return filter === undefined ? text : andFilters({ filter, args: args ?? {} }, text);
}
