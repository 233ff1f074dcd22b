/**
 * Templates of statements: fixed text with declared slots for what is known at run time only, such as the filter, the days that are searched, or
 * the column that is sorted by. What goes into a slot is one of the texts that are declared with it, a name that is quoted, a number, or a
 * compiled filter, whose values are parameters: no text of a caller becomes SQL.
 */
import { formatMicros } from "../values/time.js";
import { identifier } from "./fragment.js";

/** Where a compiled filter goes, in parentheses. */
export interface FilterSlotSpec {
  readonly kind: "filter";
}

/** One of several texts, by its key. */
export interface ChoiceSlotSpec {
  readonly kind: "choice";
  /** Name of the list: slots of one name have the same texts. */
  readonly of: string;
  readonly texts: Readonly<Record<string, string>>;
}

/** The name of a table: a partition, say, which is not known when the statement is generated. */
export interface TableSlotSpec {
  readonly kind: "table";
}

/** A whole number. */
export interface NumberSlotSpec {
  readonly kind: "number";
}

/** An instant in microseconds since 1970, as a text in quotes: a bound of a partition. */
export interface InstantSlotSpec {
  readonly kind: "instant";
}

/** Any number of pieces, each made from one of some templates. These see the slots around them, too. */
export interface EachSlotSpec {
  readonly kind: "each";
  readonly separator: string;
  readonly parts: Readonly<Record<string, TemplateSpec>>;
}

/** What may go into a slot of a template. */
export type SlotSpec =
  FilterSlotSpec | ChoiceSlotSpec | TableSlotSpec | NumberSlotSpec | InstantSlotSpec | EachSlotSpec;

/** Slots by name. `{name}` in the text is the place of a slot; other braces are text. */
export type SlotSpecs = Readonly<Record<string, SlotSpec>>;

/** Text with slots. */
export interface TemplateSpec {
  readonly text: string;
  readonly slots?: SlotSpecs;
}

/** A boolean SQL expression with its values: what a compiled filter puts into a filter slot. */
export interface FilterSlot<V = string | null> {
  /** SQL with placeholders. */
  readonly text: string;
  /** Their values. */
  readonly values: readonly V[];
}

/** Gives a slot its filter, with placeholders numbered from `firstParameter`: after the fixed parameters of the statement. */
export type FilterSource<V = string | null> = (firstParameter: number) => FilterSlot<V>;

/** What one piece of an {@link EachSlotSpec} is made from: the name of its template, and what goes into the slots of that. */
export interface PartValues {
  readonly part: string;
  readonly [slot: string]: SlotValue;
}

/** What goes into a slot, by its kind: a source, the key of a choice, the name of a table, a number, microseconds, pieces. */
export type SlotValue = FilterSource | string | number | bigint | readonly PartValues[];

/** What goes into the slots of a template. */
export type SlotValues = Readonly<Record<string, SlotValue>>;

/** A template ready to be filled. */
export interface Template {
  /** The text, with the values of its filters; their placeholders are numbered from `firstParameter` in the order of the slots. */
  readonly fill: (values: SlotValues, firstParameter: number) => FilterSlot;
  /** The same in two steps, for what is filled again and again: first all slots but the filters, then these. */
  readonly shape: (values: SlotValues, firstParameter: number) => (filters: SlotValues) => FilterSlot;
}

