/** Converts filters of other tools to the filter language, and shows what means something else than before. */
import type { Expr } from "../../grammar/ast.js";
import type { DiagnosticSpan } from "../../grammar/diagnostic.js";
import { checkLength, defaultLimits } from "../../grammar/limits.js";
import { parseSyntax } from "../../grammar/parse.js";
import { printSyntax } from "../../grammar/print.js";
import { locate, sourceText } from "../../grammar/source-text.js";
import { IDEA_CATALOGUE } from "../catalogue/idea.js";
import type { Catalogue } from "../catalogue/model.js";
import * as build from "./build.js";
import { convertTree, type Setting } from "./convert-legacy.js";
import { DIALECTS, type Dialect } from "./dialect.js";
import { fieldTable } from "./fields.js";
import type { LegacyNode } from "./legacy-tree.js";
import { conversionError, reasonsOf } from "./refusal.js";
import { reportMessage, type ReportCode } from "./reports.js";
import { keySpan } from "./search-reading.js";
import { checkArgument, checkOptions, isPlain, oneOf, record, shown } from "../values/checks.js";
import type { OptionChecks } from "../values/checks.js";
import { argumentError } from "../values/errors.js";
import { parametersText, searchParametersToSyntax, type SearchParameters } from "./search-parameters.js";

export { ConversionError } from "./refusal.js";

/** What can be converted: the parameters of Mentat's search form, or filters in the language of pynspect 0.17 or ransack 0.1. */
export type LegacyLanguage = "search-parameters" | Dialect["name"];

/** Options of {@link convertFilter}. */
export interface ConversionOptions {
  /** The fields to convert to; those of IDEA when absent. */
  readonly catalogue?: Catalogue | undefined;
  /** ransack: the names that the caller's context gives, whose values stay run-time arguments and sets. */
  readonly context?: Readonly<Record<string, unknown>> | undefined;
}

const CONVERSION_OPTIONS = { catalogue: record, context: record } satisfies OptionChecks<ConversionOptions>;

/** Something that means something else, or may, after the conversion. */
export interface Change {
  /** C01 to C20, see {@link reportMessage}. */
  readonly code: ReportCode;
  /** What changes, a sentence. */
  readonly message: string;
  /** Place in the old text. */
  readonly span: DiagnosticSpan;
  /** Particulars of this place. */
  readonly notes: readonly string[];
  /** Whole new filters that come nearer to the old meaning, or to the one that was intended. */
  readonly fixes: readonly { readonly title: string; readonly text: string }[];
}

/** A converted filter. */
export interface Conversion {
  /** The filter in canonical form; empty when the old one was. */
  readonly text: string;
  /** In the order of the old text. */
  readonly changes: readonly Change[];
  /** Of search parameters: the order, as `searchEvents` takes it. */
  readonly sort?: string;
  /** Of search parameters: events a page. */
  readonly limit?: number;
  /** Of search parameters: the number of the page, from 1. */
  readonly page?: number;
}

/**
 * Converts a filter. Search parameters are given as JSON or as an object.
 *
 * @throws DataError `argument_invalid` for another language, an unknown option, or what is no filter
 * @throws ConversionError with every reason why the filter cannot be converted, at its place in the old text
 * @example
 * convertFilter("Category in ['Test'] and Target.Port == 22", "pynspect").text; // category = Test and target.port = 22
 */
