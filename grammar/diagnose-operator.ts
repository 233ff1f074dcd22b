/** Words that people write for operators, from other languages or from plain speech. */
import { wrongOperator } from "./diagnose-token.js";
import type { Operator, SetOp } from "./operators.js";
import type { Refused } from "./refused.js";
import type { Finding } from "./report.js";

/** Tried longest first, over the words after the field joined by single blanks. */
const words: readonly (readonly [pattern: RegExp, suggestion: Operator | `not ${SetOp}`])[] = [
  [/^is not (?:null|empty|missing)$/, "exists"],
  [/^(?:is (?:null|empty|missing)|not exists?)$/, "missing"],
  [/^not (?:missing|empty|null)$/, "exists"],
  [/^(?:is not in|notin|not_in|not within)$/, "not in"],
  [/^(?:is in|within|inside|one of|is one of)$/, "in"],
  [/^(?:is not|isnot|not =|not ==|ne|neq|not equals?)$/, "!="],
  [/^(?:not !=|is|eq|equals?|is equal to)$/, "="],
  [/^(?:ge|gte|not <|since|from|at least)$/, ">="],
  [/^(?:le|lte|not >|until|till|at most|up to)$/, "<="],
  [/^(?:gt|not <=|after|above|over|greater than|more than|later than)$/, ">"],
  [/^(?:lt|not >=|before|below|less than|earlier than)$/, "<"],
  [/^(?:contain|include|includes)$/, "contains"],
  [/^(?:startswith|starts_with|begins with|beginswith|begins|starts)$/, "starts with"],
  [/^(?:endswith|ends_with|ends)$/, "ends with"],
  [/^(?:regex|regexp|match|rlike)$/, "matches"],
  [/^ilike$/, "like"],
  [/^(?:overlap|intersects|intersect)$/, "overlaps"],
  [/^cover$/, "covers"],
  [/^exist$/, "exists"],
  [/^last$/, "in last"],
];

const MAX_WORDS = 3;

/** E003 for a word in the place of an operator, null if there is no known one. */
export function diagnoseOperator(refused: Refused): Finding | null {
  const { text, tokens, start, stuck, stop } = refused;
  const isOperatorPlace = refused.expected.some((name) => /^"(?:in|with)"$/.test(name));
  if (!isOperatorPlace || stuck <= start) return null;
  const opening = word(stuck).toLowerCase();
  if (opening === "between" || (opening === "from" && /^(?:to|until|till)$/i.test(word(stuck + 2))))
    return betweenBounds(refused);
  // Where `not` or `starts` was read already, the grammar got stuck one word later.
  const first = /^(?:not|starts|ends)$/i.test(word(stuck - 1)) ? stuck - 1 : stuck;
  for (let count = Math.min(MAX_WORDS, stop - first); count > 0; count--) {
    const from = tokens[first];
    const last = tokens[first + count - 1];
    if (from === undefined || last === undefined) continue;
    const phrase = Array.from({ length: count }, (_, index) => word(first + index).toLowerCase()).join(" ");
    const known = words.find(([pattern]) => pattern.test(phrase));
    if (known !== undefined) {
      return wrongOperator(text, { start: from.start, end: last.end }, known[1]);
    }
  }
  return null;

  function word(index: number): string {
    const token = tokens[index];
    return token === undefined ? "" : text.slice(token.start, token.end);
  }
}

/** `x between a and b`, `x from a to b` → `x in a..b`. */
function betweenBounds({ text, tokens, stuck }: Refused): Finding | null {
  const [between, low, and, high] = tokens.slice(stuck, stuck + 4);
  if (between === undefined) return null;
  const finding = wrongOperator(text, between, "in");
  if (low === undefined || and === undefined || high === undefined) return finding;
  const edits = [
    { start: between.start, end: between.end, text: "in" },
    { start: low.end, end: high.start, text: ".." },
  ];
  return { ...finding, fixes: [{ title: "write a range: in a..b", edits }] };
}
