/** Completion: what can be written at a place in a filter that is being typed. */
import { highlightTokens, type Token } from "../grammar/tokens.js";
import { IDEA_CATALOGUE } from "./catalogue/idea.js";
import { indexCatalogue } from "./catalogue/lookup.js";
import { checkFilterCall, type FilterOptions } from "./compile.js";
import { checkArgument } from "./values/checks.js";
import { situationAfter } from "./complete/place.js";
import { wouldDo } from "./complete/trial.js";
import { proposalsFor, type Proposal } from "./complete/proposals.js";

export type { CompletionKind } from "./complete/proposals.js";

/** One proposal: replace `[start, end)` of the text, which is the word under the cursor, by `insert`. */
export interface Completion extends Proposal {
  /** Start of the part of the text that it takes the place of, in UTF-16 units. */
  readonly start: number;
  /** End of that part, exclusive. */
  readonly end: number;
}

/**
 * The completions at `offset` (UTF-16 code units; moved into the text), best first. Inserting one leaves a text that parses so far. Never
 * throws for any text.
 *
 * @throws DataError `argument_invalid` for an unknown option and for an offset that is no number
 */
export function completeFilter(
  text: string,
  offset: number,
  options: FilterOptions = {},
): readonly Completion[] {
  checkFilterCall("completeFilter", text, options);
  checkArgument("completeFilter", "the offset", offset, (value) =>
    typeof value === "number" ? null : "a number",
  );
  const index = indexCatalogue(options.catalogue ?? IDEA_CATALOGUE);
  const cursor = Math.max(0, Math.min(Math.trunc(offset) || 0, text.length));
  const before = text.slice(0, cursor);
  const tokens = highlightTokens(before);
  const last = tokens.at(-1);
  if (last !== undefined && isInsideText(last, before)) return [];
  const word = last !== undefined && isUnfinishedWord(last, before) ? last : null;
  const start = word?.start ?? cursor;
  const end =
    word === null ? cursor : cursor + (/^[\p{L}\p{N}_.-]*/u.exec(text.slice(cursor))?.[0].length ?? 0);
  const typed = before.slice(start).toLowerCase();
  const situation = situationAfter(before, word === null ? tokens : tokens.slice(0, -1), index);
  const { sets = {}, filters = {} } = options;
  const parameters = parametersOf(text, start);
  return proposalsFor(situation, { index, sets, filters, parameters })
    .filter(({ label }) => fits(label.toLowerCase(), typed))
    .filter((proposal) => wouldDo(proposal, { before: text.slice(0, start), situation, options }))
    .sort((a, b) => rank(a, typed) - rank(b, typed))
    .map((proposal) => ({ ...proposal, start, end }));
}

/** Inside a comment, a text or a regular expression there is nothing to propose. */
function isInsideText({ kind, start, end }: Token, before: string): boolean {
  if (end < before.trimEnd().length) return false;
  const isOpen = kind === "error" && /^["/]/.test(before.slice(start));
  return isOpen || (end === before.length && (kind === "comment" || kind === "string" || kind === "regex"));
}

/** Whether the token goes up to the cursor and may still grow. */
function isUnfinishedWord({ end, kind }: Token, before: string): boolean {
  return (
    end === before.length &&
    kind !== "punctuation" &&
    kind !== "operator" &&
    (kind === "atom" || kind === "number" ? /[^.]$/ : /[\p{L}\p{N}_$@.-]$/u).test(before)
  );
}

/** Parameters that are offered: each is tried. */
const MAX_PARAMETERS = 32;

/** The parameters of the text, each once, except for one that is being typed at `start`. */
function parametersOf(text: string, start: number): readonly string[] {
  const names = highlightTokens(text)
    .filter((token) => token.kind === "parameter" && token.start !== start)
    .map((token) => text.slice(token.start + 1, token.end));
  return [...new Set(names)].slice(0, MAX_PARAMETERS);
}

/** A label fits what was typed when it begins with it, or one of its parts does. */
function fits(label: string, typed: string): boolean {
  return label.startsWith(typed) || label.includes(`.${typed}`) || label.includes(`_${typed}`);
}

function rank({ label }: Proposal, typed: string): number {
  return label.toLowerCase().startsWith(typed) ? 0 : 1;
}
