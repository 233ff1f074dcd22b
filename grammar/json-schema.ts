/** The shape of the syntax tree as data, to check what comes from outside. Mirrors ast.ts. */
import { SYNTAX_VERSION, type FilterSyntax } from "./ast.js";
import { operatorsOf } from "./operators.js";

/** Called with the path and the reason where a value has not the shape; must throw. */
export type Refuse = (path: string, message: string) => never;

type Check = (value: unknown, path: string, context: Context) => void;

interface Context {
  readonly refuse: Refuse;
  /** Levels of nodes that may still be opened. */
  readonly depth: number;
}

/** Each bracket and each `not` of a text opens at most three levels of nodes: test, expression, operand. */
const MAX_DEPTH = 3 * 64 + 8;

const string: Check = (value, path, { refuse }) => {
  if (typeof value !== "string") refuse(path, "expected a text");
};
const boolean: Check = (value, path, { refuse }) => {
  if (typeof value !== "boolean") refuse(path, "expected true or false");
};
const offset: Check = (value, path, { refuse }) => {
  if (!Number.isSafeInteger(value) || Number(value) < 0)
    refuse(path, "expected an offset: a whole number from 0");
};

function oneOf(...words: readonly (string | number | null)[]): Check {
  return (value, path, { refuse }) => {
    const known = words.some((word) => word === value);
    if (!known) refuse(path, `expected ${words.map((word) => JSON.stringify(word)).join(", ")}`);
  };
}

function nullable(check: Check): Check {
  return (value, path, context) => {
    if (value !== null) check(value, path, context);
  };
}

/** A property that may be left out. */
function optional(check: Check): Check {
  return (value, path, context) => {
    if (value !== undefined) check(value, path, context);
  };
}

function list(check: Check, min = 0): Check {
  return (value, path, context) => {
    if (!Array.isArray(value)) return context.refuse(path, "expected a list");
    if (value.length < min) context.refuse(path, `expected ${min} entries at least`);
    value.forEach((part: unknown, index) => check(part, `${path}[${index}]`, context));
  };
}

function record(shape: Readonly<Record<string, Check>>): Check {
  return (value, path, context) => {
    const fields = asRecord(value, path, context.refuse);
    const unknown = Object.keys(fields).find((key) => !Object.hasOwn(shape, key));
    if (unknown !== undefined) context.refuse(`${path}.${unknown}`, "unknown property");
    for (const [key, check] of Object.entries(shape)) check(fields[key], `${path}.${key}`, context);
  };
}

function asRecord(value: unknown, path: string, refuse: Refuse): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return refuse(path, "expected an object");
  return value as Record<string, unknown>;
}

/** A union told apart by `kind`; every node has a span. */
function byKind(shapes: () => Readonly<Record<string, Readonly<Record<string, Check>>>>): Check {
  return (value, path, { refuse, depth }) => {
    const { kind } = asRecord(value, path, refuse);
    if (depth === 0) return refuse(path, "nested too deeply");
    if (kind === "error") return refuse(path, "this part of the filter did not parse");
    const known = shapes();
    if (typeof kind !== "string" || !Object.hasOwn(known, kind)) {
      return refuse(`${path}.kind`, `expected ${Object.keys(known).join(", ")}`);
    }
    const check = record({ kind: string, span, ...known[kind] });
    check(value, path, { refuse, depth: depth - 1 });
  };
}

const span = record({ start: offset, end: offset });
const durationPart = record({ amount: string, unit: string, span });
const duration = record({ amount: string, unit: string, rest: optional(list(durationPart)), span });
const operand: Check = (value, path, context) => {
  record({ func: nullable(string), field: string, fieldSpan: span, test: optional(test), span })(
    value,
    path,
    context,
  );
};
const offsets = list(record({ sign: oneOf(1, -1), duration }));
/** A length of time, or the parameter that stands for one. */
const length: Check = (value, path, context) => {
  const isParameter = asRecord(value, path, context.refuse)["kind"] !== undefined;
  (isParameter ? byKind(() => ({ parameter: { name: string } })) : duration)(value, path, context);
};

const values = {
  string: { value: string, flag: oneOf("i", "c", null) },
  regex: { source: string, ignoreCase: boolean },
  atom: { text: string },
  parameter: { name: string },
  "named-set": { name: string },
  time: {
    base: oneOf("now", "today", "yesterday", "tomorrow"),
    offsets,
    truncate: oneOf("ms", "s", "m", "h", "d", "w", "mo", "y", null),
    after: optional(offsets),
    text: string,
  },
} as const;
const value = byKind(() => values);
const item = byKind(() => ({
  ...values,
  range: { low: nullable(value), high: nullable(value), exclusive: boolean },
}));

const test: Check = byKind(() => ({
  exists: {},
  missing: {},
  has: { expr },
  compare: { op: oneOf(...operatorsOf("compare")), opSpan: span, value },
  set: {
    op: oneOf(...operatorsOf("set")),
    negated: boolean,
    opSpan: span,
    set: record({ items: list(item), bracketed: boolean, span }),
  },
  last: { negated: boolean, opSpan: span, duration: length },
  text: {
    op: oneOf(...operatorsOf("text")),
    negated: boolean,
    opSpan: span,
    args: list(value, 1),
    bracketed: boolean,
  },
}));

const expr: Check = byKind(() => {
  const logical = { operands: list(expr, 2) };
  return {
    or: logical,
    xor: logical,
    and: logical,
    not: { operand: expr },
    boolean: { value: boolean },
    filter: { name: string },
    predicate: { quantifier: oneOf("any", "all", "none", null), operand, test: nullable(test) },
  };
});

const syntax = record({
  version: oneOf(SYNTAX_VERSION),
  root: nullable(expr),
  comments: list(record({ text: string, span })),
});

/** `json` if it is a syntax tree of this version; otherwise calls `refuse`. */
export function checkSyntax(json: unknown, refuse: Refuse): FilterSyntax {
  const { version } = asRecord(json, "$", refuse);
  if (version !== SYNTAX_VERSION) {
    const found = version === undefined ? "no version" : `version ${JSON.stringify(version)}`;
    refuse("$.version", `this release reads version ${SYNTAX_VERSION} of the syntax tree, found ${found}`);
  }
  syntax(json, "$", { refuse, depth: MAX_DEPTH });
  return json as FilterSyntax;
}
