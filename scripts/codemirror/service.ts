/** What the editor asks of the language: answered in this thread, or by a worker. */
import type { Diagnostic } from "../../grammar/diagnostic.js";
import type { Token } from "../../grammar/tokens.js";
import type { Completion } from "../../compiler/complete.js";

/** An answer at once, or later. */
export type Answer<T> = T | PromiseLike<T>;

/** What there is to know about a word of a filter. */
export interface WordDescription {
  /** The word in its usual spelling. */
  readonly name: string;
  /** What it is: `an address, any number`. */
  readonly type: string;
  /** One line of documentation. */
  readonly text: string;
  /** A filter that shows it in use. */
  readonly example?: string;
}

/** The language of one catalogue, with its named sets and saved filters. */
export interface LanguageService {
  /** What is wrong with a text. */
  readonly check: (text: string) => Answer<readonly Diagnostic[]>;
  /** What can follow at an offset. */
  readonly complete: (text: string, offset: number) => Answer<readonly Completion[]>;
  /** The canonical text; the text itself where it has mistakes. */
  readonly format: (text: string) => Answer<string>;
  /** What a word of the language is; null for any other. */
  readonly describe: (word: string) => Answer<WordDescription | null>;
  /** Colours are wanted at once, so this one is never asked of a worker. */
  readonly highlight: (text: string) => readonly Token[];
}
