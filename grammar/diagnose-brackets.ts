/** Messages about conditions that lack their brackets: lists, decimal commas that look like lists, and what `has` ties. */
import { problem } from "./codes.js";
import { diagnoseStray, replace } from "./diagnose-token.js";
import { setOperator } from "./diagnose-values.js";
import type { Fix } from "./diagnostic.js";
import { wordAt, type Refused } from "./refused.js";
import type { Finding } from "./report.js";

/** `confidence > 0,5`: an order of numbers shows that no list is meant, and so does a field whose numbers have fractions. */
export function decimalComma({ text, tokens, start, stuck, stop, fields }: Refused): Finding | null {
  const [operator, whole, comma, part] = tokens.slice(Math.max(0, stuck - 2), stuck + 2);
  if (operator === undefined || whole === undefined || comma === undefined || part === undefined) return null;
  const span = { start: whole.start, end: part.end };
  const number = /^([+-]?[0-9]+),([0-9]+)$/.exec(text.slice(span.start, span.end));
  const isOrder = /^[<>]=?$/.test(text.slice(operator.start, operator.end));
  const field = tokens[start];
  const kinds = field && fields.describeField(text.slice(field.start, field.end));
  const isFraction = kinds?.startsWith("a number") === true && number?.[1] === "0";
  if (number === null || !(isOrder || isFraction) || stop !== stuck + 2) return null;
  const point = `${number[1] ?? ""}.${number[2] ?? ""}`;
  return {
    ...problem("E001.decimalComma", { number: point }),
    span: { start: comma.start, end: comma.end },
    fixes: [replace(span, point, `write ${point}`)],
  };
}

/** `port in 22, 80`, and `port = 22, 80`, which lacks its operator too. */
export function listWithoutBrackets(refused: Refused): Finding | null {
  const { text, tokens, start, stuck, stop } = refused;
  const token = tokens[stuck];
  const last = tokens[stop - 1];
  if (token === undefined || last === undefined || wordAt(refused, stuck) !== ",") return null;
  if (stuck === stop - 1) return diagnoseStray(text, token);
  const before = tokens.slice(start, stuck);
  const index = before.findLastIndex((part) => part.kind === "keyword" || part.kind === "operator");
  const open = before[index + 1]?.start ?? token.start;
  const edits = [
    ...setOperator(text, before[index]),
    { start: open, end: open, text: "[" },
    { start: last.end, end: last.end, text: "]" },
  ];
  const span = { start: token.start, end: token.end };
  return { ...problem("E001.listWithoutBrackets"), span, fixes: [{ title: "put the list in [ ]", edits }] };
}

/** The brackets for the parentheses of `port in (22, 80)`. */
export function listInParentheses({ text, tokens, stuck, stop }: Refused): readonly Fix[] {
  const [open, close] = [tokens[stuck], tokens[stop - 1]];
  if (open === undefined || close === undefined || text[close.start] !== ")") return [];
  const edits = [
    ...setOperator(text, tokens[stuck - 1]),
    { start: open.start, end: open.end, text: "[" },
    { start: close.start, end: close.end, text: "]" },
  ];
  return [{ title: "use [ ]", edits }];
}

/** `source has port = 22`. */
export function conditionWithoutBrackets(refused: Refused): Finding | null {
  const { tokens, stuck, stop, expected } = refused;
  const token = tokens[stuck];
  const last = tokens[stop - 1];
  if (token === undefined || last === undefined || !expected.includes('"("')) return null;
  if (wordAt(refused, stuck - 1).toLowerCase() !== "has" || stuck >= stop) return null;
  const edits = [
    { start: token.start, end: token.start, text: "(" },
    { start: last.end, end: last.end, text: ")" },
  ];
  return {
    ...problem("E001.element"),
    span: { start: token.start, end: token.end },
    fixes: [{ title: "put it in ( )", edits }],
  };
}
