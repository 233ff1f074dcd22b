/** Arbitrary syntax trees: everything that a filter text can say, and nothing that it cannot. Spans are all zero. */
import fc from "fast-check";
import {
  SYNTAX_VERSION,
  type DurationText,
  type Expr,
  type FilterSyntax,
  type Item,
  type Operand,
  type Predicate,
  type Test,
  type Value,
} from "../../../grammar/ast.js";
import { FUNCTION_NAMES } from "../../../grammar/functions.js";
import { readTime } from "../../../grammar/time-text.js";
import { operatorsOf } from "../../../grammar/operators.js";
import { isBareValue, isFieldName, isFunctionName } from "../../../grammar/words.js";
import { anyTexts, readableTexts } from "../../testing/characters.js";

const span = { start: 0, end: 0 };

/** Names that begin with a keyword, hold one as a part, or use the letters of other scripts, among plain ones. */
export const fieldName: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    "source.ip",
    "target.port",
    "inside.ip",
    "orange",
    "not.x",
    "in.x",
    "any.thing",
    "lastly",
    "with",
  ),
  fc.stringMatching(/^[a-zA-Z_ěλ][a-z0-9_-]{0,5}(\.[a-z0-9_-]{1,4}){0,2}$/).filter(isFieldName),
);

const identifier = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,6}$/);
const setName = fc.array(identifier, { minLength: 1, maxLength: 3 }).map((parts) => parts.join("."));
const functionName = fc.oneof(
  fc.constantFrom(...FUNCTION_NAMES),
  fc.stringMatching(/^[a-z_][a-z0-9_-]{0,5}$/).filter(isFunctionName),
);

const duration: fc.Arbitrary<DurationText> = fc.record({
  amount: fc.stringMatching(/^[0-9]{1,4}$/),
  unit: fc.constantFrom("ms", "s", "m", "h", "d", "w", "mo", "y", "min", "parsec"),
  span: fc.constant(span),
});

/** A bare value; beside text operators `now` is one too, but `/` opens a regular expression. */
function atom(place: "value" | "text"): fc.Arbitrary<Value> {
  const known = fc.constantFrom(
    "10.0.0.0/8",
    "2001:db8::1",
    "a-b",
    ".5",
    "5.",
    "-1",
    "true",
    "any",
    "nowhere",
    "now.x",
  );
  return fc
    .oneof(known, fc.stringMatching(/^[A-Za-z0-9_:/%*+.ěλ-]{1,12}$/))
    .filter((text) => isBareValue(text) && !/\.\./.test(text))
    .filter((text) => (place === "text" ? !text.startsWith("/") : readTime(text, 0) === null))
    .map((text) => ({ kind: "atom", text, span }));
}

const text: fc.Arbitrary<Value> = fc.record({
  kind: fc.constant("string"),
  value: fc.oneof(readableTexts(), anyTexts(), fc.constantFrom('"', "\\", "\ud800")),
  flag: fc.constantFrom("i", "c", null),
  span: fc.constant(span),
});

const regex: fc.Arbitrary<Value> = fc.record({
  kind: fc.constant("regex"),
  source: fc
    .array(
      fc.oneof(
        fc.constantFrom("a", "/", "\\d", "\\\\", "[", "]", " ", '"', "^", "(", ")", "#"),
        fc.constant("λ"),
      ),
      {
        minLength: 1,
        maxLength: 8,
      },
    )
    .map((parts) => parts.join("")),
  ignoreCase: fc.boolean(),
  span: fc.constant(span),
});

const parameter: fc.Arbitrary<Value> = identifier.map((name) => ({ kind: "parameter", name, span }));
const namedSet: fc.Arbitrary<Value> = setName.map((name) => ({ kind: "named-set", name, span }));

const time: fc.Arbitrary<Value> = fc
  .tuple(
    fc.constantFrom("now", "today", "yesterday", "NOW", "Today"),
    fc.array(fc.tuple(fc.constantFrom("+", "-"), duration), { maxLength: 3 }),
    fc.constantFrom("", "/ms", "/s", "/m", "/h", "/d", "/w", "/mo", "/y"),
  )
  .map(([base, offsets, truncate]) => {
    const steps = offsets.map(([sign, { amount, unit }]) => sign + amount + unit);
    return readTime([base, ...steps, truncate].join(""), 0);
  })
  .filter((value) => value !== null);

