/** The types of `$parameters`, after each use. */
import type { ParameterUse } from "../../../compiler/resolve/context.js";
import { highlightTokens } from "../../../grammar/tokens.js";
import { InlayHintKind, type InlayHint, type Range } from "./protocol.js";
import { rangeOf, type DocumentView } from "./view.js";

/** The type of a parameter as it is shown: `ip[]`, `severity`, `integer`. */
export function parameterType({ type, enumeration, list }: ParameterUse): string {
  return (enumeration ?? type) + (list ? "[]" : "");
}

/** The hints within a range of the document. */
export function inlayHintsOf(view: DocumentView, { start, end }: Range): InlayHint[] {
  const [from, to] = [view.document.offsetAt(start), view.document.offsetAt(end)];
  return view.judgements.flatMap(({ region, parameters }) => {
    if (parameters.size === 0 || region.span.end < from || region.span.start > to) return [];
    return highlightTokens(region.text).flatMap((token) => {
      if (token.kind !== "parameter") return [];
      const use = parameters.get(region.text.slice(token.start + 1, token.end));
      if (use === undefined) return [];
      const hint: InlayHint = {
        position: rangeOf(view.document, region, token).end,
        label: `: ${parameterType(use)}`,
        kind: InlayHintKind.Type,
      };
      return [hint];
    });
  });
}
