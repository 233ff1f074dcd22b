/**
 * A world so small that nothing has to be drawn by lot: a catalogue of a scalar, a list and a group with three values each, every event
 * that it can have, and every condition up to a size, by its truth over all those events.
 */
import type { Catalogue, StoredField } from "../../compiler/catalogue/model.js";

const stored = (field: Omit<StoredField, "kind" | "column"> & { readonly column?: string }): StoredField => ({
  kind: "stored",
  column: field.name.replace(".", "_"),
  ...field,
});

const LEVELS = ["low", "medium", "high"] as const;
const NETWORKS = ["10.0.0.0/8", "10.1.0.0/16", "10.1.2.3"] as const;

/** The catalogue of the world. Its networks lie one inside the other; its levels are ordered and all that there are. */
export const SMALL_WORLD: Catalogue = {
  name: "small world",
  table: { name: "small_world" },
  fields: [
    stored({
      name: "id",
      type: "id",
      list: false,
      paths: ["ID"],
      required: true,
      description: "number of the event",
      example: "id = 1",
    }),
    stored({
      name: "size",
      type: "integer",
      list: false,
      range: [0, 3],
      paths: ["Size"],
      description: "a scalar",
      example: "size > 1",
    }),
    stored({
      name: "level",
      type: "ordered",
      enumeration: "level",
      list: true,
      paths: ["Level"],
      description: "a list",
      example: "level >= low",
    }),
    stored({
      name: "part.net",
      type: "ip",
      list: true,
      paths: ["Part.Net"],
      description: "networks of the parts",
      example: "part.net in 10.0.0.0/8",
    }),
    stored({
      name: "part.mark",
      type: "boolean",
      list: true,
      paths: ["Part.Mark"],
      description: "marks of the parts",
      example: "part.mark",
    }),
  ],
  groups: [
    {
      name: "part",
      description: "a part of the event",
      path: "Part",
      countColumn: "part_count",
      elementsColumn: "part_elements",
      example: "part has (net in 10.0.0.0/8 and mark)",
    },
  ],
  unionGroups: [],
  enumerations: [{ name: "level", article: "a level", values: LEVELS, open: false }],
};

/** Every event of the world: the scalar missing or one of three, each set of levels, up to two parts of each kind. */
export const SMALL_EVENTS: readonly object[] = allEvents();

function allEvents(): readonly object[] {
  const sizes = [{}, ...[1, 2, 3].map((Size) => ({ Size }))];
  const levels = subsets(LEVELS).map((Level) => (Level.length === 0 ? {} : { Level }));
  const elements = ["", ...NETWORKS].flatMap((net) =>
    [{}, { Mark: true }].map((mark) => ({ ...(net === "" ? {} : { Net: [net] }), ...mark })),
  );
  const parts = [
    {},
    ...elements.map((one) => ({ Part: [one] })),
    ...elements.flatMap((one, index) => elements.slice(index).map((other) => ({ Part: [one, other] }))),
  ];
  return sizes
    .flatMap((size) => levels.flatMap((level) => parts.map((part) => ({ ...size, ...level, ...part }))))
    .map((event, index) => ({ ID: String(index), ...event }));
}

function subsets<T>(values: readonly T[]): readonly (readonly T[])[] {
  return values.reduce<readonly (readonly T[])[]>(
    (sets, value) => [...sets, ...sets.map((set) => [...set, value])],
    [[]],
  );
}

const QUANTIFIERS = ["", "any ", "all ", "none "] as const;
const each = (left: readonly string[], right: readonly string[]): readonly string[] =>
  left.flatMap((one) => right.map((other) => `${one}${other}`));

const COMPARISONS = ["=", "!=", "<", "<=", ">", ">="] as const;

