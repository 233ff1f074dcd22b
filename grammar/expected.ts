/** Puts Ohm's set of expected rules into words for people. */
import { FIRST_WORDS } from "./operators.js";

/** What each phrase stands for, in the order in which the phrases are listed. The first match takes the names. */
const phrases: readonly {
  readonly phrase: string;
  readonly when: string;
  readonly covers: readonly string[];
}[] = [
  {
    phrase: "a condition",
    when: '"true"',
    covers: [
      "a field",
      "a function",
      "a @name",
      '"("',
      '"not"',
      '"true"',
      '"false"',
      '"any"',
      '"all"',
      '"none"',
    ],
  },
  { phrase: "a field", when: "a field", covers: ["a field", "a function"] },
  {
    phrase: "an operator (such as =, in or contains)",
    when: '"in"',
    covers: ["a comparison", '"has"', '"not"', '"("', ...FIRST_WORDS.map((word) => `"${word}"`)],
  },
  { phrase: "a duration such as 24h", when: "a duration", covers: ["a duration", "a $parameter"] },
  {
    phrase: "a value",
    when: "a $parameter",
    covers: ["a value", "a text", "a time", "a regular expression", "a $parameter", "a @name"],
  },
  { phrase: '"and"', when: '"and"', covers: ['"and"', '"xor"'] },
  { phrase: "the end of the filter", when: "end of input", covers: ["end of input"] },
];

const MAX_PHRASES = 4;

/** At most four phrases for the rules in `expected`, such as `"and"`, `"or"` and `the end of the filter`. */
export function expectedPhrases(expected: readonly string[]): string[] {
  const left = new Set(expected);
  const found = phrases.flatMap(({ phrase, when, covers }) => {
    if (!left.has(when)) return [];
    covers.forEach((name) => left.delete(name));
    return [phrase];
  });
  // What is left are signs and words in quotes; the end of the filter goes last.
  const end = found.filter((phrase) => phrase.startsWith("the end"));
  const others = found.filter((phrase) => !phrase.startsWith("the end"));
  return [...others, ...left].slice(0, MAX_PHRASES - end.length).concat(end);
}

/** `a`, `a or b`, `a, b or c`. */
export function joinWithOr(parts: readonly string[]): string {
  const last = parts.at(-1) ?? "";
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(", ")} or ${last}`;
}
