/**
 * The TextMate grammar of the filter language, written from the tables of operators and words: what editors colour a filter with before
 * a language server runs. It knows no fields, and looks at one line at a time: a value is what follows an operator.
 */
import { FUNCTION_NAMES } from "../../grammar/functions.js";
import { COMPARISON_SIGNS, OPERATOR_NAMES, operatorRow } from "../../grammar/operators.js";
import { ATOM_CHAR, OPERATOR_WORDS } from "../../grammar/words.js";

/** Where the grammar is kept, from the root of the repository. */
export const TEXTMATE_GRAMMAR = "scripts/editor/vscode/syntaxes/eventstore-filter.tmLanguage.json";

interface Rule {
  readonly name?: string;
  readonly match?: string;
  readonly begin?: string;
  readonly end?: string;
  readonly include?: string;
  readonly captures?: Readonly<Record<string, Rule>>;
  readonly beginCaptures?: Readonly<Record<string, Rule>>;
  readonly endCaptures?: Readonly<Record<string, Rule>>;
  readonly patterns?: readonly Rule[];
}

const NAME_CHAR = String.raw`[\p{L}\p{N}_.-]`;
const PARAMETER = String.raw`\$[A-Za-z_][A-Za-z0-9_]*`;
const SET = String.raw`@[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*`;
const STRING = String.raw`"(?:[^"\\]|\\.)*"(?:[ic](?!${NAME_CHAR}))?`;
const REGEX = String.raw`/(?:[^/\\]|\\.)+/(?:i(?!${NAME_CHAR}))?`;
const TIME = String.raw`(?i:now|today|yesterday)(?:[ \t]*[+-][ \t]*[0-9]+\p{L}+)*(?:[ \t]*/[ \t]*(?:ms|mo|s|m|h|d|w|y))?`;
const ATOM = `${ATOM_CHAR}+`;
const VALUE = `(?:${STRING}|${PARAMETER}|${SET}|${TIME}(?!${ATOM_CHAR})|${ATOM})`;
const SIGN = [...COMPARISON_SIGNS, "..<", ".."].map(escape).join("|");

/** The words, in any case, that are no part of a longer name. */
function anyOf(words: readonly string[]): string {
  return `(?<!${NAME_CHAR})(?i:${words.join("|")})(?!${NAME_CHAR})`;
}

/** The operators that are words and are followed by such an operand, as patterns. */
function operatorsBefore(...operands: readonly string[]): string {
  const written = OPERATOR_NAMES.map(operatorRow)
    .filter(({ colour, operand }) => colour === "keyword" && operands.includes(operand))
    .flatMap((row) => row.written.map((words) => words.join(String.raw`\s+`)));
  return anyOf(written.sort((a, b) => b.length - a.length));
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}

const include = (...names: readonly string[]): Rule => ({
  patterns: names.map((name) => ({ include: `#${name}` })),
});

/** An operator with the one value after it, or with a list of values. */
function operation(operator: string, scope: string, values: "value" | "text"): readonly Rule[] {
  const one = values === "text" ? `(?:${REGEX}|${VALUE})` : VALUE;
  return [
    {
      begin: `(${operator})\\s*(\\[)`,
      beginCaptures: { 1: { name: scope }, 2: { name: "punctuation" } },
      end: "\\]",
      endCaptures: { 0: { name: "punctuation" } },
      ...include("comment", ...(values === "text" ? ["regex"] : []), "value"),
    },
    {
      match: `(${operator})\\s*(${one})`,
      captures: {
        1: { name: scope },
        2: include(...(values === "text" ? ["regex"] : []), "value"),
      },
    },
  ];
}

const REPOSITORY: Readonly<Record<string, Rule>> = {
  comment: { name: "comment.line.number-sign", match: "#.*$" },
  string: {
    name: "string.quoted.double",
    begin: '"',
    end: `"(?:[ic](?!${NAME_CHAR}))?|$`,
    patterns: [
      {
        name: "constant.character.escape",
        match: String.raw`\\(?:["\\ntr]|u\{[0-9A-Fa-f]+\}|u[0-9A-Fa-f]{4})`,
      },
      { name: "invalid.illegal", match: String.raw`\\.` },
    ],
  },
  regex: { name: "string.regexp", match: REGEX },
  parameter: { name: "variable.parameter", match: PARAMETER },
  set: { name: "variable.other.constant", match: SET },
  value: {
    patterns: [
      ...(include("string", "parameter", "set").patterns ?? []),
      { name: "punctuation", match: "," },
      { name: "keyword.operator", match: SIGN },
      { name: "constant.other", match: `${TIME}(?!${ATOM_CHAR})` },
      { name: "constant.numeric", match: `[+-]?[0-9]+(?:\\.[0-9]+)?(?!${ATOM_CHAR})` },
      { name: "constant.other", match: ATOM },
    ],
  },
  operation: {
    patterns: [
      ...operation(operatorsBefore("text"), "keyword.operator.word", "text"),
      ...operation(operatorsBefore("value", "duration"), "keyword.operator.word", "value"),
      ...operation(SIGN, "keyword.operator", "value"),
    ],
  },
  name: {
    patterns: [
      {
        name: "keyword.control",
        match: anyOf([...OPERATOR_WORDS, "with", "true", "false", "any", "all", "none"]),
      },
      { name: "keyword.operator", match: `&&|\\|\\||\\^\\^|${SIGN}|!` },
      { name: "punctuation", match: String.raw`[()\[\],]` },
      { name: "support.function", match: `${anyOf(FUNCTION_NAMES)}(?=\\s*\\()` },
      { name: "variable.other.member", match: String.raw`[\p{L}_][\p{L}0-9_-]*(?:\.[\p{L}0-9_-]+)*` },
    ],
  },
};

/** The grammar as JSON; the same tables give the same bytes. */
export function textmateGrammar(): string {
  const grammar = {
    $schema: "https://raw.githubusercontent.com/martinring/tmlanguage/master/tmlanguage.json",
    comment: "Generated, do not edit: npm run generate",
    name: "Event filter",
    scopeName: "source.eventstore-filter",
    fileTypes: ["filter"],
    ...include("comment", "operation", "string", "parameter", "set", "name"),
    repository: REPOSITORY,
  };
  return `${JSON.stringify(grammar, null, 2)}\n`;
}
