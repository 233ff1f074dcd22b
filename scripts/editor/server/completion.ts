/** Completion: what may be written at a place, with its documentation. */
import { IDEA_CATALOGUE } from "../../../compiler/catalogue/idea.js";
import { indexCatalogue } from "../../../compiler/catalogue/lookup.js";
import { completeFilter, type Completion, type CompletionKind } from "../../../compiler/complete.js";
import {
  fieldDocumentation,
  functionDocumentation,
  groupDocumentation,
  operatorDocumentation,
  savedFilterDocumentation,
  setDocumentation,
} from "./documentation.js";
import { CompletionItemKind, MarkupKind, type CompletionItem } from "./protocol.js";
import { optionsOf, placeAt, rangeOf, type DocumentView } from "./view.js";

/** Signs after which something can be proposed at once. */
export const TRIGGER_CHARACTERS: readonly string[] = [".", "$", "@", "[", "(", "=", "<", ">", " "];

const KINDS: Readonly<Record<CompletionKind, CompletionItemKind>> = {
  field: CompletionItemKind.Field,
  function: CompletionItemKind.Function,
  operator: CompletionItemKind.Operator,
  keyword: CompletionItemKind.Keyword,
  value: CompletionItemKind.EnumMember,
  set: CompletionItemKind.Constant,
  filter: CompletionItemKind.Reference,
  parameter: CompletionItemKind.Variable,
};

/** The proposals at an offset of the document, best first. */
export function completionsAt(view: DocumentView, offset: number): CompletionItem[] {
  const place = placeAt(view, offset);
  if (place === null) return [];
  const { region } = place.judgement;
  return completeFilter(region.text, place.offset, optionsOf(view)).map((completion, position) => {
    const documentation = documentationOf(view, completion);
    return {
      label: completion.label,
      kind: KINDS[completion.kind],
      detail: completion.detail,
      ...(documentation === null
        ? {}
        : { documentation: { kind: MarkupKind.Markdown, value: documentation } }),
      // Editors sort by this text; the order is that of the compiler.
      sortText: String(position).padStart(4, "0"),
      filterText: completion.label,
      textEdit: {
        range: rangeOf(view.document, region, completion),
        newText: region.spell(completion.insert),
      },
    };
  });
}

function documentationOf(view: DocumentView, { kind, label }: Completion): string | null {
  const index = indexCatalogue(optionsOf(view).catalogue ?? IDEA_CATALOGUE);
  switch (kind) {
    case "field": {
      const field = index.fields.get(label);
      return field === undefined
        ? groupDocumentation(label.replace(/ has$/, ""), index)
        : fieldDocumentation(field, index);
    }
    case "function":
      return functionDocumentation(label);
    case "operator":
      return operatorDocumentation(label);
    case "filter":
      return savedFilterDocumentation(label.slice(1), view.project);
    case "set":
      return setDocumentation(label.slice(1), view.project);
    case "keyword":
    case "value":
    case "parameter":
      return null;
  }
}
