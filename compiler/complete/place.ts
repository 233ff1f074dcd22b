/** Reads the tokens before the cursor: what may come after them. A text that does not parse is read as far as it makes sense. */
import { isFunction, type FunctionName } from "../../grammar/functions.js";
import type { Token } from "../../grammar/tokens.js";
import { groupFields, type CatalogueIndex } from "../catalogue/lookup.js";
import type { ElementGroup, Field } from "../catalogue/model.js";

/** What may be written at a place. */
export type CompletionPlace =
  /** A condition; `quantified` after any, all or none, where only a field makes sense. */
  | { readonly kind: "condition"; readonly quantified: boolean }
  | { readonly kind: "function-field"; readonly func: FunctionName | null }
  /** An operator; `negated` after the `not` of `not in`. */
  | { readonly kind: "operator"; readonly subject: Subject; readonly negated: boolean }
  /** `range`: the beginning of the range that the value ends, `22..`; empty elsewhere. */
  | { readonly kind: "value"; readonly subject: Subject; readonly operator: string; readonly range: string }
  /** The parenthesis after `has`. */
  | { readonly kind: "element"; readonly group: ElementGroup | null }
  | { readonly kind: "connective" };

/** What an operator follows: a field, a function of one, or a list of objects that `has` can tie. */
export interface Subject {
  readonly field: Field | null;
  readonly group: ElementGroup | null;
  readonly func: FunctionName | null;
  /** Within the parentheses of the function: `count(source.ip in …)`. */
  readonly inCall: boolean;
}

/** A place, and the fields that can be named there. */
export interface Situation {
  readonly place: CompletionPlace;
  readonly fields: ReadonlyMap<string, Field>;
  /** Inside `has ( )`. */
  readonly inElement: boolean;
  /** The innermost open parenthesis is that of a function. */
  readonly inCall: boolean;
}

/** An open parenthesis: the fields that can be named in it, null outside of `has ( )`. */
interface Scope {
  readonly fields: ReadonlyMap<string, Field> | null;
  readonly outer: Scope | null;
  /** The function whose parenthesis it is. */
  readonly call: FunctionName | null;
}

type ValuePlace = Extract<CompletionPlace, { kind: "value" }>;

/** The state between two tokens. */
interface State {
  readonly place: CompletionPlace;
  /** The innermost open parenthesis. */
  readonly scope: Scope | null;
  /** The place of an item inside the open `[ ]`. */
  readonly list: CompletionPlace | null;
  /** The value before and its place, which the dots of a range lead back to. */
  readonly value: { readonly place: ValuePlace; readonly text: string } | null;
}

const NOTHING: Subject = { field: null, group: null, func: null, inCall: false };
const CONDITION: CompletionPlace = { kind: "condition", quantified: false };
const CONNECTIVE: CompletionPlace = { kind: "connective" };

/** The situation after `tokens`, which are those of the beginning of `text`. */
export function situationAfter(text: string, tokens: readonly Token[], index: CatalogueIndex): Situation {
  const state = tokens.reduce<State>(
    (before, token) => step(before, token, text.slice(token.start, token.end).toLowerCase(), index),
    { place: CONDITION, scope: null, list: null, value: null },
  );
  const element = innermost(state);
  return {
    place: state.place,
    fields: element ?? index.fields,
    inElement: element !== null,
    inCall: (state.scope?.call ?? null) !== null,
  };
}

function innermost({ scope }: State): ReadonlyMap<string, Field> | null {
  return scope?.fields ?? null;
}

function step(state: State, { kind }: Token, sign: string, index: CatalogueIndex): State {
  switch (kind) {
    case "field":
      return { ...state, place: fieldPlace(state, sign, index) };
    case "function":
      return { ...state, place: { kind: "function-field", func: isFunction(sign) ? sign : null } };
    case "operator":
    case "keyword":
      return { ...state, place: wordPlace(state, sign) };
    case "punctuation":
      return stepSign(state, sign, index);
    case "comment":
    case "error":
      return state;
    default:
      // A value; a saved filter is a whole condition.
      if (state.place.kind === "condition" && kind !== "set") return state;
      return {
        ...state,
        place: CONNECTIVE,
        value: state.place.kind === "value" ? { place: state.place, text: sign } : null,
      };
  }
}

function fieldPlace(state: State, name: string, index: CatalogueIndex): CompletionPlace {
  const element = innermost(state);
  const field = (element ?? index.fields).get(name) ?? (element ? null : index.aliases.get(name)) ?? null;
  // The parts of a union group have the same inner fields.
  const part = index.unionGroups.get(name)?.of[0] ?? name;
  const group = element ? null : (index.groups.get(part) ?? null);
  const call = state.place.kind === "function-field" ? state.place.func : null;
  // What is counted is tested as a field is.
  const func = call === "count" ? null : call;
  return { kind: "operator", subject: { field, group, func, inCall: call !== null }, negated: false };
}

function wordPlace({ place, value }: State, word: string): CompletionPlace {
  const subject = place.kind === "operator" || place.kind === "value" ? place.subject : NOTHING;
  switch (word) {
    case "and":
    case "or":
    case "xor":
    case "&&":
    case "||":
    case "^^":
    case "!":
      return CONDITION;
    case "any":
    case "all":
    case "none":
      return { kind: "condition", quantified: true };
    case "not":
      return place.kind === "operator" ? { ...place, negated: true } : CONDITION;
    case "true":
    case "false":
    case "exists":
    case "missing":
      return CONNECTIVE;
    case "has":
      return { kind: "element", group: subject.group };
    case "..":
    case "..<":
      // After the dots comes another value of the same field.
      if (place.kind === "value") return { ...place, range: word };
      return value === null ? place : { ...value.place, range: `${value.text}${word}` };
    default:
      return { kind: "value", subject, operator: word, range: "" };
  }
}

function stepSign(state: State, sign: string, index: CatalogueIndex): State {
  const { place, scope, list } = state;
  switch (sign) {
    case "(": {
      if (place.kind === "function-field")
        return { ...state, scope: { fields: scope?.fields ?? null, outer: scope, call: place.func } };
      const group = place.kind === "element" ? place.group : null;
      const fields = group === null ? (scope?.fields ?? null) : groupFields(index, group);
      return { ...state, scope: { fields, outer: scope, call: null }, place: CONDITION };
    }
    case ")":
      if (scope !== null && scope.call !== null)
        return { ...state, scope: scope.outer, place: behindCall(place, scope.call) };
      return { ...state, scope: scope?.outer ?? null, place: CONNECTIVE };
    case "[":
      return { ...state, list: place };
    case "]":
      return { ...state, list: null, place: CONNECTIVE };
    case ",":
      return { ...state, place: list ?? place };
    default:
      return state;
  }
}

/** After a function and its field the operator is due. */
function behindCall(place: CompletionPlace, func: FunctionName): CompletionPlace {
  const field = place.kind === "operator" ? place.subject.field : null;
  return { kind: "operator", subject: { field, group: null, func, inCall: false }, negated: false };
}