const value: fc.Arbitrary<Value> = fc.oneof(atom("value"), text, parameter, namedSet, time);
const textValue: fc.Arbitrary<Value> = fc.oneof(atom("text"), text, regex, parameter, namedSet);

const item: fc.Arbitrary<Item> = fc.oneof(
  { weight: 3, arbitrary: value },
  fc
    .record({
      kind: fc.constant("range" as const),
      low: fc.option(value),
      high: fc.option(value),
      exclusive: fc.boolean(),
      span: fc.constant(span),
    })
    .filter(({ low, high }) => low !== null || high !== null),
);

/** A list in brackets, or one entry without them. */
function listOf<T>(
  entry: fc.Arbitrary<T>,
  minLength: number,
): fc.Arbitrary<{ entries: T[]; bracketed: boolean }> {
  return fc.oneof(
    entry.map((only) => ({ entries: [only], bracketed: false })),
    fc.array(entry, { minLength, maxLength: 5 }).map((entries) => ({ entries, bracketed: true })),
  );
}

const plainTest: fc.Arbitrary<Test> = fc.oneof(
  fc.constantFrom("exists" as const, "missing" as const).map((kind): Test => ({ kind, span })),
  fc.tuple(fc.constantFrom(...operatorsOf("compare")), value).map(([op, right]): Test => {
    return { kind: "compare", op, opSpan: span, value: right, span };
  }),
  fc
    .tuple(fc.constantFrom(...operatorsOf("set")), fc.boolean(), listOf(item, 0))
    .map(([op, negated, { entries, bracketed }]): Test => {
      return { kind: "set", op, negated, opSpan: span, set: { items: entries, bracketed, span }, span };
    }),
  fc.tuple(fc.boolean(), duration).map(([negated, length]): Test => {
    return { kind: "last", negated, opSpan: span, duration: length, span };
  }),
  fc
    .tuple(fc.constantFrom(...operatorsOf("text")), fc.boolean(), listOf(textValue, 1))
    .map(([op, negated, { entries, bracketed }]): Test => {
      return { kind: "text", op, negated, opSpan: span, args: entries, bracketed, span };
    }),
);

const operand: fc.Arbitrary<Operand> = fc.record({
  func: fc.option(functionName),
  field: fieldName,
  fieldSpan: fc.constant(span),
  span: fc.constant(span),
});

function predicate(test: fc.Arbitrary<Test | null>): fc.Arbitrary<Predicate> {
  return fc.record({
    kind: fc.constant("predicate"),
    quantifier: fc.constantFrom(null, null, "any", "all", "none"),
    operand,
    test,
    span: fc.constant(span),
  });
}

const { expr } = fc.letrec<{ expr: Expr; logical: Expr; not: Expr; has: Expr; leaf: Expr }>((tie) => ({
  expr: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    tie("leaf"),
    tie("logical"),
    tie("not"),
    tie("has"),
  ),
  logical: fc.record({
    kind: fc.constantFrom("or", "xor", "and"),
    operands: fc.array(tie("expr"), { minLength: 2, maxLength: 4 }),
    span: fc.constant(span),
  }),
  not: fc.record({ kind: fc.constant("not"), operand: tie("expr"), span: fc.constant(span) }),
  has: predicate(tie("expr").map((inner): Test => ({ kind: "has", expr: inner, span }))),
  leaf: fc.oneof(
    { weight: 6, arbitrary: predicate(fc.option(plainTest, { freq: 8 })) },
    fc.boolean().map((truth): Expr => ({ kind: "boolean", value: truth, span })),
    setName.map((name): Expr => ({ kind: "filter", name, span })),
  ),
}));

/** Expressions of any kind but `error`. */
export const syntaxExpr: fc.Arbitrary<Expr> = expr;

/** Whole filters without comments, the empty one among them. */
export const filterSyntax: fc.Arbitrary<FilterSyntax> = fc
  .option(expr, { freq: 20 })
  .map((root) => ({ version: SYNTAX_VERSION, root, comments: [] }));
