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
}

/** A template; its shape is read once, when it is filled for the first time. */
export function template(spec: TemplateSpec): Template {
  let prepared: Prepared | null = null;
  const filters = Object.entries(spec.slots ?? {}).flatMap(([name, { kind }]) =>
    kind === "filter" ? [name] : [],
  );
  return {
    fill: (given, firstParameter) => {
      const pieces: (string | FilterSource)[] = [];
      print((prepared ??= prepare(spec, {})), { given, outer: null }, pieces);
      const used = new Set(pieces.filter((piece) => typeof piece === "function"));
      const texts = new Map<FilterSource, string>();
      const values: (string | null)[] = [];
      for (const name of filters) {
        const source = given[name];
        if (typeof source !== "function" || !used.has(source) || texts.has(source)) continue;
        const slot = source(firstParameter + values.length);
        texts.set(source, `(${slot.text})`);
        for (const value of slot.values) values.push(value);
      }
      let text = "";
      for (const piece of pieces) text += typeof piece === "string" ? piece : (texts.get(piece) ?? "");
      return { text, values };
    },
  };
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

function print(prepared: Prepared, scope: Scope, pieces: (string | FilterSource)[]): void {
  for (const piece of prepared) {
    if (typeof piece === "string") pieces.push(piece);
    else printSlot(piece, valueOf(scope, piece.name), scope, pieces);
  }
}

function printSlot(
  { name, spec, parts }: PreparedSlot,
  value: SlotValue,
  scope: Scope,
  pieces: (string | FilterSource)[],
): void {
  if (spec.kind === "filter" && typeof value === "function") pieces.push(value);
  else if (spec.kind === "table" && typeof value === "string") pieces.push(identifier(value));
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
