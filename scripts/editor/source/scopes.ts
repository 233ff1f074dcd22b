/** Which declaration a name of a program means. */
import { ancestorOf, nodesNamed, type Program, type SyntaxNode } from "./tree.js";

/** Finds the declaration of a name as seen from a node: the node of the name where it is declared, null where there is none. */
export type Resolve = (name: string, from: SyntaxNode) => SyntaxNode | null;

interface Definition {
  readonly node: SyntaxNode;
  readonly scope: SyntaxNode;
}

const DEFINITIONS: ReadonlySet<string> = new Set(["VariableDefinition", "TypeDefinition"]);
const SCOPES: ReadonlySet<string> = new Set([
  "Script",
  "Block",
  "ForStatement",
  "FunctionDeclaration",
  "FunctionExpression",
  "ArrowFunction",
  "MethodDeclaration",
  "ClassBody",
  "SwitchBody",
  "CatchClause",
]);
/** Declarations whose own name is known around them. */
const NAMED: ReadonlySet<string> = new Set(["FunctionDeclaration", "ClassDeclaration"]);

/** Reads all declarations of a program. */
export function createScopes({ tree, textOf }: Program): Resolve {
  const definitions = new Map<string, Definition[]>();
  for (const node of nodesNamed(tree.topNode, DEFINITIONS)) {
    const name = textOf(node);
    const known = definitions.get(name);
    const definition = { node, scope: scopeOf(node) };
    if (known === undefined) definitions.set(name, [definition]);
    else known.push(definition);
  }
  return (name, { from }) => {
    const visible = (definitions.get(name) ?? []).filter(
      ({ scope }) => scope.from <= from && from < Math.max(scope.to, scope.from + 1),
    );
    // The innermost scope lies in all others; of two in one scope the first counts.
    return (
      visible.reduce<Definition | null>(
        (best, one) => (best === null || one.scope.from > best.scope.from ? one : best),
        null,
      )?.node ?? null
    );
  };
}

function scopeOf(node: SyntaxNode): SyntaxNode {
  const owner = node.parent !== null && NAMED.has(node.parent.name) ? node.parent : node;
  return ancestorOf(owner, SCOPES) ?? node;
}
