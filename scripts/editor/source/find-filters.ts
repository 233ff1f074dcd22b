/** The filters that are literals in a program: arguments of our functions, `filter:` of a store's methods, and the tag `filter`. */
import type { Span } from "../../../grammar/ast.js";
import { literalRegion, type FilterRegion, type LiteralPiece, type RegionKnowledge } from "../region.js";
import type { Origin } from "./origins.js";
import { decodeLiteral } from "./literal.js";
import { childrenOf, nodesNamed, type Program, type SyntaxNode } from "./tree.js";

/** What the thing that is called is, told by the node of its name or the whole call around it; null where it is nothing of ours. */
export type OriginOf = (callee: SyntaxNode, call: SyntaxNode) => Origin | null;

/** What stands for the values of a template; the same choice as the tag makes. */
export type StandIns = (texts: readonly string[]) => readonly string[];

/** Functions that take the text of a filter first, and options of the compiler second. */
const COMPILERS: ReadonlySet<string> = new Set(["compileFilter", "checkFilter", "explainFilter"]);
/** Functions whose arguments are filters or `{ filter, args }`. */
const COMBINERS: ReadonlySet<string> = new Set(["andFilters", "orFilters", "notFilter"]);
const TAG = "filter";
/** Methods of a store that take a filter first. */
const TAKES_TEXT: ReadonlySet<string> = new Set(["compile", "restricted"]);
/** Options that say which names there are. */
const NAMING: ReadonlySet<string> = new Set(["sets", "filters"]);

const CALLS: ReadonlySet<string> = new Set(["CallExpression", "TaggedTemplateExpression"]);
const KNOWN: RegionKnowledge = { fields: true, names: "configured" };

/** The filters of a program in the order of the text. */
export function findFilters(
  program: Program,
  originOf: OriginOf,
  standIns: StandIns,
): readonly FilterRegion[] {
  return nodesNamed(program.tree.topNode, CALLS).flatMap((call) => {
    const callee = call.firstChild;
    if (callee === null) return [];
    if (call.name === "TaggedTemplateExpression") {
      const template = call.lastChild;
      const origin = originOf(callee, call);
      return template !== null && origin?.kind === "export" && origin.name === TAG
        ? [templateRegion(program, template, standIns)]
        : [];
    }
    const given = argumentsOf(call);
    const literals: Literals = {
      texts: given.map(textsOf),
      named: given.flatMap((argument) => namedFilters(program, argument)),
    };
    // Most calls have no literal, and nothing is asked about them.
    if (literals.named.length === 0 && literals.texts.every((texts) => texts.length === 0)) return [];
    const origin = originOf(callee, call);
    return origin === null ? [] : callRegions(program, given, literals, origin);
  });
}

/** The literals of a call: those of each argument, and those after `filter:`. */
interface Literals {
  readonly texts: readonly (readonly SyntaxNode[])[];
  readonly named: readonly SyntaxNode[];
}

function callRegions(
  program: Program,
  given: readonly SyntaxNode[],
  { texts, named }: Literals,
  origin: Origin,
): readonly FilterRegion[] {
  const first = texts[0] ?? [];
  const regions = (nodes: readonly SyntaxNode[], knowledge: RegionKnowledge): readonly FilterRegion[] =>
    nodes.map((node) => region(program, node, knowledge));
  if (origin.kind === "export") {
    if (COMPILERS.has(origin.name)) return regions(first, knowledgeOf(given[1], program));
    return COMBINERS.has(origin.name) ? regions([...texts.flat(), ...named], KNOWN) : [];
  }
  if (origin.kind !== "method") return [];
  return regions(TAKES_TEXT.has(origin.name) ? [...first, ...named] : named, KNOWN);
}

const SIGNS: ReadonlySet<string> = new Set(["(", ")", ","]);

function argumentsOf(call: SyntaxNode): readonly SyntaxNode[] {
  const list = call.getChild("ArgList");
  return list === null ? [] : childrenOf(list).filter(({ name }) => !SIGNS.has(name));
}

