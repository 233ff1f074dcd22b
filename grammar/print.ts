/** From the syntax tree back to text: one canonical spelling, with the fewest parentheses. */
import type {
  DurationText,
  Expr,
  FilterSyntax,
  Item,
  Operand,
  ParameterValue,
  Predicate,
  Test,
  Value,
} from "./ast.js";
import { quoteRegex, quoteText } from "./string-text.js";

/** How tightly a node binds; an operand that binds no tighter than the node around it needs parentheses. */
const binding: Readonly<Record<Expr["kind"], number>> = {
  or: 1,
  xor: 2,
  and: 3,
  not: 4,
  boolean: 5,
  filter: 5,
  predicate: 5,
  error: 5,
};

/**
 * The canonical text of a filter or of a part of one, on one line and without comments. Parsing the text yields the same
 * tree but for the spans.
 * @throws TypeError if the tree holds an `error` node: a part that did not parse has no text.
 */
export function printSyntax(syntax: FilterSyntax | Expr): string {
  if ("kind" in syntax) return printExpr(syntax);
  return syntax.root === null ? "" : printExpr(syntax.root);
}

/** Whether `operand` needs parentheses as an operand of a node of kind `parent`. */
export function needsParentheses(operand: Expr, parent: "or" | "xor" | "and" | "not"): boolean {
  // `not not a` reads well; `(a or b) or c` is another tree than `a or b or c`.
  return operand.kind === "not" ? false : binding[operand.kind] <= binding[parent];
}

function printExpr(expr: Expr): string {
  switch (expr.kind) {
    case "or":
    case "xor":
    case "and":
      return expr.operands.map((operand) => printOperand(operand, expr.kind)).join(` ${expr.kind} `);
    case "not":
      return `not ${printOperand(expr.operand, "not")}`;
    case "boolean":
      return String(expr.value);
    case "filter":
      return `@${expr.name}`;
    case "predicate":
      return expr.test === null ? printSubject(expr) : `${printSubject(expr)} ${printTest(expr.test)}`;
    case "error":
      throw new TypeError("a part of the filter did not parse, so the tree has no text");
  }
}

function printOperand(operand: Expr, parent: "or" | "xor" | "and" | "not"): string {
  const text = printExpr(operand);
  return needsParentheses(operand, parent) ? `(${text})` : text;
}

/** A predicate up to its test: `any source.ip`, `count(source.ip)`. */
export function printSubject(predicate: Predicate): string {
  const operand = printField(predicate.operand);
  return predicate.quantifier === null ? operand : `${predicate.quantifier} ${operand}`;
}

function printField(operand: Operand): string {
  const { func, field, test } = operand;
  const inner = test === undefined ? field : `${field} ${printTest(test)}`;
  return func === null ? field : `${func}(${inner})`;
}

function printTest(test: Test): string {
  switch (test.kind) {
    case "exists":
    case "missing":
      return test.kind;
    case "has":
      return `has (${printExpr(test.expr)})`;
    case "compare":
      return `${test.op} ${printValue(test.value)}`;
    case "last":
      return `${negation(test)}in last ${printLength(test.duration)}`;
    case "set":
    case "text": {
      const { items, bracketed } = itemList(test);
      const list = items.map(printItem).join(", ");
      return `${printListOperator(test)} ${bracketed ? `[${list}]` : list}`;
    }
  }
}

/** `24h`, `1h30m`, `$window`. */
export function printLength(length: DurationText | ParameterValue): string {
  if ("kind" in length) return printValue(length);
  return [length, ...(length.rest ?? [])].map(({ amount, unit }) => amount + unit).join("");
}

/** A test whose right-hand side is a list or one entry of a list. */
export type ListTest = Extract<Test, { readonly kind: "set" | "text" }>;

/** The right-hand side of a test that takes a list. */
export function itemList(test: ListTest): { readonly items: readonly Item[]; readonly bracketed: boolean } {
  return test.kind === "set" ? test.set : { items: test.args, bracketed: test.bracketed };
}

/** The operator of a test that takes a list, with its `not`. */
export function printListOperator(test: ListTest): string {
  return negation(test) + test.op;
}

function negation(test: { readonly negated: boolean }): string {
  return test.negated ? "not " : "";
}

/** One item of a list: a value or a range. */
export function printItem(item: Item): string {
  if (item.kind !== "range") return printValue(item);
  const low = item.low === null ? "" : printValue(item.low);
  const high = item.high === null ? "" : printValue(item.high);
  // A dot of a value must not touch the dots of the range: `1. ..2`, `1.. .5`.
  const before = low.endsWith(".") ? " " : "";
  const after = high.startsWith(".") ? " " : "";
  return `${low}${before}${item.exclusive ? "..<" : ".."}${after}${high}`;
}

/** A value in its canonical spelling: a bare word stays bare, a quoted text stays quoted. */
export function printValue(value: Value): string {
  switch (value.kind) {
    case "string":
      return quoteText(value.value) + (value.flag ?? "");
    case "regex":
      return quoteRegex(value.source) + (value.ignoreCase ? "i" : "");
    case "atom":
    case "time":
      return value.text;
    case "parameter":
      return `$${value.name}`;
    case "named-set":
      return `@${value.name}`;
  }
}
