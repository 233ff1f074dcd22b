/** "Did you mean": the known name nearest to a mistyped one. */

/**
 * Optimal string alignment distance (insertions, deletions, substitutions, transpositions of neighbours), cut off above `limit`.
 */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let best = Math.min(previous[j]! + 1, current[j - 1]! + 1, previous[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, before[j - 2]! + 1);
      current.push(best);
    }
    before = previous;
    previous = current;
  }
  return previous[b.length]!;
}

/**
 * The candidate nearest to `word`, ignoring case, or undefined when none is near: at most one edit for each three characters. A
 * candidate that `word` is the last dotted part of, or the beginning of, counts as near too.
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const wanted = word.toLowerCase();
  const limit = Math.max(1, Math.floor(wanted.length / 3));
  let best: string | undefined;
  let bestScore = limit + 1;
  for (const candidate of candidates) {
    const lower = candidate.toLowerCase();
    let score = distance(wanted, lower, limit);
    if (score > limit && wanted.length >= 2) {
      if (lower.endsWith(`.${wanted}`)) score = 1;
      else if (wanted.length >= 3 && lower.startsWith(wanted)) score = limit;
    }
    if (score < bestScore) {
      best = candidate;
      bestScore = score;
    }
  }
  return best;
}

/** ` did you mean x?` in the given quotes, or nothing; to be put after a message. */
export function didYouMean(suggestion: string | undefined, quote = ""): string {
  return suggestion === undefined ? "" : `did you mean ${quote}${suggestion}${quote}?`;
}
