/** What is shown about the place under the pointer: the thing itself, and the SQL of its condition with the index that serves it. */
import { IDEA_CATALOGUE } from "../../../compiler/catalogue/idea.js";
import { indexCatalogue } from "../../../compiler/catalogue/lookup.js";
import { situationAfter } from "../../../compiler/complete/place.js";
import { explainFilter, type Explanation } from "../../../compiler/explain/explain.js";
import { FilterError } from "../../../grammar/filter-error.js";
import { highlightTokens, type Token } from "../../../grammar/tokens.js";
import {
  codeBlock,
  fieldDocumentation,
  functionDocumentation,
  groupDocumentation,
  operatorDocumentation,
  savedFilterDocumentation,
  setDocumentation,
} from "./documentation.js";
import { parameterType } from "./inlay-hints.js";
import { MarkupKind, type Hover } from "./protocol.js";
import { optionsOf, placeAt, rangeOf, tokenAt, type DocumentPlace, type DocumentView } from "./view.js";

/** The hover at an offset of the document. */
export function hoverAt(view: DocumentView, offset: number): Hover | null {
  const place = placeAt(view, offset);
  if (place === null) return null;
  const { region } = place.judgement;
  const token = tokenAt(region.text, place.offset);
  if (token === null || token.kind === "comment") return null;
  const parts = [thingAt(view, place, token), conditionAt(view, place), remarksAt(place)].filter(
    (part) => part !== null,
  );
  if (parts.length === 0) return null;
  return {
    contents: { kind: MarkupKind.Markdown, value: parts.join("\n\n---\n\n") },
    range: rangeOf(view.document, region, token),
  };
}

function thingAt(view: DocumentView, { judgement }: DocumentPlace, token: Token): string | null {
  const word = judgement.region.text.slice(token.start, token.end);
  switch (token.kind) {
    case "field":
      return fieldAt(view, judgement.region.text.slice(0, token.start), word.toLowerCase());
    case "function":
      return functionDocumentation(word.toLowerCase());
    case "keyword":
    case "operator":
      return operatorDocumentation(word.toLowerCase());
    case "parameter": {
      const use = judgement.parameters.get(word.slice(1));
      return use === undefined ? null : `**${word}**: \`${parameterType(use)}\``;
    }
    case "set":
      return (
        savedFilterDocumentation(word.slice(1), view.project) ?? setDocumentation(word.slice(1), view.project)
      );
    default:
      return null;
  }
}

function fieldAt(view: DocumentView, before: string, name: string): string | null {
  const index = indexCatalogue(optionsOf(view).catalogue ?? IDEA_CATALOGUE);
  const { fields } = situationAfter(before, highlightTokens(before), index);
  const field = fields.get(name) ?? index.aliases.get(name);
  return field === undefined ? groupDocumentation(name, index) : fieldDocumentation(field, index);
}

/** The condition around the place, or the whole filter beside `and` and `or`. */
function conditionAt(view: DocumentView, { judgement, offset }: DocumentPlace): string | null {
  const explanation = explained(view, judgement.region.text);
  if (explanation === null) return null;
  const length = ({ span }: Explanation["atoms"][number]): number => span.end - span.start;
  const [atom] = explanation.atoms
    .filter(({ span }) => span.start <= offset && offset <= span.end)
    .sort((a, b) => length(a) - length(b));
  if (atom === undefined) return `${explanation.words}\n\n${codeBlock(explanation.sql, "sql")}`;
  const mapping = explanation.mappings.find(
    ({ span }) => span.start === atom.span.start && span.end === atom.span.end,
  );
  const sql = mapping === undefined ? explanation.sql : explanation.sql.slice(mapping.start, mapping.end);
  const index = atom.index === null ? "none, the rows are read" : `\`${atom.index}\``;
  return `${atom.words}\n\n${codeBlock(sql, "sql")}\n\nIndex: ${index}`;
}

function explained(view: DocumentView, text: string): Explanation | null {
  try {
    return explainFilter(text, optionsOf(view));
  } catch (error) {
    if (error instanceof FilterError) return null;
    throw error;
  }
}

/** Remarks on a filter that is right: the editor does not underline them. */
function remarksAt({ judgement, offset }: DocumentPlace): string | null {
  const here = judgement.remarks.filter(({ span }) => span.start <= offset && offset <= span.end);
  return here.length === 0
    ? null
    : here.map(({ code, message, notes }) => [`${code}: ${message}`, ...notes].join("; ")).join("\n\n");
}
