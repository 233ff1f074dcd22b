/** What an editor asks of the language, each in one call: check, parse, print, format, highlight. */
import type { FilterSyntax } from "../grammar/ast.js";
import type { Diagnostic } from "../grammar/diagnostic.js";
import { FilterError } from "../grammar/filter-error.js";
import { parseSyntax } from "../grammar/parse.js";
import { printSyntax } from "../grammar/print.js";
import { highlightTokens, type Token } from "../grammar/tokens.js";
import { checkArgument, isPlain, type Check } from "./values/checks.js";
import { IDEA_CATALOGUE } from "./catalogue/idea.js";
import { formatWithCatalogue } from "./format.js";
import { analyseFilter, checkFilterCall, type FilterOptions } from "./compile.js";

/**
 * What is wrong, or worth knowing, about a filter. Never throws for any text; empty when there is nothing to say.
 *
 * @throws DataError `argument_invalid` for an unknown option and for what is no text
 * @example
 * checkFilter("sorce.ip in 10.0.0.0/8")[0].message; // unknown field "sorce.ip"
 */
export function checkFilter(text: string, options: FilterOptions = {}): readonly Diagnostic[] {
  checkFilterCall("checkFilter", text, options);
  return analyseFilter(text, options).diagnostics;
}

/** The syntax tree of a filter: plain, versioned, JSON-able. @throws FilterError when the text does not parse */
export function parseFilter(text: string): FilterSyntax {
  checkFilterCall("parseFilter", text, undefined);
  const { syntax, diagnostics } = parseSyntax(text);
  if (diagnostics.length > 0) throw new FilterError(text, diagnostics);
  return syntax;
}

const syntaxTree: Check = (value) => (isPlain(value) && "root" in value ? null : "what parseFilter returned");

/** The text of a syntax tree; parseFilter of it gives the tree back. */
export function printFilter(syntax: FilterSyntax): string {
  checkArgument("printFilter", "the syntax tree", syntax, syntaxTree);
  return printSyntax(syntax);
}

/**
 * The canonical text of a filter, comments kept; names of fields are spelled as in the catalogue.
 *
 * @throws FilterError when the text does not parse
 * @throws DataError `argument_invalid` for an unknown option and for what is no text
 */
export function formatFilter(text: string, options: Pick<FilterOptions, "catalogue"> = {}): string {
  checkFilterCall("formatFilter", text, options);
  const { catalogue = IDEA_CATALOGUE } = options;
  const { text: formatted, diagnostics } = formatWithCatalogue(text, catalogue);
  if (diagnostics.length > 0) throw new FilterError(text, diagnostics);
  return formatted;
}

/** The tokens of a filter, for colouring it; any text has some. */
export function highlightFilter(text: string): readonly Token[] {
  checkFilterCall("highlightFilter", text, undefined);
  return highlightTokens(text);
}
