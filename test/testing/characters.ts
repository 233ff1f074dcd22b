/**
 * Texts of characters of all kinds. fast-check has units for them, which make a table of a million characters when they are first asked for: it
 * takes a second and 150 MB, and each collection of garbage goes through it.
 */
import fc from "fast-check";

const SURROGATES = { first: 0xd800, count: 0x800 };

/** The character of the nth code point that is no half of a surrogate pair. */
const nth = (index: number): string =>
  String.fromCodePoint(index < SURROGATES.first ? index : index + SURROGATES.count);

const between = (min: number, max: number): fc.Arbitrary<string> => fc.integer({ min, max }).map(nth);

const LAST = 0x10_ffff - SURROGATES.count;

/** Any character, NUL and control signs among them, but no half of a surrogate pair. */
const character = between(0, LAST);

/** What people read as one character: of one code point, of several, and letters whose case changes in other ways than those of ASCII. */
const readable = fc.oneof(
  { weight: 3, arbitrary: between(0x20, 0x7e) },
  { weight: 2, arbitrary: between(0xa1, SURROGATES.first - 1) },
  between(0x20, LAST),
  fc.constantFrom(
    ...Array.from("ßẞéÅﬁİıſΣς日ａ𝒜😀"),
    "e\u0301",
    "A\u030a",
    "👩\u200d👩\u200d👧",
    "🇨🇿",
    "\u0915\u094d\u0937\u093f",
    "\u00a0",
  ),
);

/** Texts of any characters, with the constraints of `fc.string`. */
export const anyTexts = (constraints: Omit<fc.StringConstraints, "unit"> = {}): fc.Arbitrary<string> =>
  fc.string({ ...constraints, unit: character });

/** Texts that people could have written, of any script; PostgreSQL stores them unchanged. */
export const readableTexts = (constraints: Omit<fc.StringConstraints, "unit"> = {}): fc.Arbitrary<string> =>
  fc.string({ ...constraints, unit: readable });
