/** `like` of pynspect and `contains` of ransack. */
import type { Expr } from "../../grammar/ast.js";
import { takesOperator } from "../../grammar/operators.js";
import { enumerationOf, indexCatalogue } from "../catalogue/lookup.js";
import { parseRegex } from "../values/regex.js";
import * as build from "./build.js";
import { itemsOf, type LegacyConstant, type TextConstant } from "./constants.js";
import type { ConversionContext } from "./context.js";
import { presenceOf, subjectOf, type FieldUse } from "./fields.js";
import { readPattern, type Pattern } from "./patterns.js";
import { refuse } from "./refusal.js";
import { nameValue } from "./values.js";

/** `F like patterns` or `F contains text`. @throws Refusal E606, E609 */
export function textAtom(
  use: FieldUse,
  op: "like" | "contains",
  constant: LegacyConstant,
  context: ConversionContext,
): Expr {
  if (use.field.type === "hierarchy") return categoryAtom(use, constant, context);
  if (!takesOperator(use.field.type, "contains"))
    return refuse("E609", `${use.path} is no free text that can be searched`, constant.span, {
      proposal: `compare with whole values: ${use.path} in [ … ]`,
    });
  if (constant.kind === "name")
    return build.textTest(subjectOf(use), "contains", [nameValue(constant, "parameter")]);
  const texts = itemsOf(constant).map((item) => textOf(item));
  if (op === "like") return likeAtom(use, texts, context);
  if (texts.some(({ value }) => value === "")) return presenceOf(use, "exists");
  return build.textTest(
    subjectOf(use),
    "contains",
    texts.map(({ value }) => build.quoted(value, "c")),
  );
}

function textOf(item: LegacyConstant): TextConstant {
  return item.kind === "text" ? item : refuse("E609", "a text operator needs a text", item.span);
}

/** Literal texts of one case in one `contains`; each expression in a `matches` of its own, which takes one only. */
function likeAtom(use: FieldUse, texts: readonly TextConstant[], context: ConversionContext): Expr {
  const patterns = texts.map((text) => ({ ...readPattern(text.value), text }));
  if (patterns.some(({ literal }) => literal === "")) return presenceOf(use, "exists");
  const literals = (ignoreCase: boolean) =>
    patterns.flatMap((pattern) =>
      pattern.literal !== null && pattern.ignoreCase === ignoreCase
        ? [build.quoted(pattern.literal, ignoreCase ? null : "c")]
        : [],
    );
  const expressions = patterns.filter((pattern) => pattern.literal === null);
  return build.joined("or", [
    ...[literals(false), literals(true)]
      .filter((args) => args.length > 0)
      .map((args) => build.textTest(subjectOf(use), "contains", args)),
    ...expressions.map((pattern) => matchesAtom(use, pattern, pattern.text, context)),
  ]);
}

function matchesAtom(use: FieldUse, pattern: Pattern, text: TextConstant, context: ConversionContext): Expr {
  const { source, ignoreCase } = pattern;
  const read = parseRegex(source, { ignoreCase });
  // A "/…/" of the new language ends with its line.
  const problem = /[\n\r]/.test(source)
    ? "a pattern cannot hold a line break"
    : read.kind === "problem"
      ? read.problem.message
      : null;
  if (problem !== null) return refuse("E606", problem, text.span);
  if (pattern.dialectal) context.report("C13", text.span);
  return build.textTest(subjectOf(use), "matches", [build.regex(source, ignoreCase)]);
}

/** The known category that a search meant: `^`, and a dot at the end, say no more than the tree does. */
function categoryAtom(use: FieldUse, constant: LegacyConstant, context: ConversionContext): Expr {
  const known = new Set(enumerationOf(indexCatalogue(context.catalogue), use.field)?.values);
  const categories = itemsOf(constant).map((item) => {
    const text =
      item.kind === "text"
        ? item.value
            .replace(/^\^/, "")
            .replace(/\\?\.$/, "")
            .replaceAll("\\.", ".")
        : "";
    if (!known.has(text))
      refuse(
        "E609",
        `${use.path} is a tree of categories, which cannot be searched for a part of a name`,
        item.span,
        {
          proposal: `name whole categories: ${use.path} in ["Recon.Scanning"]`,
        },
      );
    return build.word(text);
  });
  context.report("C20", constant.span);
  return build.inSet(subjectOf(use), "under", categories);
}
