/**
 * The filter language as text: parse, print, format, highlight, and show what is wrong. Knows no fields.
 *
 * In the order of flow: operators, field-types, functions and codes are the tables of the language; tokens and limits look at the text; matched-text,
 * filter.ohm and parse-tree match it; parse is tolerant by recover and diagnose; report and render show what is wrong; print, format and
 * json write the tree. README.md has the invariants.
 */
export * from "./ast.js";
export type { Diagnostic, DiagnosticSeverity, DiagnosticSpan, Fix, Report, TextEdit } from "./diagnostic.js";
export type { DescribeField } from "./refused.js";
export { FilterError } from "./filter-error.js";
export { formatText, type FormatResult } from "./format.js";
export { SyntaxJsonError, parseSyntaxJson, syntaxToJson } from "./json.js";
export { defaultLimits, type SyntaxLimits } from "./limits.js";
export { parseSyntax, type ParseOptions, type ParseResult } from "./parse.js";
export { printSyntax } from "./print.js";
export { renderDiagnostics, type RenderOptions } from "./render.js";
export { applyEdits, inTextOrder, reporter, type Reporter } from "./report.js";
export { lineAt, locate, positionAt, sourceText, type Position, type SourceText } from "./source-text.js";
export { highlightTokens, type Token, type TokenKind } from "./tokens.js";
