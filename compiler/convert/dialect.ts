/** What tells the two legacy languages apart once their filters are trees. */
import type { LegacyNode } from "./legacy-tree.js";
import { parsePynspect } from "./pynspect-parser.js";
import { parseRansack } from "./ransack-parser.js";

/** In what the languages that are converted differ. */
export interface Dialect {
  readonly name: "pynspect" | "ransack";
  /** @throws Refusal where the text is not valid in the language */
  readonly parse: (text: string) => LegacyNode | null;
  /** Function that gives the time of execution. */
  readonly nowFunction: string;
  /** Functions that give the length of a list. */
  readonly countFunctions: readonly string[];
  /** What a missing field does to a comparison: it never matches, not even under `not`; or the evaluation fails. */
  readonly missing: "never matches" | "fails";
  /** A number beside a time is a number of seconds. */
  readonly numbersAreSeconds: boolean;
  /** Addresses and times may be quoted. */
  readonly quotedLiterals: boolean;
  /** A name that the caller's context has is a value. */
  readonly contextNames: boolean;
  /** A path alone is a condition: there is a value. */
  readonly barePaths: boolean;
}

/** The languages that are converted. */
export const DIALECTS: Readonly<Record<Dialect["name"], Dialect>> = {
  pynspect: {
    name: "pynspect",
    parse: parsePynspect,
    nowFunction: "utcnow",
    countFunctions: ["size"],
    missing: "never matches",
    numbersAreSeconds: true,
    quotedLiterals: true,
    contextNames: false,
    barePaths: true,
  },
  ransack: {
    name: "ransack",
    parse: parseRansack,
    nowFunction: "now",
    countFunctions: ["len", "length"],
    missing: "fails",
    numbersAreSeconds: false,
    quotedLiterals: false,
    contextNames: true,
    barePaths: false,
  },
};
