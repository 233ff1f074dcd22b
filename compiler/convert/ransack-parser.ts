/**
 * Parser of ransack 0.1 with its own precedence: `not` takes one comparison, comparisons do not chain, and the range `..` and
 * the concatenation ` . ` bind tighter than arithmetic.
 */
import type { LegacyArithmetic, LegacyComparison, LegacyNode, LegacyPath } from "./legacy-tree.js";
import { spanning } from "./legacy-tree.js";
import { ransackTokens } from "./ransack-lexer.js";
import { readPrimary } from "./primary.js";
import { refuse } from "./refusal.js";
import { readTokens, type LegacyToken, type TokenReader } from "./token-reader.js";

const COMPARISONS = ["=", "==", ">", ">=", "<", "<=", "in", "contains"];
const LITERALS = ["number", "address", "time", "duration"];
/** What an atom can begin with, and so what makes `F??` a default and not a test of existence. */
const ATOM_STARTS = [...LITERALS, "string", "unclosed text", "name", "function", "[", "("];

/** Parses a ransack filter; null for one without any token. @throws Refusal E601, with the position */
export function parseRansack(text: string): LegacyNode | null {
  const tokens = ransackTokens(text);
  if (tokens.length === 0) return null;
  const reader = readTokens(text, tokens, "ransack", explain);
  const root = disjunction(reader);
  if (reader.peek() !== undefined) reader.fail("an operator or the end of the filter");
  return root;
}

function explain(tokens: readonly LegacyToken[], index: number): string | undefined {
  const token = tokens[index];
  if (token?.kind === "!=" || token?.kind === "<>") return "ransack has no such operator; write not A = B";
  if (token?.kind === "in" && tokens[index - 1]?.kind === "not")
    return "ransack has no not in; write not A in B";
  if (token?.kind === "..") return "a range inside a list needs parentheses: (30..40)";
  return undefined;
}

function disjunction(reader: TokenReader): LegacyNode {
  return chain(reader, "or", () => chain(reader, "and", () => negation(reader)));
}

function chain(reader: TokenReader, kind: "or" | "and", parse: () => LegacyNode): LegacyNode {
  const first = parse();
  const operands = [first];
  while (reader.accept(kind)) operands.push(parse());
  return operands.length === 1 ? first : { kind, operands, span: spanning(first, operands.at(-1)!) };
}

function negation(reader: TokenReader): LegacyNode {
  const operator = reader.accept("not");
  const operand = comparison(reader);
  return operator ? { kind: "not", operand, span: spanning(operator, operand) } : operand;
}

function comparison(reader: TokenReader): LegacyNode {
  const left = sum(reader);
  const operator = reader.accept(...COMPARISONS);
  if (!operator) return left;
  const right = sum(reader);
  return { kind: "compare", op: operator.kind as LegacyComparison, left, right, span: spanning(left, right) };
}

const sum = (reader: TokenReader): LegacyNode => leftGrouped(reader, ["+", "-"], product);
const product = (reader: TokenReader): LegacyNode => leftGrouped(reader, ["*", "/", "%"], span);
const span = (reader: TokenReader): LegacyNode => leftGrouped(reader, ["..", "."], unary);

/** More operators in one chain than this are refused: the tree leans as deep as the chain is long. */
const MAX_CHAIN = 64;

function leftGrouped(
  reader: TokenReader,
  operators: readonly string[],
  parse: (reader: TokenReader) => LegacyNode,
): LegacyNode {
  let left = parse(reader);
  for (let length = 1; ; length += 1) {
    const operator = reader.accept(...operators);
    if (!operator) return left;
    if (length > MAX_CHAIN)
      return refuse("E601", `more than ${MAX_CHAIN} operators in one expression`, operator.span);
    const right = parse(reader);
    const op = operator.kind as LegacyArithmetic | ".." | ".";
    const kind = op === ".." ? "range" : op === "." ? "concat" : "arithmetic";
    left = { kind, op, left, right, opSpan: operator.span, span: spanning(left, right) };
  }
}

function unary(reader: TokenReader): LegacyNode {
  const operator = reader.accept("-");
  if (!operator) return primary(reader);
  const operand = reader.nested(() => unary(reader));
  return { kind: "minus", operand, span: spanning(operator, operand) };
}

const primary = (reader: TokenReader): LegacyNode =>
  readPrimary(reader, {
    inner: disjunction,
    list,
    call,
    path: (reader, name) => defaulted(reader, pathNode(name)),
    literal,
  });

function literal(reader: TokenReader): LegacyNode | undefined {
  const token = reader.accept(...LITERALS, "string", "unclosed text");
  if (token === undefined) return undefined;
  if (token.kind === "unclosed text") return refuse("E601", "this text is never closed", token.span);
  if (token.kind === "string") return { kind: "string", text: token.text.slice(1, -1), span: token.span };
  return {
    kind: token.kind as "number" | "address" | "time" | "duration",
    text: token.text,
    span: token.span,
  };
}

function pathNode({ text, span }: LegacyToken): LegacyPath {
  const forced = text.startsWith(".");
  return { kind: "path", name: forced ? text.slice(1) : text, indexed: false, forced, span };
}

function defaulted(reader: TokenReader, path: LegacyPath): LegacyNode {
  const operator = reader.accept("??");
  if (!operator) return path;
  if (!ATOM_STARTS.includes(reader.peek()?.kind ?? ""))
    return { kind: "default", path, otherwise: null, span: spanning(path, operator) };
  const otherwise = reader.nested(() => primary(reader));
  return { kind: "default", path, otherwise, span: spanning(path, otherwise) };
}

function call(reader: TokenReader, name: LegacyToken): LegacyNode {
  reader.expect("(", '"("');
  const args = commaSeparated(reader, ")", () => reader.nested(() => disjunction(reader)));
  const close = reader.expect(")", '"," or ")"');
  return { kind: "call", name: name.text, args, span: spanning(name, close) };
}

function list(reader: TokenReader, open: LegacyToken): LegacyNode {
  const items = commaSeparated(reader, "]", () => reader.nested(() => unary(reader)));
  const close = reader.expect("]", '"," or "]"');
  return { kind: "list", items, span: spanning(open, close) };
}

function commaSeparated(reader: TokenReader, close: string, parse: () => LegacyNode): readonly LegacyNode[] {
  if (reader.peek()?.kind === close) return [];
  const items = [parse()];
  while (reader.accept(",")) items.push(parse());
  return items;
}
