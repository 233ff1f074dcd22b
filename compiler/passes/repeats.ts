/** Pass: conditions that occur twice in one junction, plain or as their own complement. */
import { mapChildren } from "../condition-parts.js";
import type { Atom, Condition, Exclusive, HasElement, Junction } from "../tree.js";

/**
 * `a and a` is `a`, `a or not a` is true, `a and not a` is false, `a xor a` is false. Expects negations at the atoms, and leaves
 * constants that flattening takes out.
 */
export function foldRepeats(condition: Condition): Condition {
  const folded = mapChildren(condition, foldRepeats);
  if (folded.kind === "and" || folded.kind === "or") return foldJunction(folded);
  return folded.kind === "xor" ? foldExclusive(folded) : folded;
}

type Leaf = Atom | HasElement;

function foldJunction(junction: Junction): Condition {
  const { kind, span } = junction;
  const seen = new Map<string, boolean>();
  const operands: Condition[] = [];
  for (const [operand, key] of keyed(junction.operands)) {
    const known = key === null ? undefined : seen.get(key);
    if (known === undefined) operands.push(operand);
    else if (known !== isNegated(operand)) return { kind: "constant", value: kind === "or", span };
    if (key !== null) seen.set(key, isNegated(operand));
  }
  return { ...junction, operands };
}

/** Equal operands go in pairs; of a complementary pair `true` is left. */
function foldExclusive(exclusive: Exclusive): Condition {
  const unpaired = new Map<string, Condition>();
  const others: Condition[] = [];
  for (const [operand, key] of keyed(exclusive.operands)) {
    const twin = key === null ? undefined : unpaired.get(key);
    if (key === null) others.push(operand);
    else if (twin === undefined) unpaired.set(key, operand);
    else {
      unpaired.delete(key);
      if (isNegated(twin) !== isNegated(operand))
        others.push({ kind: "constant", value: true, span: operand.span });
    }
  }
  return { ...exclusive, operands: [...unpaired.values(), ...others] };
}

function isNegated(condition: Condition): boolean {
  return isLeaf(condition) && condition.negated;
}

function isLeaf(condition: Condition): condition is Leaf {
  return condition.kind === "atom" || condition.kind === "has";
}

/** Each operand with what tells it from others, its negation left aside; null for one that has no equal, which is cheap to see. */
function keyed(operands: readonly Condition[]): readonly (readonly [Condition, string | null])[] {
  const counts = new Map<string, number>();
  for (const operand of operands) counts.set(roughKey(operand), (counts.get(roughKey(operand)) ?? 0) + 1);
  return operands.map((operand) => [
    operand,
    isLeaf(operand) && (counts.get(roughKey(operand)) ?? 0) > 1 ? exactKey(operand) : null,
  ]);
}

function roughKey(condition: Condition): string {
  return condition.kind === "atom"
    ? `${condition.name} ${condition.quantifier} ${condition.test.kind}`
    : condition.kind;
}

function exactKey(leaf: Leaf): string {
  return JSON.stringify({ ...leaf, negated: false }, (key, value: unknown) =>
    key === "span" ? undefined : typeof value === "bigint" ? `${value}n` : value,
  );
}
