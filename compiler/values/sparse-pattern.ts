/**
 * LIKE patterns for an index of trigrams. PostgreSQL looks up every trigram of a pattern, and each costs a descent and a list to read; those
 * that overlap tell hardly more than those that do not.
 */

/** A sign of a LIKE pattern, an escape with what it escapes. */
const SIGNS = /\\[^]|[^\\]/gu;
const ANY_TEXT = "%";

type SignKind = "letter" | "separator" | "wildcard" | "foreign";

interface Run {
  readonly kind: SignKind;
  readonly signs: readonly string[];
}

/**
 * A pattern that every text which fits `pattern` fits too, with fewer trigrams: words are cut into pieces of three letters, what is left of them
 * is none, and what is between two words is any text. Short words are left with what surrounds them, which then is all that there is to
 * look for, and so is a word of less than two pieces that is alone.
 *
 * @example
 * sparsePattern("%(499 failed tries)%") // "%499%fai%led%tri%es%"
 */
export function sparsePattern(pattern: string): string {
  const runs = runsOf(pattern);
  const isKept = (run: Run | undefined): boolean =>
    run?.kind === "foreign" || (run?.kind === "letter" && run.signs.length < PIECE);
  const isAlone = runs.filter(({ kind, signs }) => kind === "letter" && signs.length >= PIECE).length === 1;
  const sparse = runs.flatMap((run, index) => {
    const besideKept = isKept(runs[index - 1]) || isKept(runs[index + 1]);
    if (run.kind === "letter" && !besideKept && !(isAlone && run.signs.length < 2 * PIECE))
      return cut(run.signs);
    // At an end without a wildcard it holds the pattern to the text's own end.
    const inside = index > 0 && index < runs.length - 1;
    return run.kind === "separator" && inside && !besideKept ? [ANY_TEXT] : run.signs;
  });
  return sparse.filter((sign, index) => sign !== ANY_TEXT || sparse[index - 1] !== ANY_TEXT).join("");
}

/**
 * A pattern that the text which any locale makes of a fitting text by its lower case fits too: only ASCII characters are in it, as the lower case
 * of others may have another length, or depend on what is beside them.
 */
export function asciiPattern(pattern: string): string {
  const signs = (pattern.match(SIGNS) ?? []).map((sign) =>
    sign === "_" || kindOf(sign) === "foreign" ? ANY_TEXT : sign,
  );
  return signs.filter((sign, index) => sign !== ANY_TEXT || signs[index - 1] !== ANY_TEXT).join("");
}

/** Letters of a piece: one trigram. */
const PIECE = 3;

/** Linear in the word, which an argument may make a million letters long. */
function cut(word: readonly string[]): string[] {
  return word.flatMap((sign, index) => (index > 0 && index % PIECE === 0 ? [ANY_TEXT, sign] : [sign]));
}

function runsOf(pattern: string): readonly Run[] {
  const runs: { readonly kind: SignKind; readonly signs: string[] }[] = [];
  for (const sign of pattern.match(SIGNS) ?? []) {
    const kind = kindOf(sign);
    const last = runs.at(-1);
    if (last?.kind === kind) last.signs.push(sign);
    else runs.push({ kind, signs: [sign] });
  }
  return runs;
}

/** What is a letter beyond ASCII is up to the database's locale. */
function kindOf(sign: string): SignKind {
  if (sign === ANY_TEXT || sign === "_") return "wildcard";
  if (/^[a-z\d]$/iu.test(sign)) return "letter";
  return /^\\?[\x20-\x7e]$/u.test(sign) ? "separator" : "foreign";
}
