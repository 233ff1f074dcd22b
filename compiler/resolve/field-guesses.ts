/**
 * Which field an unknown name may mean: the path of the value in the event, then what other tools call it, then the last part of a name on
 * all sides, then the nearest spelling. Several where each is as likely: only the writer knows the side.
 */
import { groupFields, type CatalogueIndex } from "../catalogue/lookup.js";
import type { ElementGroup, StoredField } from "../catalogue/model.js";
import { INNER, LAYERS, SIDES, WHOLE } from "../catalogue/synonyms.js";
import { nearest } from "../values/suggest.js";

const MAX_KNOWN = 256;
const known = new WeakMap<CatalogueIndex, Map<string, readonly string[]>>();

/** The fields that `name` may mean, by their names in the catalogue; none where nothing is near. Remembered: a text may have one name often. */
export function fieldGuesses(name: string, index: CatalogueIndex): readonly string[] {
  const names = known.get(index) ?? new Map<string, readonly string[]>();
  known.set(index, names);
  let guesses = names.get(name);
  if (guesses !== undefined) return guesses;
  if (names.size >= MAX_KNOWN) names.clear();
  names.set(name, (guesses = guessed(name, index)));
  return guesses;
}

function guessed(name: string, index: CatalogueIndex): readonly string[] {
  const fieldsOf = (guesses: readonly (string | undefined)[]): readonly string[] =>
    guesses.filter((guess): guess is string => guess !== undefined && index.fields.has(guess));
  const ways: readonly (() => readonly string[])[] = [
    () => fieldsOf([pathsOf(index).get(name.toLowerCase())]),
    () => fieldsOf([spelled(name, index.fields.keys()) ?? whole().get(bare(name))]),
    () => (name.includes(".") ? [] : lastPart(name, index)),
    () => fieldsOf([onSide(name)]),
    () => lastPart(name, index),
    () => fieldsOf([nearestField(name, index)]),
  ];
  for (const way of ways) {
    const guesses = way();
    if (guesses.length > 0) return guesses.slice(0, MAX_GUESSES);
  }
  return [];
}

const MAX_GUESSES = 5;

/** The field of one element that `name` may mean, by its name inside `has ( )`. */
export function innerGuess(name: string, element: ReadonlyMap<string, StoredField>): string | undefined {
  const lower = name.toLowerCase();
  const byPath = [...element].find(([, { paths }]) =>
    paths.some((path) => lower === path.slice(path.indexOf(".") + 1).toLowerCase()),
  )?.[0];
  const synonym = inner().get(bare(name));
  const side = onSide(name)?.split(".")[1];
  const found = [byPath, spelled(name, element.keys()), synonym, side].find(
    (guess) => guess !== undefined && element.has(guess),
  );
  return found ?? nearest(name, element.keys());
}

/** The list of objects that `name` may mean. */
export function groupGuess(name: string, groups: readonly string[]): string | undefined {
  const side = sides().get(bare(name));
  return side !== undefined && groups.includes(side) ? side : nearest(name, groups);
}

/** The name of a field of an element, for an example. */
export function firstInner(index: CatalogueIndex, group: ElementGroup): string {
  return [...groupFields(index, group).keys()][0] ?? "…";
}

function bare(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9@]/g, "");
}

/** The name among `names` that differs in case and separators only. */
function spelled(name: string, names: Iterable<string>): string | undefined {
  const wanted = bare(name);
  return [...names].find((known) => bare(known) === wanted);
}

const paths = new WeakMap<CatalogueIndex, ReadonlyMap<string, string>>();

/** From a path of an event, lower case and also without the name of an extension, to the field. */
function pathsOf(index: CatalogueIndex): ReadonlyMap<string, string> {
  const known = paths.get(index);
  if (known !== undefined) return known;
  const made = new Map<string, string>();
  for (const field of index.catalogue.fields) {
    if (field.kind !== "stored") continue;
    for (const path of field.paths)
      for (const key of [path, path.replace(/^_[^.]+\./, "")])
        if (!made.has(key.toLowerCase())) made.set(key.toLowerCase(), field.name);
  }
  paths.set(index, made);
  return made;
}

function inverted(table: Readonly<Record<string, string>>): () => ReadonlyMap<string, string> {
  let made: ReadonlyMap<string, string> | null = null;
  return () =>
    (made ??= new Map(
      Object.entries(table).flatMap(([field, synonyms]) =>
        synonyms.split(" ").map((synonym): [string, string] => [bare(synonym), field]),
      ),
    ));
}

const whole = inverted(WHOLE);
const sides = inverted(SIDES);
const inner = inverted(INNER);

/** `src_ip`, `ip.dst`, `tcp.srcport`, `id.orig_h`, `Destination.Addr`: a side and what an endpoint has, in either order. */
function onSide(name: string): string | undefined {
  const lower = name.toLowerCase();
  const first = /^[a-z0-9]+/.exec(lower)?.[0] ?? "";
  const without = LAYERS.split(" ").includes(first) ? lower.slice(first.length) : null;
  return [lower, ...(without === null ? [] : [without])]
    .map((part) => sided(bare(part)))
    .find((found) => found !== undefined);
}

function sided(text: string): string | undefined {
  for (const [side, of] of sides()) {
    const rest = text.startsWith(side)
      ? text.slice(side.length)
      : text.endsWith(side)
        ? text.slice(0, -side.length)
        : null;
    const what = rest === null ? undefined : inner().get(rest);
    if (what !== undefined) return `${of}.${what}`;
  }
  return undefined;
}

/** `ip`, `foo.port`: the fields whose last part it is; of those the ones whose first part is nearly what was written, if there are any. */
function lastPart(name: string, index: CatalogueIndex): readonly string[] {
  const dot = name.indexOf(".");
  const last = name.slice(name.lastIndexOf(".") + 1).toLowerCase();
  const dotted = [...index.fields.keys()].filter((field) => field.includes("."));
  const ending = (part: string | undefined) => dotted.filter((field) => field.endsWith(`.${part}`));
  const found = [ending(last), ending(inner().get(bare(last)))].find((fields) => fields.length > 0) ?? [];
  const first = (field: string): string => field.slice(0, field.indexOf("."));
  const near = dot === -1 ? undefined : nearest(name.slice(0, dot), new Set(found.map(first)));
  return near === undefined ? found : found.filter((field) => first(field) === near);
}

/** The nearest name; of an old one, what the field is called now. */
function nearestField(name: string, index: CatalogueIndex): string | undefined {
  const guess = nearest(name, [...index.fields.keys(), ...index.aliases.keys()]);
  return guess === undefined ? undefined : (index.aliases.get(guess)?.name ?? guess);
}
