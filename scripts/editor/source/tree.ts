/** The syntax tree of a program, by a parser that goes on after mistakes: programs are read while they are being typed. */
import type { SyntaxNode, Tree } from "@lezer/common";
import { parser } from "@lezer/javascript";

export type { SyntaxNode } from "@lezer/common";

/** A program and its tree. */
export interface Program {
  readonly text: string;
  readonly tree: Tree;
  readonly textOf: (node: SyntaxNode) => string;
}

const parsers = {
  ts: parser.configure({ dialect: "ts" }),
  tsx: parser.configure({ dialect: "ts jsx" }),
};

/** The files that hold programs, by their ending. */
export const PROGRAM_FILE = /\.[cm]?[jt]sx?$/i;

/** Parses a program; `path` tells by its ending whether it has elements of JSX. Never throws. */
export function parseProgram(text: string, path: string): Program {
  const tree = parsers[/x$/i.test(path) ? "tsx" : "ts"].parse(text);
  return { text, tree, textOf: ({ from, to }) => text.slice(from, to) };
}

/** The children of a node in order. */
export function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) children.push(child);
  return children;
}

/** The nearest node around `node` with one of these names. */
export function ancestorOf(node: SyntaxNode, names: ReadonlySet<string>): SyntaxNode | null {
  let parent = node.parent;
  while (parent !== null && !names.has(parent.name)) parent = parent.parent;
  return parent;
}

/** All nodes of these names, in the order of the text. */
export function nodesNamed(root: SyntaxNode, names: ReadonlySet<string>): readonly SyntaxNode[] {
  const found: SyntaxNode[] = [];
  root.cursor().iterate((node) => {
    if (names.has(node.name)) found.push(node.node);
  });
  return found;
}
