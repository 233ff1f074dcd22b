/** Pass: tests of one scalar field in one `and` that no value can meet together. */
import { assertNever } from "../assert-never.js";
import type { Atom, Condition, Junction, NumberSet, TimeSet, WordSet } from "../tree.js";

/** `severity = low and severity = high` is false; on a list two values may meet the tests. Expects negations at the atoms. */
export function foldContradictions(condition: Condition): Condition {
  switch (condition.kind) {
    case "and": {
      const folded = { ...condition, operands: condition.operands.map(foldContradictions) };
      return contradicts(folded) ? { kind: "constant", value: false, span: condition.span } : folded;
    }
    case "or":
    case "xor":
      return { ...condition, operands: condition.operands.map(foldContradictions) };
    case "not":
      return { ...condition, operand: foldContradictions(condition.operand) };
    case "has":
      return { ...condition, condition: foldContradictions(condition.condition) };
    case "atom":
    case "constant":
      return condition;
    default:
      return assertNever(condition);
  }
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

/** The least and the greatest value that a set holds, both included; null is open, or known only at run time. */
interface Hull {
  readonly low: number | bigint | null;
  readonly high: number | bigint | null;
}

/** One set ends before another begins. */
function rangesApart(atoms: readonly Atom[]): boolean {
  const hulls = atoms.flatMap(({ test }) =>
    test.kind === "number" ? [numberHull(test.set)] : test.kind === "time" ? [timeHull(test.set)] : [],
  );
  return hulls.some(({ high }) => high !== null && hulls.some(({ low }) => low !== null && low > high));
}

function numberHull({ points, ranges }: NumberSet): Hull {
  const fixed = (value: unknown) => (typeof value === "number" ? value : null);
  return hullOf([
    ...points.map((point) => ({ low: fixed(point), high: fixed(point) })),
    ...ranges.map(({ low, high }) => ({ low: fixed(low), high: fixed(high) })),
  ]);
}

function timeHull({ ranges }: TimeSet): Hull {
  return hullOf(
    ranges.map(({ from, to }) => ({
      low: from?.kind === "instant" ? from.micros : null,
      high: to?.kind === "instant" ? to.micros - 1n : null,
    })),
  );
}

function hullOf(parts: readonly Hull[]): Hull {
  const lows = parts.map(({ low }) => low);
  const highs = parts.map(({ high }) => high);
  return {
    low: lows.reduce((a, b) => (a === null || b === null ? null : a < b ? a : b), lows[0] ?? null),
    high: highs.reduce((a, b) => (a === null || b === null ? null : a > b ? a : b), highs[0] ?? null),
  };
}
