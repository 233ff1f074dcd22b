/** Whether a proposal would do: it is put in and checked, so that nothing is offered that its field does not take. */
import { analyseFilter, type FilterOptions } from "../compile.js";
import type { CompletionPlace, Situation } from "./place.js";
import type { Proposal } from "./proposals.js";

/** Members of a set that are tried. */
const MAX_MEMBERS = 20;
/** The longest beginning of a filter that is checked for the sake of one proposal. */
const LONGEST = 4096;

/** What a proposal is tried in. */
export interface Trial {
  /** The text before the word under the cursor. */
  readonly before: string;
  readonly situation: Situation;
  readonly options: FilterOptions;
}

/** Whether `proposal` leaves no wrong value, set, saved filter or parameter. */
export function wouldDo(proposal: Proposal, trial: Trial): boolean {
  const { place, inElement } = trial.situation;
  switch (proposal.kind) {
    case "value":
    case "set":
      return place.kind !== "value" || isTaken(proposal, place, trial.options);
    case "filter":
      return !inElement || isSoundBehind(proposal, trial);
    case "parameter":
      return isSoundBehind(proposal, trial);
    default:
      return true;
  }
}

type ValuePlace = Extract<CompletionPlace, { kind: "value" }>;

function isTaken({ insert, kind }: Proposal, place: ValuePlace, options: FilterOptions): boolean {
  const { field, func } = place.subject;
  if (field === null || place.operator === "last") return true;
  // Of an unfinished range only its ends are known.
  if (place.range !== "" && kind === "set") return false;
  const subject = func === null ? field.name : `${func}(${field.name})`;
  const operator = place.operator === "with" ? "starts with" : place.operator;
  return isSound(`${subject} ${operator} ${place.range}${insert}`, 0, {
    ...options,
    sets: someMembers(options),
  });
}

function someMembers({ sets = {} }: FilterOptions): NonNullable<FilterOptions["sets"]> {
  return Object.fromEntries(
    Object.entries(sets).map(([name, members]) => [name, members.slice(0, MAX_MEMBERS)]),
  );
}

function isSoundBehind({ insert }: Proposal, { before, options }: Trial): boolean {
  return before.length > LONGEST || isSound(before + insert, before.length, options);
}

/** Whether nothing from `start` on is wrong but its syntax. */
function isSound(text: string, start: number, options: FilterOptions): boolean {
  return !analyseFilter(text, options).diagnostics.some(
    ({ code, span }) => span.end > start && /^E[1-4]/.test(code),
  );
}
