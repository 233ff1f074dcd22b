/** The copy of a filter text that the grammar matches: in lower case, so that each keyword is in it once. */

/** What has one case: a letter after a backslash; a flag after a quote or slash; a unit after the slash of a time. */
const CASED = /\\[A-Z]|["/][ \t]*[A-Za-z]{1,2}(?![A-Za-z])|[A-Z]+/g;
const FLAG_OR_UNIT = /^["/][ \t]*(?:[ic]|ms|mo|[smhdwy])$/i;

/**
 * `text` with its ASCII letters in lower case; of the same length, so that offsets are those of `text`. An escape, flag or unit in the
 * wrong case becomes `z`, which is none of them: it is refused where it is, as it would be in the text itself.
 */
export function matchedText(text: string): string {
  return text.replace(CASED, (part) => {
    if (part.startsWith("\\")) return "\\z";
    return FLAG_OR_UNIT.test(part) && /[A-Z]/.test(part)
      ? part.replace(/[A-Za-z]/g, "z")
      : part.toLowerCase();
  });
}
