/** Colours: the kind of each token. */
import { highlightTokens, type TokenKind } from "../../../grammar/tokens.js";
import { SemanticTokensBuilder, type SemanticTokens } from "./protocol.js";
import { rangeOf, type DocumentView } from "./view.js";

/** The kinds as the protocol calls them, in the order of the legend. */
export const TOKEN_TYPES = [
  "keyword",
  "operator",
  "property",
  "function",
  "string",
  "regexp",
  "number",
  "enumMember",
  "parameter",
  "variable",
  "comment",
] as const;

type TokenType = (typeof TOKEN_TYPES)[number];

const TYPES: Readonly<Record<TokenKind, TokenType | null>> = {
  keyword: "keyword",
  operator: "operator",
  field: "property",
  function: "function",
  string: "string",
  regex: "regexp",
  number: "number",
  atom: "enumMember",
  parameter: "parameter",
  set: "variable",
  comment: "comment",
  punctuation: null,
  error: null,
};

/** The tokens of all filters of a document. */
export function semanticTokensOf(view: DocumentView): SemanticTokens {
  const builder = new SemanticTokensBuilder();
  for (const { region } of view.judgements)
    for (const token of highlightTokens(region.text)) {
      const type = TYPES[token.kind];
      const isHole = region.holes.some(({ start, end }) => start < token.end && token.start < end);
      if (type === null || isHole) continue;
      const { start, end } = rangeOf(view.document, region, token);
      // A token is on one line, unless a program breaks its literal inside of it.
      if (start.line !== end.line) continue;
      const length = end.character - start.character;
      builder.push(start.line, start.character, length, TOKEN_TYPES.indexOf(type), 0);
    }
  return builder.build();
}
