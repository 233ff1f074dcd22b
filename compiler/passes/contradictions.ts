/** Pass: tests of one scalar field in one `and` that no value can meet together. */
import { mapChildren } from "../condition-parts.js";
import type { Atom, Condition, Junction, NumberSet, TimeSet, WordSet } from "../tree.js";

/** `severity = low and severity = high` is false; on a list two values may meet the tests. Expects negations at the atoms. */
export function foldContradictions(condition: Condition): Condition {
  const folded = mapChildren(condition, foldContradictions);
  return folded.kind === "and" && contradicts(folded)
    ? { kind: "constant", value: false, span: folded.span }
    : folded;
}

function contradicts({ operands }: Junction): boolean {
  const byField = new Map<string, Atom[]>();
  for (const operand of operands) {
    if (operand.kind !== "atom" || operand.negated || operand.list) continue;
    byField.set(operand.name, [...(byField.get(operand.name) ?? []), operand]);
  }
  return [...byField.values()].some((atoms) => atoms.length > 1 && (wordsApart(atoms) || rangesApart(atoms)));
}

/** No word is in all the sets. */
function wordsApart(atoms: readonly Atom[]): boolean {
  const sets = atoms.flatMap(({ test }) => (test.kind === "word" && !test.fold ? fixedWords(test.set) : []));
  const [first, ...others] = sets;
  return first !== undefined && ![...first].some((word) => others.every((set) => set.has(word)));
}

function fixedWords({ values, slots }: WordSet): readonly ReadonlySet<string>[] {
  return slots.length === 0 ? [new Set(values)] : [];
}

/** One end of the values that a set holds; null is open, or known only at run time. */
type End = { readonly value: number | bigint; readonly included: boolean } | null;

/** Where the values of a set begin and end. */
interface Hull {
  readonly low: End;
  readonly high: End;
}

/** One set ends before another begins. */
function rangesApart(atoms: readonly Atom[]): boolean {
  const hulls = atoms.flatMap(({ test }) =>
    test.kind === "number" ? [numberHull(test.set)] : test.kind === "time" ? [timeHull(test.set)] : [],
  );
  return hulls.some(({ high }) => hulls.some(({ low }) => isBefore(high, low)));
}

function isBefore(high: End, low: End): boolean {
  if (high === null || low === null) return false;
  return high.value < low.value || (high.value === low.value && !(high.included && low.included));
}

function numberHull({ points, ranges }: NumberSet): Hull {
  const end = (value: unknown, included: boolean): End =>
    typeof value === "number" || typeof value === "bigint" ? { value, included } : null;
  return hullOf([
    ...points.map((point) => ({ low: end(point, true), high: end(point, true) })),
    ...ranges.map(({ low, high, lowInclusive, highInclusive }) => ({
      low: end(low, lowInclusive),
      high: end(high, highInclusive),
    })),
  ]);
}

function timeHull({ ranges }: TimeSet): Hull {
  return hullOf(
    ranges.map(({ from, to }) => ({
      low: from?.kind === "instant" ? { value: from.micros, included: true } : null,
      high: to?.kind === "instant" ? { value: to.micros, included: false } : null,
    })),
  );
}

function hullOf(parts: readonly Hull[]): Hull {
  if (parts.length === 0) return { low: null, high: null };
  const outermost = (ends: readonly End[], isFurther: (a: number | bigint, b: number | bigint) => boolean) =>
    ends.reduce((a, b) => {
      if (a === null || b === null) return null;
      return a.value === b.value ? (a.included ? a : b) : isFurther(a.value, b.value) ? a : b;
    });
  return {
    low: outermost(
      parts.map(({ low }) => low),
      (a, b) => a < b,
    ),
    high: outermost(
      parts.map(({ high }) => high),
      (a, b) => a > b,
    ),
  };
}
