/** Remarks on what deviates from the IDEA0 definition, beyond what the readers of the fields tell. */
import { IDEA0, type KeyRule, type KeyRules, type Rule } from "./idea0.js";
import { spellingFinder, type SpellingFinder } from "./names.js";
import { formatPath, type ProblemLog } from "./value.js";
import { isObject, type JsonObject } from "./walk.js";

/** Tells the log how the event deviates; a place on which there is a remark already gets none besides. */
export function inspectIdea(event: unknown, log: ProblemLog): void {
  if (!isObject(event)) return;
  const at = inspection(log);
  inspectObject(event, IDEA0, at);
  for (const key of EXTENSIONS) {
    const value = Object.hasOwn(event, key) ? event[key] : undefined;
    if (value === undefined || typeof value === "object") continue;
    at.trail.push(key);
    at.note("not an object");
    at.trail.pop();
  }
}

/** Objects that the definition leaves to their users, with fields of the catalogue in them. */
const EXTENSIONS = ["_CESNET", "_Mentat"];

/** Where the inspection is, and what it has told. */
interface Inspection {
  readonly trail: ProblemLog["trail"];
  /** Remarks on the place, unless there is a remark on it already. */
  readonly note: (reason: string) => void;
  /** Remarks on the spelling of the name, whatever is said of its value. */
  readonly noteName: (reason: string) => void;
}

/** Places are put together only once there is something to tell. */
function inspection(log: ProblemLog): Inspection {
  let places: Set<string> | null = null;
  return {
    trail: log.trail,
    noteName: (reason) => log.note(reason),
    note: (reason) => {
      places ??= new Set(log.problems.map(({ path }) => path));
      const place = formatPath(log.trail);
      if (places.has(place)) return;
      places.add(place);
      log.note(reason);
    },
  };
}

const finders = new WeakMap<KeyRules, SpellingFinder>();

function otherSpellings(object: JsonObject, keys: KeyRules): ReturnType<SpellingFinder> {
  let finder = finders.get(keys);
  if (finder === undefined) finders.set(keys, (finder = spellingFinder(Object.keys(keys))));
  return finder(object);
}

function inspectObject(object: JsonObject, keys: KeyRules, at: Inspection): void {
  for (const key in object) {
    const rule = Object.hasOwn(keys, key) ? keys[key] : undefined;
    if (rule !== undefined && Object.hasOwn(object, key)) inspectKey(object, key, rule, at);
  }
  for (const [name, spellings] of otherSpellings(object, keys) ?? []) {
    for (const spelling of spellings) {
      const rule = keys[name];
      if (rule !== undefined) inspectKey(object, spelling, rule, at);
      at.trail.push(spelling);
      at.noteName(`IDEA0 writes this name ${name}`);
      at.trail.pop();
    }
  }
}

function inspectKey(object: JsonObject, key: string, rule: KeyRule, at: Inspection): void {
  const value = object[key];
  if (value === undefined) return;
  at.trail.push(key);
  if (value === null) at.note("null where a value is due");
  else inspectValue(value, rule, at);
  at.trail.pop();
}

function inspectValue(value: unknown, rule: KeyRule, at: Inspection): void {
  switch (rule.kind) {
    case "value":
      if (Array.isArray(value)) at.note("a list where a single value is due");
      else apply(rule.rule, value, at);
      return;
    case "list":
      if (Array.isArray(value)) eachElement(value, at, (element) => apply(rule.rule, element, at));
      else {
        at.note("a single value where a list is due");
        apply(rule.rule, value, at);
      }
      return;
    case "objects": {
      const { keys } = rule;
      if (isObject(value)) inspectObject(value, keys, at);
      if (!Array.isArray(value)) return at.note("not a list of objects");
      eachElement(value, at, (element) => {
        if (isObject(element)) inspectObject(element, keys, at);
        else at.note(Array.isArray(element) ? NESTED : "not an object");
      });
    }
  }
}

function eachElement(list: readonly unknown[], at: Inspection, inspect: (element: unknown) => void): void {
  const step = at.trail.push(0) - 1;
  for (let index = 0; index < list.length; index++) {
    at.trail[step] = index;
    inspect(list[index]);
  }
  at.trail.pop();
}

const NESTED = "a list within a list";

function apply(rule: Rule, value: unknown, at: Inspection): void {
  const problem = Array.isArray(value) ? NESTED : rule(value);
  if (problem !== null) at.note(problem);
}
