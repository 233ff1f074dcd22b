/**
 * What a glob or regular expression of the language is for the reference evaluator, and whether a text fits it: told by what is left of the
 * expression after each sign, in time linear in the text. JavaScript's own expressions would try every way, some for ever.
 */

/** An expression over code points. */
export type Expression =
  | { readonly kind: "one"; readonly of: (codePoint: number) => boolean }
  | { readonly kind: "place"; readonly holds: (before: number | null, after: number | null) => boolean }
  | { readonly kind: "all"; readonly items: readonly Expression[] }
  | { readonly kind: "either"; readonly branches: readonly Expression[] }
  | { readonly kind: "repeat"; readonly item: Expression; readonly min: number; readonly max: number };

/** What is left to be matched: an expression and what follows it; null when nothing is. The same rest is the same object. */
interface Rest {
  readonly first: Expression;
  readonly after: Rest | null;
}

/** Whether all of the text fits (`whole`), or some part of it. */
export function expressionTest(expression: Expression, extent: "whole" | "part"): (text: string) => boolean {
  const { restOf, repeatOf } = rests();
  const start = restOf(expression, null);
  return (text) => {
    const signs = Array.from(text, (sign) => sign.codePointAt(0)!);
    let current: ReadonlySet<Rest | null> = new Set([start]);
    for (let position = 0; position <= signs.length; position++) {
      const before = signs[position - 1] ?? null;
      const after = signs[position] ?? null;
      const open = opened(current, before, after);
      if (open.has(null) && (extent === "part" || after === null)) return true;
      if (after === null) return false;
      const next = new Set<Rest | null>(extent === "part" ? [start] : []);
      for (const rest of open) if (rest?.first.kind === "one" && rest.first.of(after)) next.add(rest.after);
      current = next;
    }
    return false;
  };

  /** The rests with everything before their next sign decided. */
  function opened(
    from: ReadonlySet<Rest | null>,
    before: number | null,
    after: number | null,
  ): ReadonlySet<Rest | null> {
    const seen = new Set<Rest | null>();
    const pending = [...from];
    for (let rest = pending.pop(); rest !== undefined; rest = pending.pop()) {
      if (seen.has(rest)) continue;
      seen.add(rest);
      if (rest !== null) pending.push(...unfolded(rest, before, after));
    }
    return seen;
  }

  function unfolded(rest: Rest, before: number | null, after: number | null): readonly (Rest | null)[] {
    const { first, after: following } = rest;
    switch (first.kind) {
      case "one":
        return [];
      case "place":
        return first.holds(before, after) ? [following] : [];
      case "all":
        return [first.items.reduceRight<Rest | null>((then, item) => restOf(item, then), following)];
      case "either":
        return first.branches.map((branch) => restOf(branch, following));
      case "repeat": {
        const again = restOf(first.item, restOf(repeatOf(first), following));
        if (first.max === 0) return [following];
        return first.min > 0 ? [again] : [again, following];
      }
    }
  }
}

type Repeat = Extract<Expression, { kind: "repeat" }>;

/** Makes rests, and repeats with one time less, so that equal ones are the same object. */
function rests(): {
  readonly restOf: (first: Expression, after: Rest | null) => Rest;
  readonly repeatOf: (repeat: Repeat) => Repeat;
} {
  const known = new Map<Expression, Map<Rest | null, Rest>>();
  const shorter = new Map<Repeat, Repeat>();
  return {
    restOf: (first, after) => {
      let byAfter = known.get(first);
      if (byAfter === undefined) known.set(first, (byAfter = new Map()));
      let rest = byAfter.get(after);
      if (rest === undefined) byAfter.set(after, (rest = { first, after }));
      return rest;
    },
    repeatOf: (repeat) => {
      if (repeat.min === 0 && repeat.max === Infinity) return repeat;
      let less = shorter.get(repeat);
      if (less === undefined) {
        less = { ...repeat, min: Math.max(0, repeat.min - 1), max: repeat.max - 1 };
        shorter.set(repeat, less);
      }
      return less;
    },
  };
}
