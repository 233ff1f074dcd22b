/** An open document as the features see it: its filters, judged, and the way from their offsets to its positions. */
import type { FilterOptions } from "../../../compiler/compile.js";
import type { Span } from "../../../grammar/ast.js";
import { highlightTokens, type Token } from "../../../grammar/tokens.js";
import { judge, type Judgement } from "../judge.js";
import { programFilters, type ReadModule } from "../program-filters.js";
import { FILTER_EXTENSION, type Project } from "../project.js";
import { fileRegion, type FilterRegion } from "../region.js";
import { PROGRAM_FILE } from "../source/tree.js";
import type { Range, TextDocument } from "./protocol.js";

/** A document and everything that is known about it. */
export interface DocumentView {
  readonly document: TextDocument;
  readonly project: Project;
  readonly judgements: readonly Judgement[];
}

/** A filter with the place in it that a position of the document means. */
export interface DocumentPlace {
  readonly judgement: Judgement;
  readonly offset: number;
}

/** The language of a document that has no path with an ending. */
const LANGUAGE = "eventstore-filter";

/** The filters of a text, by the ending of its path. */
export function regionsOf(text: string, path: string, readModule?: ReadModule): readonly FilterRegion[] {
  if (path.endsWith(FILTER_EXTENSION)) return [fileRegion(text)];
  return PROGRAM_FILE.test(path) ? programFilters(text, path, readModule) : [];
}

/** Reads a document. `path` is that of its file, or its address when it is in none. */
export function createView(
  document: TextDocument,
  path: string,
  project: Project,
  readModule?: ReadModule,
): DocumentView {
  const text = document.getText();
  const isFilter = document.languageId === LANGUAGE && !PROGRAM_FILE.test(path);
  const regions = isFilter ? [fileRegion(text)] : regionsOf(text, path, readModule);
  return { document, project, judgements: regions.map((region) => judge(region, project)) };
}

/** Whether a document is a filter as a whole. */
export function isFilterDocument({ judgements, document }: DocumentView): boolean {
  const [only] = judgements;
  return only?.region.span.start === 0 && only.region.span.end === document.getText().length;
}

/** Options that the filters of a document are compiled with. */
export function optionsOf({ project }: DocumentView): FilterOptions {
  return project.options;
}

/** The filter at an offset of the document; its ends belong to it. */
export function placeAt({ judgements }: DocumentView, offset: number): DocumentPlace | null {
  const judgement = judgements.find(({ region: { span } }) => span.start <= offset && offset <= span.end);
  return judgement === undefined ? null : { judgement, offset: judgement.region.toFilter(offset) };
}

/** The part of the document that a part of a filter is in. */
export function rangeOf(document: TextDocument, region: FilterRegion, span: Span): Range {
  const { start, end } = region.toDocument(span);
  return { start: document.positionAt(start), end: document.positionAt(end) };
}

/** The token at an offset: the one that begins there rather than the one that ends there. */
export function tokenAt(text: string, offset: number): Token | null {
  const touching = highlightTokens(text).filter(({ start, end }) => start <= offset && offset <= end);
  return touching.find(({ end }) => offset < end) ?? touching[0] ?? null;
}
