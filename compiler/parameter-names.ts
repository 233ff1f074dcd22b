/**
 * The names of the `$parameters` of a filter, read from its text by the type checker: a missing or misspelt argument of a filter that is written in a
 * program is a compile error, without anything being generated.
 *
 * Quoted texts and comments are cut out first. A text that the checker does not know, or that has more pieces than it should count, takes any names.
 */
import type { Arguments } from "./values/execution.js";

/** Pieces (quotes, comments, parameters) of a text that are counted; beyond, any name is taken. */
type MostPieces = 400;

type Pieces = readonly unknown[];
type IsTooMany<Count extends Pieces> = Count["length"] extends MostPieces ? true : false;

/** The text after a comment that has begun. */
type BehindComment<Text extends string> = Text extends `${string}\n${infer Rest}` ? Rest : "";

/** Whether a text ends with an odd number of backslashes, so that the quote after it is part of the quoted text. */
type EndsEscaped<Text extends string> = Text extends `${infer Before}\\\\`
  ? EndsEscaped<Before>
  : Text extends `${string}\\`
    ? true
    : false;

/** The text after the closing quote, null where there is none. */
type BehindQuote<Text extends string> = Text extends `${infer Quoted}"${infer Rest}`
  ? EndsEscaped<Quoted> extends true
    ? BehindQuote<Rest>
    : Rest
  : null;

/** The text without quoted texts and comments; `string` where it can't be told. */
type Outside<Text extends string, Done extends string = "", Count extends Pieces = []> =
  IsTooMany<Count> extends true
    ? string
    : Text extends `${infer Before}"${infer Rest}`
      ? Before extends `${infer Code}#${string}`
        ? Text extends `${Code}#${infer Comment}`
          ? Outside<BehindComment<Comment>, `${Done}${Code}`, [...Count, 0]>
          : string
        : BehindQuote<Rest> extends infer Behind extends string
          ? Outside<Behind, `${Done}${Before} `, [...Count, 0]>
          : string
      : Text extends `${infer Code}#${infer Comment}`
        ? Outside<BehindComment<Comment>, `${Done}${Code}`, [...Count, 0]>
        : `${Done}${Text}`;

type Letter =
  | ("a" | "b" | "c" | "d" | "e" | "f" | "g" | "h" | "i" | "j" | "k" | "l" | "m")
  | ("n" | "o" | "p" | "q" | "r" | "s" | "t" | "u" | "v" | "w" | "x" | "y" | "z" | "_");
type Digit = "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9";

/** The name at the beginning of a text. */
type NameAt<Text extends string, Name extends string = ""> = Text extends `${infer Sign}${infer Rest}`
  ? Lowercase<Sign> extends Letter | (Name extends "" ? never : Digit)
    ? NameAt<Rest, `${Name}${Sign}`>
    : Name
  : Name;

type NamesIn<Text extends string, Names extends string = never, Count extends Pieces = []> =
  IsTooMany<Count> extends true
    ? string
    : Text extends `${string}$${infer Rest}`
      ? NamesIn<Rest, Names | Exclude<NameAt<Rest>, "">, [...Count, 0]>
      : Names;

/** Whether the text may have a regular expression with a sign in it that means something else outside. */
type HasWildRegex<Text extends string> = Text extends `${string}/${string}#${string}` ? true : false;

/** In the list of names it means those of saved filters (`@name`), which are not in the text. */
export type OtherNames = "@";

/**
 * The names of the parameters in the text of a filter, with {@link OtherNames} where it refers to saved filters; `string` for a text that is no literal.
 */
export type ParameterNames<Text extends string> = string extends Text
  ? string
  : HasWildRegex<Text> extends true
    ? string
    : Outside<Text> extends infer Code extends string
      ? string extends Code
        ? string
        : NamesIn<Code> | (Code extends `${string}@${string}` ? OtherNames : never)
      : string;

/** A value for each of the names; any names where they are known only at run time. */
export type ArgumentsFor<Names extends string> = [Names] extends [never]
  ? Readonly<Record<string, never>>
  : string extends Names
    ? Arguments
    : OtherNames extends Names
      ? Arguments & { readonly [Name in Exclude<Names, OtherNames>]: unknown }
      : { readonly [Name in Names]: unknown };

type IsOptional<Names extends string> = string extends Names
  ? true
  : [Exclude<Names, OtherNames>] extends [never]
    ? true
    : false;

/** The parameter `args` of a function: it must be given where the filter has parameters. */
export type ArgumentsParameter<Names extends string> =
  IsOptional<Names> extends true
    ? readonly [args?: ArgumentsFor<Names> | undefined]
    : readonly [args: ArgumentsFor<Names>];

/** The option `args` beside an option `filter`: it must be given where the filter has parameters. */
export type ArgumentsOption<Names extends string> =
  IsOptional<Names> extends true
    ? { readonly args?: ArgumentsFor<Names> | undefined }
    : { readonly args: ArgumentsFor<Names> };
