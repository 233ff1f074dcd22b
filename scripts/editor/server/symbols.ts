/** The outline of a document: its conditions, each with the names that it uses. */
import type { Expr, Predicate, Span } from "../../../grammar/ast.js";
import { parseSyntax } from "../../../grammar/parse.js";
import { highlightTokens } from "../../../grammar/tokens.js";
import type { FilterRegion } from "../region.js";
import { SymbolKind, type DocumentSymbol, type SymbolInformation } from "./protocol.js";
import { isFilterDocument, rangeOf, type DocumentView } from "./view.js";

/** Longest text shown beside a name. */
const WIDEST = 60;

/** The outline; in a program one entry for each filter. */
export function symbolsOf(view: DocumentView): DocumentSymbol[] {
  if (isFilterDocument(view)) return view.judgements.flatMap(({ region }) => conditionsOf(view, region));
  return view.judgements.map(({ region }) =>
    symbolOf(
      view,
      region,
      { start: 0, end: region.text.length },
      {
        name: shortened(region.text) || "(every event)",
        kind: SymbolKind.String,
        children: conditionsOf(view, region),
      },
    ),
  );
}

/** The outline without levels, for editors that know no others. */
export function flatSymbols(uri: string, symbols: readonly DocumentSymbol[]): SymbolInformation[] {
  return symbols.flatMap(({ name, kind, range, children = [] }) => [
    { name, kind, location: { uri, range } },
    ...flatSymbols(uri, children),
  ]);
}

function conditionsOf(view: DocumentView, region: FilterRegion): DocumentSymbol[] {
  const { root } = parseSyntax(region.text).syntax;
  return root === null ? [] : symbolsIn(view, region, root);
}

function symbolsIn(view: DocumentView, region: FilterRegion, expr: Expr): DocumentSymbol[] {
  switch (expr.kind) {
    case "and":
    case "or":
    case "xor":
      return expr.operands.flatMap((operand) => symbolsIn(view, region, operand));
    case "not":
      return symbolsIn(view, region, expr.operand);
    case "filter":
      return [symbolOf(view, region, expr.span, { name: `@${expr.name}`, kind: SymbolKind.Function })];
    case "predicate":
      return [predicateSymbol(view, region, expr)];
    case "boolean":
    case "error":
      return [];
  }
}

function predicateSymbol(view: DocumentView, region: FilterRegion, predicate: Predicate): DocumentSymbol {
  const { operand, test, span } = predicate;
  const name = region.text.slice(operand.span.start, operand.span.end) || operand.field;
  const detail = test === null ? "" : shortened(region.text.slice(test.span.start, test.span.end));
  const inner = test?.kind === "has" ? symbolsIn(view, region, test.expr) : parametersIn(view, region, span);
  return symbolOf(view, region, span, { name, detail, kind: SymbolKind.Field, children: inner });
}

function parametersIn(view: DocumentView, region: FilterRegion, { start, end }: Span): DocumentSymbol[] {
  return highlightTokens(region.text)
    .filter((token) => token.kind === "parameter" && token.start >= start && token.end <= end)
    .map((token) => {
      const name = region.text.slice(token.start, token.end);
      return symbolOf(view, region, token, { name, kind: SymbolKind.Variable });
    });
}

function symbolOf(
  view: DocumentView,
  region: FilterRegion,
  span: Span,
  what: Pick<DocumentSymbol, "name" | "kind" | "detail" | "children">,
): DocumentSymbol {
  const range = rangeOf(view.document, region, span);
  return { children: [], ...what, range, selectionRange: range };
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > WIDEST ? `${line.slice(0, WIDEST - 1)}…` : line;
}