/** A template; its shape is read once, when it is filled for the first time. */
export function template(spec: TemplateSpec): Template {
  let prepared: Prepared | null = null;
  const filters = Object.entries(spec.slots ?? {}).flatMap(([name, { kind }]) =>
    kind === "filter" ? [name] : [],
  );
  const shape: Template["shape"] = (given, firstParameter) => {
    const pieces: Piece[] = [];
    print((prepared ??= prepare(spec, {})), { given, outer: null }, pieces);
    const places = new Set(pieces.map((piece) => (isFilter(piece) ? piece.filter : null)));
    const used = filters.filter((name) => places.has(name));
    const known = new Map<string, string>();
    let room = KEPT_CHARACTERS;
    return (sources) => {
      const texts = new Map<unknown, string>();
      const values: (string | null)[] = [];
      for (const name of used) {
        const source = sources[name];
        if (typeof source !== "function")
          throw new RangeError(`the slot ${name} of a statement has no filter`);
        if (texts.has(source)) continue;
        const slot = source(firstParameter + values.length);
        texts.set(source, `(${slot.text})`);
        for (const value of slot.values) values.push(value);
      }
      const textOf = (name: string): string => texts.get(sources[name]) ?? "";
      const key = used.map((name) => `${textOf(name).length} ${textOf(name)}`).join("");
      let text = known.get(key);
      if (text === undefined) {
        text = pieces.map((piece) => (isFilter(piece) ? textOf(piece.filter) : piece)).join("");
        if (text.length > room) {
          known.clear();
          room = KEPT_CHARACTERS;
        }
        known.set(key, text);
        room -= text.length;
      }
      return { text, values };
    };
  };
  return { shape, fill: (given, firstParameter) => shape(given, firstParameter)(given) };
}

/** Characters of the texts of one shape that are kept, by those of their filters: a text over many partitions has tens of thousands. */
const KEPT_CHARACTERS = 250_000;

/** Text, or the place of a filter. */
type Piece = string | { readonly filter: string };

function isFilter(piece: Piece): piece is { readonly filter: string } {
  return typeof piece !== "string";
}

/** Text and slots in their order. */
type Prepared = (string | PreparedSlot)[];

interface PreparedSlot {
  readonly name: string;
  readonly spec: SlotSpec;
  /** The templates of an {@link EachSlotSpec}. */
  readonly parts: ReadonlyMap<string, Prepared>;
}

function prepare({ text, slots = {} }: TemplateSpec, outer: SlotSpecs): Prepared {
  const scope: SlotSpecs = { ...outer, ...slots };
  const names = Object.keys(scope);
  if (names.length === 0) return [text];
  return text.split(new RegExp(`\\{(${names.join("|")})\\}`, "u")).flatMap((piece, position): Prepared => {
    if (position % 2 === 0) return piece === "" ? [] : [piece];
    const spec = scope[piece];
    if (spec === undefined) return [];
    const parts = spec.kind === "each" ? Object.entries(spec.parts) : [];
    return [{ name: piece, spec, parts: new Map(parts.map(([name, part]) => [name, prepare(part, scope)])) }];
  });
}

/** Values of the innermost piece, then of those around it. */
interface Scope {
  readonly given: SlotValues;
  readonly outer: Scope | null;
}

function valueOf(scope: Scope, name: string): SlotValue {
  for (let at: Scope | null = scope; at !== null; at = at.outer) {
    const value = at.given[name];
    if (value !== undefined) return value;
  }
  throw new RangeError(`the slot ${name} of a statement has no value`);
}

function print(prepared: Prepared, scope: Scope, pieces: Piece[]): void {
  for (const piece of prepared) {
    if (typeof piece === "string") pieces.push(piece);
    else if (piece.spec.kind === "filter") pieces.push({ filter: piece.name });
    else printSlot(piece, valueOf(scope, piece.name), scope, pieces);
  }
}

function printSlot(
  { name, spec, parts }: PreparedSlot,
  value: SlotValue,
  scope: Scope,
  pieces: Piece[],
): void {
  if (spec.kind === "table" && typeof value === "string") pieces.push(identifier(value));
  else if (spec.kind === "number" && Number.isSafeInteger(value)) pieces.push(String(Number(value)));
  else if (spec.kind === "instant" && typeof value === "bigint") pieces.push(`'${formatMicros(value)}'`);
  else if (spec.kind === "choice" && typeof value === "string" && Object.hasOwn(spec.texts, value))
    pieces.push(spec.texts[value]!);
  else if (spec.kind === "each" && Array.isArray(value))
    (value as readonly PartValues[]).forEach((given, position) => {
      const part = parts.get(given.part);
      if (part === undefined) throw new RangeError(`the slot ${name} has no part ${given.part}`);
      if (position > 0) pieces.push(spec.separator);
      print(part, { given, outer: scope }, pieces);
    });
  else throw new RangeError(`the slot ${name} of a statement does not take ${describe(value)}`);
}

function describe(value: SlotValue): string {
  return typeof value === "string" ? JSON.stringify(value) : typeof value;
}
