/** Formatting with a catalogue: names of fields as it spells them, whatever case they were written in. */
import type { Expr, Operand, Test } from "../grammar/ast.js";
import { formatText, type FormatResult } from "../grammar/format.js";
import { parseSyntax } from "../grammar/parse.js";
import { applyEdits } from "../grammar/report.js";
import { groupFields, indexCatalogue } from "./catalogue/lookup.js";
import type { Catalogue } from "./catalogue/model.js";

/** {@link formatText}, with the names of fields and groups that the catalogue knows in its spelling. Never throws for any text. */
export function formatWithCatalogue(text: string, catalogue: Catalogue): FormatResult {
  const { syntax, diagnostics } = parseSyntax(text);
  if (diagnostics.length > 0) return { text, diagnostics };
  const names = namesOf(catalogue);
  const edits = (syntax.root === null ? [] : operandsOf(syntax.root)).flatMap(({ field, fieldSpan }) => {
    const name = names.get(field.toLowerCase());
    return name === undefined || name === field ? [] : [{ ...fieldSpan, text: name }];
  });
  return formatText(applyEdits(text, edits));
}

/** Each name by its letters in lower case: fields, groups, and the fields of an element. */
function namesOf(catalogue: Catalogue): ReadonlyMap<string, string> {
  const index = indexCatalogue(catalogue);
  const inner = catalogue.groups.flatMap((group) => [...groupFields(index, group).keys()]);
  const names = [...index.aliases.keys(), ...inner, ...index.groups.keys(), ...index.unionGroups.keys()];
  return new Map([...names, ...index.fields.keys()].map((name) => [name.toLowerCase(), name]));
}

function operandsOf(expr: Expr): readonly Operand[] {
  switch (expr.kind) {
    case "and":
    case "or":
    case "xor":
      return expr.operands.flatMap(operandsOf);
    case "not":
      return operandsOf(expr.operand);
    case "predicate":
      return [expr.operand, ...[expr.test, expr.operand.test].flatMap(operandsInside)];
    default:
      return [];
  }
}

function operandsInside(test: Test | null | undefined): readonly Operand[] {
  return test?.kind === "has" ? operandsOf(test.expr) : [];
}
