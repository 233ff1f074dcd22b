/** Templates of filters: what stands for the values between their texts. */
import { highlightTokens, type Token } from "../grammar/tokens.js";
import { IDEA_CATALOGUE } from "./catalogue/idea.js";
import { indexCatalogue } from "./catalogue/lookup.js";
import type { Catalogue } from "./catalogue/model.js";
import { situationAfter } from "./complete/place.js";

/**
 * What a value of a template stands for: a whole condition (`… and ${filter}`), a value that becomes a parameter (`source.ip in ${nets}`), or
 * nothing that makes sense, inside a quoted text, a regular expression or a comment.
 */
export type HolePlace = "condition" | "value" | "text";

/** What stands for a condition while the text is read. */
const CONDITION = "true";

/** Name of the parameter that the value at `position` becomes, from 0. */
export const holeParameter = (position: number): string => `value${position + 1}`;

/**
 * What stands for each value between `texts`, by what comes before it.
 *
 * @param texts the texts of the template, one more than there are values
 */
export function holePlaces(
  texts: readonly string[],
  catalogue: Catalogue = IDEA_CATALOGUE,
): readonly HolePlace[] {
  const index = indexCatalogue(catalogue);
  const places: HolePlace[] = [];
  let before = "";
  for (const [position, text] of texts.slice(0, -1).entries()) {
    before += text;
    const tokens = highlightTokens(before);
    const last = tokens.at(-1);
    const place =
      last !== undefined && isInsideText(last, before)
        ? "text"
        : situationAfter(before, tokens, index).place.kind === "condition"
          ? "condition"
          : "value";
    places.push(place);
    before += standIn(place, position);
  }
  return places;
}

/** What is in the text of a filter for a value of the template. */
export function standIn(place: HolePlace, position: number): string {
  return place === "condition" ? CONDITION : `$${holeParameter(position)}`;
}

/** Whether the text ends inside a comment, a quoted text or a regular expression. */
function isInsideText({ kind, start, end }: Token, before: string): boolean {
  if (end !== before.length) return false;
  return kind === "comment" || (kind === "error" && /^["/]/.test(before.slice(start)));
}
