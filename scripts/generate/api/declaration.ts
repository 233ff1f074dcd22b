/** Declarations as a reader sees them: signatures without bodies, and the members of interfaces and classes. */
import { ts } from "ts-morph";

/** What a heading calls a declaration. */
export type DeclarationKind = "function" | "class" | "interface" | "type" | "const" | "namespace";

/** Longest initial value of a constant that is shown, in lines. */
const LONGEST_VALUE = 12;

/** The kind of a declaration. */
export function kindOf(node: ts.Node | undefined): DeclarationKind {
  if (node === undefined) return "namespace";
  if (ts.isFunctionDeclaration(node)) return "function";
  if (ts.isClassDeclaration(node)) return "class";
  if (ts.isInterfaceDeclaration(node)) return "interface";
  return ts.isTypeAliasDeclaration(node) ? "type" : "const";
}

/**
 * The signatures of an export, as TypeScript: of overloads those that callers see.
 *
 * @param inlined names of interfaces whose members are shown as those of the declaration itself, so that it is not said to extend them
 */
export function signaturesOf(declarations: readonly ts.Node[], inlined: readonly string[] = []): string {
  const functions = declarations.filter(ts.isFunctionDeclaration);
  const shownOnes = functions.length === 0 ? declarations : callable(functions);
  return shownOnes.map((node) => signatureOf(node, inlined)).join("\n");
}

/** Of functions or methods of one name those that callers see. */
function callable<F extends { readonly body?: ts.Node | undefined }>(overloads: readonly F[]): readonly F[] {
  return overloads.length > 1 ? overloads.filter(({ body }) => body === undefined) : overloads;
}

function signatureOf(node: ts.Node, inlined: readonly string[]): string {
  return shown(node, inlined).replace(/^(?:(?:export|default|async|declare) )+/, "");
}

function shown(node: ts.Node, inlined: readonly string[]): string {
  const text = node.getSourceFile().text;
  const start = node.getStart();
  const upTo = (end: number): string => text.slice(start, end).trim();
  if (ts.isFunctionDeclaration(node)) return `${upTo(node.body?.getStart() ?? node.end).replace(/;$/, "")};`;
  if (ts.isInterfaceDeclaration(node) && inlined.length > 0) {
    const bases = (node.heritageClauses ?? []).flatMap(({ types }) => types);
    const left = bases.filter(({ expression }) => !inlined.includes(expression.getText()));
    const named = upTo((node.typeParameters ?? [node.name]).at(-1)!.end) + (node.typeParameters ? ">" : "");
    return left.length === 0 ? named : `${named} extends ${left.map((base) => base.getText()).join(", ")}`;
  }
  if (ts.isInterfaceDeclaration(node) || ts.isClassDeclaration(node))
    return upTo(text.indexOf("{", (node.heritageClauses ?? node.typeParameters ?? [node.name!]).at(-1)!.end));
  if (!ts.isVariableStatement(node)) return upTo(node.end);
  const [declaration] = node.declarationList.declarations;
  if (declaration?.type !== undefined) return `${upTo(declaration.type.end)};`;
  const whole = upTo(node.end);
  return whole.split("\n").length <= LONGEST_VALUE ? whole : `${upTo(declaration!.name.end)} = …;`;
}

/** A member of an interface or a class that its users see. */
export interface Member {
  readonly signature: string;
  readonly node: ts.Node;
}

/** The members of a declaration in their order; none of what has none. */
export function membersOf(node: ts.Node | undefined): readonly Member[] {
  if (node === undefined) return [];
  if (ts.isInterfaceDeclaration(node)) return node.members.map(memberOf);
  if (!ts.isClassDeclaration(node)) return [];
  const visible = node.members.filter(isVisible);
  return visible
    .filter((member) => {
      const overloads = visible.filter(
        (other) => other.name !== undefined && other.name.getText() === member.name?.getText(),
      );
      return overloads.length < 2 || !("body" in member) || member.body === undefined;
    })
    .map(memberOf);
}

function isVisible(member: ts.ClassElement): boolean {
  if (member.name !== undefined && ts.isPrivateIdentifier(member.name)) return false;
  const modifiers = ts.canHaveModifiers(member) ? (ts.getModifiers(member) ?? []) : [];
  return !modifiers.some(
    ({ kind }) => kind === ts.SyntaxKind.PrivateKeyword || kind === ts.SyntaxKind.ProtectedKeyword,
  );
}

function memberOf(node: ts.Node): Member {
  const text = node.getSourceFile().text;
  const end = endOfSignature(node);
  const comments = /\/\*.*?\*\//gs;
  const signature = text
    .slice(node.getStart(), end)
    .replace(comments, "")
    .replace(/^(?:(?:override|async|public) )+/, "")
    .replace(/\s+/g, " ")
    .replace(/([(<[]) /g, "$1")
    .replace(/,? ([)>\]])/g, "$1")
    .replace(/ = > /g, " => ")
    .replace(/ ?[;,]$/, "")
    .trim();
  return { signature, node };
}

function endOfSignature(node: ts.Node): number {
  const hasBody =
    ts.isMethodDeclaration(node) || ts.isConstructorDeclaration(node) || ts.isAccessor(node)
      ? node.body
      : undefined;
  if (hasBody !== undefined) return hasBody.getStart();
  if (ts.isPropertyDeclaration(node) && node.type !== undefined) return node.type.end;
  return node.end;
}
