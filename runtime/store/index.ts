/** `idea-eventstore`: the event store, and the filter language over it. */
import { analyseFilter, type FilterOptions } from "../../compiler/compile.js";
import type { FilterSyntax } from "../../grammar/ast.js";
import type { Diagnostic } from "../../grammar/diagnostic.js";
import { FilterError } from "../../grammar/filter-error.js";
import { formatText } from "../../grammar/format.js";
import { parseSyntax } from "../../grammar/parse.js";
import { printSyntax } from "../../grammar/print.js";
import { highlightTokens, type Token } from "../../grammar/tokens.js";

export * from "../../compiler/index.js";
export { FilterError } from "../../grammar/filter-error.js";
export type { Diagnostic, DiagnosticSeverity, Fix, TextEdit } from "../../grammar/diagnostic.js";
export type { FilterSyntax } from "../../grammar/ast.js";
export { parseSyntaxJson, syntaxToJson } from "../../grammar/json.js";
export { renderDiagnostics } from "../../grammar/render.js";
export type { Token, TokenKind } from "../../grammar/tokens.js";
export * from "../postgres/errors.js";
export { DatabaseSourceError } from "../server/index.js";
export { eventToRow, type EventRow } from "../events/row.js";
export { IdeaError } from "../events/idea-error.js";
export { recordToIdea, type IdeaEvent } from "../events/idea-event.js";
export { recordToIdeaGhost } from "../events/ghost.js";
export { readEventItems, readEvents, type ReadItem } from "../events/read-events.js";
export { withRaw, type RawEvent } from "./insert/encode.js";
export { buildQuery, type BuiltQuery, type QueryType } from "./legacy/legacy-query.js";
export { close, EventStorageServiceManager, init, manager, service, setManager } from "./legacy/manager.js";
export { mogrify } from "./legacy/mogrify.js";
export { openStorage } from "./open.js";
export type * from "./types.js";

/**
 * What is wrong, or worth knowing, about a filter. Never throws for any text; empty when there is nothing to say.
 *
 * @example
 * checkFilter("sorce.ip in 10.0.0.0/8")[0].message; // unknown field "sorce.ip"
 */
export function checkFilter(text: string, options: FilterOptions = {}): readonly Diagnostic[] {
  return analyseFilter(text, options).diagnostics;
}

/** The syntax tree of a filter: plain, versioned, JSON-able. @throws FilterError when the text does not parse */
export function parseFilter(text: string): FilterSyntax {
  const { syntax, diagnostics } = parseSyntax(text);
  if (diagnostics.length > 0) throw new FilterError(text, diagnostics);
  return syntax;
}

/** The text of a syntax tree; parseFilter of it gives the tree back. */
export function printFilter(syntax: FilterSyntax): string {
  return printSyntax(syntax);
}

/** The canonical text of a filter, comments kept. @throws FilterError when the text does not parse */
export function formatFilter(text: string): string {
  const { text: formatted, diagnostics } = formatText(text);
  if (diagnostics.length > 0) throw new FilterError(text, diagnostics);
  return formatted;
}

/** The tokens of a filter, for colouring it; any text has some. */
export function highlightFilter(text: string): readonly Token[] {
  return highlightTokens(text);
}
