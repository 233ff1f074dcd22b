/**
 * Parser of pynspect 0.17 with its own precedence: `or`, `xor`, `and` in words bind loosest, `||`, `^^`, `&&` all tighter than
 * every word, and the five arithmetic operators share one level that groups to the right.
 */
import type { LegacyArithmetic, LegacyComparison, LegacyNode, LegacyPath } from "./legacy-tree.js";
import { spanning } from "./legacy-tree.js";
import { pynspectTokens } from "./pynspect-lexer.js";
import { readPrimary } from "./primary.js";
import { refuse } from "./refusal.js";
import { readTokens, type LegacyToken, type TokenReader } from "./token-reader.js";

/** Loosest first: the operator and the node that it makes. */
const LOGICAL = [
  ["or", "or"],
  ["xor", "xor"],
  ["and", "and"],
  ["||", "or"],
  ["^^", "xor"],
  ["&&", "and"],
] as const;

const COMPARISONS = ["like", "in", "is", "==", "!=", ">", ">=", "<", "<="];
const ARITHMETIC = ["+", "-", "*", "/", "%"];
const LITERALS = ["number", "address", "time", "duration"];

/** Parses a pynspect filter; null for one without any token. @throws Refusal E601, with the position */
export function parsePynspect(text: string): LegacyNode | null {
  const tokens = pynspectTokens(text);
  if (tokens.length === 0) return null;
  const reader = readTokens(text, tokens, "pynspect", explainTearing);
  const root = logical(reader, 0);
  if (reader.peek() !== undefined) reader.fail("an operator or the end of the filter");
  return root;
}

/** Why a token is not what its reader takes it for: operators are cut off words, and durations off addresses. */
function explainTearing(tokens: readonly LegacyToken[], index: number): string | undefined {
  for (const at of [index - 1, index]) {
    const [head, rest] = [tokens[at], tokens[at + 1]];
    if (head === undefined || rest === undefined || head.span.end !== rest.span.start) continue;
    if (head.kind === "duration" && rest.kind === "address")
      return `pynspect read the beginning of ${head.text}${rest.text} as a duration; put the address in quotes`;
    if (/^[a-z]+$/i.test(head.text) && (rest.kind === "name" || rest.kind === "function"))
      return `pynspect cut the operator "${head.text}" off "${head.text}${rest.text}"; a text needs quotes`;
  }
  return undefined;
}

function logical(reader: TokenReader, level: number): LegacyNode {
  const entry = LOGICAL[level];
  if (entry === undefined) return negation(reader);
  const [operator, kind] = entry;
  const operands = [logical(reader, level + 1)];
  while (reader.accept(operator)) operands.push(logical(reader, level + 1));
  const [first, last] = [operands[0]!, operands.at(-1)!];
  return operands.length === 1 ? first : { kind, operands, span: spanning(first, last) };
}

function negation(reader: TokenReader): LegacyNode {
  return prefixed(reader, "not", () => prefixed(reader, "exists", () => comparison(reader)));
}

/** `not` and `exists` are written once: `not not x` was a syntax error. */
function prefixed(reader: TokenReader, kind: "not" | "exists", parse: () => LegacyNode): LegacyNode {
  const operator = reader.accept(kind);
  const operand = parse();
  return operator ? { kind, operand, span: spanning(operator, operand) } : operand;
}

function comparison(reader: TokenReader): LegacyNode {
  const left = arithmetic(reader);
  const operator = reader.accept(...COMPARISONS);
  if (!operator) return left;
  const right = arithmetic(reader);
  const chained = reader.peek();
  if (chained !== undefined && COMPARISONS.includes(chained.kind))
    return refuse(
      "E601",
      `a chain of comparisons: "${chained.text}" compares with the result of another comparison`,
      chained.span,
      {
        proposal: "join two comparisons by and",
      },
    );
  return { kind: "compare", op: operator.kind as LegacyComparison, left, right, span: spanning(left, right) };
}

function arithmetic(reader: TokenReader): LegacyNode {
  const left = primary(reader);
  const operator = reader.accept(...ARITHMETIC);
  if (!operator) return left;
  const right = reader.nested(() => arithmetic(reader));
  const op = operator.kind as LegacyArithmetic;
  return { kind: "arithmetic", op, left, right, opSpan: operator.span, span: spanning(left, right) };
}

const primary = (reader: TokenReader): LegacyNode =>
  readPrimary(reader, {
    inner: (reader) => logical(reader, 0),
    list,
    call,
    path: (_, name) => pathNode(name),
    literal,
  });

function literal(reader: TokenReader): LegacyNode | undefined {
  const token = reader.accept(...LITERALS, "string", "empty text", "unclosed text", "date");
  if (token === undefined) return undefined;
  switch (token.kind) {
    case "empty text":
      return refuse("E601", "pynspect has no empty text", token.span);
    case "unclosed text":
      return refuse("E601", "this text is never closed", token.span);
    case "date":
      return refuse(
        "E607",
        `pynspect did not read ${token.text} as a time: it needs date, "T", seconds and zone`,
        token.span,
        {
          proposal: `write ${token.text.slice(0, 10)}T00:00:00Z, or the time of day and zone that are meant`,
          replacement: `${token.text.slice(0, 10)}T00:00:00Z`,
        },
      );
    case "string":
      return stringNode(token);
    default:
      return {
        kind: token.kind as "number" | "address" | "time" | "duration",
        text: token.text,
        span: token.span,
      };
  }
}

function stringNode({ text, span }: LegacyToken): LegacyNode {
  const inner = text.slice(1, -1);
  const value = inner.replace(/["']/g, "");
  if (value === "")
    return refuse("E607", "pynspect removed the quotes inside this text, and nothing was left", span);
  if (value === inner) return { kind: "string", text: value, span };
  return {
    kind: "string",
    text: value,
    repaired: `pynspect removed every quote: the text is "${value}"`,
    span,
  };
}

function pathNode({ text, span }: LegacyToken): LegacyPath {
  const name = text.replace(/\[[^\]]*\]/g, "");
  return { kind: "path", name, indexed: name !== text, forced: false, span };
}

function call(reader: TokenReader, name: LegacyToken): LegacyNode {
  reader.expect("(", '"("');
  const args = reader.peek()?.kind === ")" ? [] : [reader.nested(() => logical(reader, 0))];
  const close = reader.expect(")", '")"');
  return { kind: "call", name: name.text, args, span: spanning(name, close) };
}

/** Items are literals; a bare word is the text itself here, and only here. */
function list(reader: TokenReader, open: LegacyToken): LegacyNode {
  const items: LegacyNode[] = [];
  do {
    const bare = reader.accept("name");
    if (bare)
      items.push({
        kind: "string",
        text: bare.text,
        repaired: `the bare word ${bare.text} is a text`,
        span: bare.span,
      });
    else items.push(literal(reader) ?? reader.fail("a value"));
  } while (reader.accept(","));
  const close = reader.expect("]", '"," or "]"');
  return { kind: "list", items, span: spanning(open, close) };
}
