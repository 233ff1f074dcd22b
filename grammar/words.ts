/** The words and signs of the language, shared by the lexer, the printer and the diagnostics. */

import { AFTER_WORD } from "./operators.js";

/** Words that join or negate conditions, or tie them. */
const LOGIC_WORDS = ["and", "or", "xor", "not", "has"] as const;

/** A word of an operator that is one only after the word before it, and may otherwise be a field or a value. */
const UNRESERVED: ReadonlySet<string> = new Set(["with"]);

/** Words that can never be a bare value: they would read as the operator they are. */
export const OPERATOR_WORDS: readonly string[] = [...LOGIC_WORDS, ...AFTER_WORD.keys()].filter(
  (word) => !UNRESERVED.has(word),
);

const operatorWords: ReadonlySet<string> = new Set(OPERATOR_WORDS);
const conditionWords: ReadonlySet<string> = new Set(["true", "false", "any", "all", "none"]);

/** One character of an atom, as the body of a regular expression; a dot only where no second one is beside it. */
export const ATOM_CHAR = String.raw`(?:[\p{L}0-9_\-:/%*+]|\.(?!\.))`;
const atomPattern = new RegExp(`^${ATOM_CHAR}+$`, "u");
const fieldPattern = /^[\p{L}_][\p{L}0-9_-]*(?:\.[\p{L}0-9_-]+)*$/u;
const functionPattern = /^[\p{L}_][\p{L}0-9_-]*$/u;

/** Whether `word`, in any case, is an operator of the language and thus never a bare value. */
export function isOperatorWord(word: string): boolean {
  return operatorWords.has(word.toLowerCase());
}

/** Whether `word`, in lower case, continues an operator: the `with` of `starts with`. */
export function isContinuation(word: string): boolean {
  return UNRESERVED.has(word);
}

/** Whether `word`, in any case, is a keyword and thus never the name of a field. */
export function isReserved(word: string): boolean {
  return isOperatorWord(word) || conditionWords.has(word.toLowerCase());
}

/** Whether `word` is what other languages write for no value: bare, it is refused with the operator to use instead. */
export function isNullWord(word: string): boolean {
  return /^(?:null|nil)$/i.test(word);
}

/** Whether `text` can be written as a bare value, without quotes. */
export function isBareValue(text: string): boolean {
  return atomPattern.test(text) && !isOperatorWord(text) && !isNullWord(text);
}

/** Whether `text` has the form of a field name: words joined by single dots, and no keyword. */
export function isFieldName(text: string): boolean {
  return fieldPattern.test(text) && !isReserved(text);
}

/** Whether `text` has the form of a function name. */
export function isFunctionName(text: string): boolean {
  return functionPattern.test(text) && !isReserved(text);
}

/** Whether `text` is the name of a parameter (without `$`). */
export function isParameterName(text: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(text);
}

/** Whether `text` is the name of a named set or saved filter (without `@`). */
export function isSetName(text: string): boolean {
  return text.split(".").every((part) => /^[A-Za-z_][A-Za-z0-9_-]*$/.test(part));
}