/** The literals that an expression can be: itself, in parentheses, with a type, or one of two. */
function textsOf(node: SyntaxNode): readonly SyntaxNode[] {
  switch (node.name) {
    case "String":
      return [node];
    case "TemplateString":
      return node.getChild("Interpolation") === null ? [node] : [];
    case "ParenthesizedExpression":
      return childrenOf(node)
        .filter(({ name }) => !SIGNS.has(name))
        .flatMap(textsOf);
    case "BinaryExpression": {
      const [value, operator] = childrenOf(node);
      return value !== undefined && (operator?.name === "as" || operator?.name === "satisfies")
        ? textsOf(value)
        : [];
    }
    case "ConditionalExpression": {
      const [, , whenTrue, , whenFalse] = childrenOf(node);
      return [whenTrue, whenFalse].flatMap((branch) => (branch === undefined ? [] : textsOf(branch)));
    }
    default:
      return [];
  }
}

/** The literals after `filter:` in an object. */
function namedFilters(program: Program, argument: SyntaxNode): readonly SyntaxNode[] {
  if (argument.name !== "ObjectExpression") return [];
  return argument.getChildren("Property").flatMap((property) => {
    const [name, colon, value] = childrenOf(property);
    return name !== undefined && colon?.name === ":" && value !== undefined && nameOf(program, name) === TAG
      ? textsOf(value)
      : [];
  });
}

function nameOf({ textOf }: Program, node: SyntaxNode): string {
  const text = textOf(node);
  return node.name === "String" ? text.slice(1, -1) : text;
}

/** What the options of a call leave known. */
function knowledgeOf(options: SyntaxNode | undefined, program: Program): RegionKnowledge {
  if (options === undefined) return { fields: true, names: "all" };
  if (options.name !== "ObjectExpression") return { fields: false, names: "unknown" };
  const names = options
    .getChildren("Property")
    .map((property) => (property.firstChild === null ? "" : nameOf(program, property.firstChild)));
  if (names.some((name) => name === "" || name === "..." || name.startsWith("[")))
    return { fields: false, names: "unknown" };
  return {
    fields: !names.includes("catalogue"),
    names: names.some((name) => NAMING.has(name)) ? "unknown" : "all",
  };
}

function quoteOf({ textOf }: Program, node: SyntaxNode): '"' | "'" | "`" {
  const sign = textOf(node).charAt(0);
  return sign === "'" || sign === "`" ? sign : '"';
}

/** The inside of a literal; one that is still open goes to its end. */
function insideOf(program: Program, node: SyntaxNode): Span {
  const closed = node.to - node.from > 1 && program.text.charAt(node.to - 1) === quoteOf(program, node);
  return { start: node.from + 1, end: closed ? node.to - 1 : node.to };
}

function region(program: Program, node: SyntaxNode, knowledge: RegionKnowledge): FilterRegion {
  const span = insideOf(program, node);
  const source = program.text.slice(span.start, span.end);
  return literalRegion(
    [{ kind: "text", source, start: span.start }],
    quoteOf(program, node),
    span,
    knowledge,
  );
}

function templateRegion(program: Program, node: SyntaxNode, standIns: StandIns): FilterRegion {
  const span = insideOf(program, node);
  const holes = node.getChildren("Interpolation");
  const starts = [span.start, ...holes.map(({ to }) => to)];
  const ends = [...holes.map(({ from }) => from), span.end];
  const sources = starts.map((start, position) => program.text.slice(start, ends[position]));
  const standInTexts = standIns(sources.map((source) => decoded(source)));
  const pieces = sources.flatMap((source, position): LiteralPiece[] => {
    const text: LiteralPiece = { kind: "text", source, start: starts[position] ?? span.start };
    const hole = holes[position];
    if (hole === undefined) return [text];
    return [
      text,
      { kind: "hole", standIn: standInTexts[position] ?? "true", start: hole.from, end: hole.to },
    ];
  });
  return literalRegion(pieces, "raw", span, KNOWN);
}

function decoded(source: string): string {
  let text = "";
  decodeLiteral(source, "raw", (units) => (text += units));
  return text;
}