export function convertFilter(
  text: string | SearchParameters,
  from: LegacyLanguage,
  options: ConversionOptions = {},
): Conversion {
  checkArgument("convertFilter", "the language", from, oneOf("search-parameters", ...Object.keys(DIALECTS)));
  checkOptions("convertFilter", options, CONVERSION_OPTIONS);
  const catalogue = options.catalogue ?? IDEA_CATALOGUE;
  if (from === "search-parameters") {
    if (typeof text !== "string" && !isPlain(text))
      throw argumentError("convertFilter", `search parameters are an object or its JSON, not ${shown(text)}`);
    return convertParameters(text, catalogue);
  }
  if (typeof text !== "string")
    throw argumentError("convertFilter", `a ${from} filter is a text, not ${shown(text)}`);
  const dialect = DIALECTS[from];
  const names = new Set(Object.keys(options.context ?? {}));
  const isContextName = (name: string): boolean => dialect.contextNames && names.has(name);
  return convertText(text, { dialect, catalogue, fields: fieldTable(catalogue), isContextName });
}

/** Each fix is a whole filter; beyond this many their sum would outgrow every use. */
const MAX_FIXES = 100;

function convertText(text: string, setting: Setting): Conversion {
  const root = parse(text, setting.dialect);
  if (root === null) return { text: "", changes: [] };
  const { expr, reports, reasons } = convertTree(root, setting);
  if (reasons.length > 0) throw conversionError(text, reasons);
  const source = sourceText(text);
  const changes = reports.map(({ code, span, notes, fix }, index): Change => {
    const offered = fix !== null && index < MAX_FIXES ? [fix] : [];
    const fixes = offered.map(({ title, node, replacement }) => ({
      title,
      text: print(build.exchanged(expr, node, replacement)),
    }));
    return { code, message: reportMessage(code), span: locate(source, span), notes, fixes };
  });
  return { text: checked(print(expr), text), changes: inTextOrder(changes) };
}

/** @throws ConversionError */
function parse(text: string, dialect: Dialect): LegacyNode | null {
  const tooLong = checkLength(text, defaultLimits);
  if (tooLong !== null)
    throw conversionError(text, [{ code: "E601", message: tooLong.message, span: tooLong.span }]);
  try {
    return dialect.parse(text);
  } catch (error) {
    throw conversionError(text, reasonsOf(error));
  }
}

/** The converted filter, unless it has outgrown the limits of the new language. @throws ConversionError E601 */
function checked(converted: string, old: string): string {
  const [problem] = parseSyntax(converted).diagnostics;
  if (problem === undefined) return converted;
  const span = { start: 0, end: old.length };
  throw conversionError(old, [
    { code: "E601", message: `the converted filter is too large: ${problem.message}`, span },
  ]);
}

function print(expr: Expr | null): string {
  return printSyntax(build.filterReference(expr === null ? null : build.flattenedOperands(expr)));
}

function inTextOrder(changes: readonly Change[]): readonly Change[] {
  return [...changes].sort((a, b) => a.span.start - b.span.start || a.code.localeCompare(b.code));
}

function convertParameters(given: string | SearchParameters, catalogue: Catalogue): Conversion {
  const text = typeof given === "string" ? given : parametersText(given);
  const { syntax, reports, sort, limit, page } = searchParametersToSyntax(
    typeof given === "string" ? readJson(given) : given,
    catalogue,
    text,
  );
  const source = sourceText(text);
  const changes = reports.map(({ code, key, note }): Change => {
    const span = locate(source, keySpan(text, key));
    return { code, message: reportMessage(code), span, notes: [note], fixes: [] };
  });
  return {
    text: checked(print(syntax), text),
    changes: inTextOrder(changes),
    ...(sort === null ? {} : { sort: `${sort.field}.${sort.direction}` }),
    ...(limit === null ? {} : { limit }),
    ...(page === null ? {} : { page }),
  };
}

/** @throws ConversionError E601 */
function readJson(text: string): SearchParameters {
  const whole = { start: 0, end: text.length };
  if (text.trim() === "") return {};
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  } catch (error) {
    const message = `the search parameters are not JSON: ${error instanceof Error ? error.message : String(error)}`;
    throw conversionError(text, [{ code: "E601", message, span: whole }]);
  }
  const message = "the search parameters are an object, a value for each name";
  throw conversionError(text, [{ code: "E601", message, span: whole }]);
}