const PART_TESTS: readonly string[] = [
  "net = 10.1.2.3",
  "net != 10.1.2.3",
  ...NETWORKS.flatMap((net) =>
    ["in", "not in", "overlaps", "covers"].map((operator) => `net ${operator} ${net}`),
  ),
  "net in [10.1.2.3, 10.0.0.0/8]",
  "net exists",
  "net missing",
  "mark",
  "not mark",
  "mark = false",
  "mark missing",
  "count(net) = 0",
];

/** Every test of one field or group, as text. */
export const SMALL_TESTS: readonly string[] = [
  ...["1", "2", "3"].flatMap((value) => COMPARISONS.map((operator) => `size ${operator} ${value}`)),
  ...["in 1..2", "in 1..<2", "not in 2..", "in [1, 3]", "not in [1, 2, 3]", "exists", "missing"].map(
    (test) => `size ${test}`,
  ),
  ...LEVELS.flatMap((value) =>
    COMPARISONS.flatMap((operator) => each(QUANTIFIERS, [`level ${operator} ${value}`])),
  ),
  ...each(QUANTIFIERS, ["level in [low, high]", "level not in [low]", "level in [low, medium, high]"]),
  ...["0", "1", "2", "3"].flatMap((value) => [`count(level) = ${value}`, `count(level) > ${value}`]),
  "level exists",
  "level missing",
  ...each(
    QUANTIFIERS,
    PART_TESTS.filter((test) => /^net (?:=|!=|in|not in|overlaps|covers)/u.test(test)).map(
      (test) => `part.${test}`,
    ),
  ),
  "part.mark",
  "not part.mark",
  "all part.mark",
  "part.net exists",
  "part.mark missing",
  ...QUANTIFIERS.flatMap((quantifier) => PART_TESTS.map((test) => `${quantifier}part has (${test})`)),
  ...["and", "or", "xor"].flatMap((word) =>
    ["net in 10.1.0.0/16", "net covers 10.1.2.3", "net missing"].flatMap((net) =>
      ["", "all ", "none "].map((quantifier) => `${quantifier}part has (${net} ${word} mark)`),
    ),
  ),
];

/** A few tests of every kind, which contradict, imply and repeat one another: what the larger conditions are made of. */
export const CORE_TESTS: readonly string[] = [
  "size = 1",
  "size != 2",
  "size >= 2",
  "size missing",
  "size in [1, 3]",
  "level = low",
  "level < high",
  "none level = low",
  "all level >= medium",
  "level not in [low, high]",
  "count(level) > 1",
  "part.net in 10.1.0.0/16",
  "part.net overlaps 10.1.2.3",
  "none part.net = 10.1.2.3",
  "part.net missing",
  "part.mark",
  "part has (net in 10.1.0.0/16 and mark)",
  "part has (net in 10.0.0.0/8 or mark)",
  "part has (not mark)",
  "all part has (net covers 10.1.2.3)",
];

/** A truth for each event of the world: a bit, the lowest for the first. */
export type Truths = bigint;

/** Those of a condition that every event meets. */
export const ALWAYS: Truths = (1n << BigInt(SMALL_EVENTS.length)) - 1n;

/** The truths of a predicate. */
export function truthsOf(holds: (event: unknown) => boolean): Truths {
  const bits = SMALL_EVENTS.map((event) => (holds(event) ? "1" : "0")).reverse();
  return BigInt(`0b${bits.join("")}`);
}

/** Whether the event with this number has the truth. */
export function truthAt(truths: Truths, index: number): boolean {
  return ((truths >> BigInt(index)) & 1n) === 1n;
}

/** The truths of conditions that are joined by a word. */
export function joinTruths(word: "and" | "or" | "xor", parts: readonly Truths[]): Truths {
  switch (word) {
    case "and":
      return parts.reduce((left, right) => left & right, ALWAYS);
    case "or":
      return parts.reduce((left, right) => left | right, 0n);
    case "xor":
      return parts.reduce((left, right) => left ^ right, 0n);
  }
}

/** The truths of the negation. */
export function complement(truths: Truths): Truths {
  return ALWAYS ^ truths;
}
