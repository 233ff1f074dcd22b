/**
 * What an expression of a program is as far as this package is concerned: one of its exports, a store, a method of a store. Told from the text of
 * the program alone, by its imports, declarations and annotations; {@link Origins.ofExpression} is null for everything else.
 */
import { createScopes } from "./scopes.js";
import { ancestorOf, childrenOf, nodesNamed, type Program, type SyntaxNode } from "./tree.js";

/** What something is. */
export type Origin =
  /** All exports of the package. */
  | { readonly kind: "namespace" }
  | { readonly kind: "export"; readonly name: string }
  /** An open store, or what has its operations. */
  | { readonly kind: "store" }
  | { readonly kind: "method"; readonly name: string };

/** Finds an export of another module of the program; null when there is none or it is nothing of ours. */
export type ResolveExport = (specifier: string, name: string) => Origin | null;

/** Answers for one program. */
export interface Origins {
  readonly ofExpression: (node: SyntaxNode) => Origin | null;
  /** What the program exports under a name. */
  readonly ofExport: (name: string) => Origin | null;
}

const PACKAGE = /^idea-eventstore(?:\/|$)/;
/** Exports that are a store, give one, or are the type of one. */
const STORES: ReadonlySet<string> = new Set(["EventStorage", "EventOperations"]);
const GIVES_STORE: ReadonlySet<string> = new Set(["openStorage", "service"]);
/** Methods of a store that give another. */
const GIVES_RESTRICTED: ReadonlySet<string> = new Set(["restricted"]);
/** Methods that hand a store to a function. */
const HANDS_STORE: ReadonlySet<string> = new Set(["transaction"]);

const STORE: Origin = { kind: "store" };
/** Declarations that lead to each other are followed so far. */
const MAX_STEPS = 32;

const FUNCTIONS: ReadonlySet<string> = new Set([
  "ArrowFunction",
  "FunctionExpression",
  "FunctionDeclaration",
  "MethodDeclaration",
]);
const CLASS: ReadonlySet<string> = new Set(["ClassBody"]);
const TYPE_NAMES: ReadonlySet<string> = new Set(["TypeName", "VariableName", "PropertyName"]);

/** The names that a type is made of; an object that has a store is none. */
function namesOfType(node: SyntaxNode): readonly SyntaxNode[] {
  if (TYPE_NAMES.has(node.name)) return [node];
  return node.name === "ObjectType" ? [] : childrenOf(node).flatMap(namesOfType);
}

const MEMBERS: ReadonlySet<string> = new Set(["PropertyDefinition", "PrivatePropertyDefinition"]);
const LITERALS: ReadonlySet<string> = new Set(["String"]);

/** A program that is being read, and how its names are found. */
interface Reading extends Pick<Program, "textOf" | "tree"> {
  readonly resolve: ReturnType<typeof createScopes>;
  readonly resolveExport: ResolveExport;
  /** Declarations that are being followed. */
  steps: number;
}

/** Reads a program. */
export function createOrigins(program: Program, resolveExport: ResolveExport): Origins {
  const { textOf, tree } = program;
  const reading: Reading = { textOf, tree, resolve: createScopes(program), resolveExport, steps: 0 };
  return {
    ofExpression: (node) => ofExpression(reading, node),
    ofExport: (name) => ofExport(reading, name),
  };
}

function ofName(reading: Reading, name: string, from: SyntaxNode): Origin | null {
  const declaration = reading.resolve(name, from);
  return declaration === null ? null : guarded(reading, () => ofDeclaration(reading, declaration));
}

/** Ends a circle of declarations. */
function guarded(reading: Reading, work: () => Origin | null): Origin | null {
  if (reading.steps >= MAX_STEPS) return null;
  reading.steps++;
  try {
    return work();
  } finally {
    reading.steps--;
  }
}

function ofExpression(reading: Reading, node: SyntaxNode): Origin | null {
  switch (node.name) {
    case "VariableName":
      return ofName(reading, reading.textOf(node), node);
    case "AwaitExpression":
      return node.lastChild && ofExpression(reading, node.lastChild);
    case "ParenthesizedExpression":
      return inner(reading, node);
    case "PostfixExpression":
    case "InstantiationExpression":
      return node.firstChild && ofExpression(reading, node.firstChild);
    case "BinaryExpression":
      return ofCast(reading, node);
    case "MemberExpression":
      return ofMember(reading, node);
    case "CallExpression":
      return ofCall(reading, node);
    case "DynamicImport":
      return ofModule(reading, node);
    default:
      return null;
  }
}

function inner(reading: Reading, node: SyntaxNode): Origin | null {
  const child = childrenOf(node).find(({ name }) => name !== "(" && name !== ")");
  return child === undefined ? null : ofExpression(reading, child);
}

/** `x as T`, `x satisfies T`, `x ?? y`. */
function ofCast(reading: Reading, node: SyntaxNode): Origin | null {
  const [left, operator, right] = childrenOf(node);
  if (left === undefined || operator === undefined || right === undefined) return null;
  if (operator.name === "as") return ofType(reading, right) ?? ofExpression(reading, left);
  return ofExpression(reading, left) ?? (operator.name === "satisfies" ? null : ofExpression(reading, right));
}

function ofMember(reading: Reading, node: SyntaxNode): Origin | null {
  const [object, , property] = childrenOf(node);
  if (object === undefined || property === undefined) return null;
  const name = reading.textOf(property);
  const origin = ofExpression(reading, object);
  if (origin !== null) return memberOf(origin, name);
  return object.name === "this" ? ofOwnMember(reading, name, node) : ofPropertyNamed(reading, name);
}

function memberOf(origin: Origin, name: string): Origin | null {
  if (origin.kind === "namespace") return { kind: "export", name };
  return origin.kind === "store" ? { kind: "method", name } : null;
}

/** `this.storage`: a property of the class, or a parameter of its constructor. */
function ofOwnMember(reading: Reading, name: string, from: SyntaxNode): Origin | null {
  const body = ancestorOf(from, CLASS);
  if (body === null) return null;
  const property = nodesNamed(body, MEMBERS).find((node) => reading.textOf(node) === name);
  if (property !== undefined) return guarded(reading, () => ofAnnotated(reading, property));
  const parameter = resolveParameterProperty(reading, body, name);
  return parameter === null ? null : guarded(reading, () => ofDeclaration(reading, parameter));
}

function resolveParameterProperty(reading: Reading, body: SyntaxNode, name: string): SyntaxNode | null {
  const isConstructor = (node: SyntaxNode): boolean =>
    node.parent?.name === "ParamList" &&
    node.parent.parent?.firstChild !== null &&
    childrenOf(node.parent.parent!).some((part) => reading.textOf(part) === "constructor");
  return (
    nodesNamed(body, new Set(["VariableDefinition"])).find(
      (node) => reading.textOf(node) === name && isConstructor(node),
    ) ?? null
  );
}

/** A property of an object whose type is declared in this program: the first of that name that is a store. */
function ofPropertyNamed(reading: Reading, name: string): Origin | null {
  for (const node of nodesNamed(reading.tree.topNode, MEMBERS)) {
    if (node.parent?.name !== "PropertyType" || reading.textOf(node) !== name) continue;
    const origin = guarded(reading, () => ofAnnotated(reading, node));
    if (origin !== null) return origin;
  }
  return null;
}

function ofCall(reading: Reading, node: SyntaxNode): Origin | null {
  const [callee] = childrenOf(node);
  if (callee === undefined) return null;
  if (reading.textOf(callee) === "require") return ofModule(reading, node);
  const origin = ofExpression(reading, callee);
  if (origin?.kind === "export" && GIVES_STORE.has(origin.name)) return STORE;
  return origin?.kind === "method" && GIVES_RESTRICTED.has(origin.name) ? STORE : null;
}

function ofModule(reading: Reading, node: SyntaxNode): Origin | null {
  const literal = nodesNamed(node, LITERALS)[0];
  return literal !== undefined && PACKAGE.test(unquoted(reading, literal)) ? { kind: "namespace" } : null;
}

function unquoted(reading: Reading, node: SyntaxNode): string {
  return reading.textOf(node).slice(1, -1);
}

function ofDeclaration(reading: Reading, node: SyntaxNode): Origin | null {
  const parent = node.parent;
  switch (parent?.name) {
    case "ImportGroup":
    case "ImportDeclaration":
      return ofImport(reading, node);
    case "PatternProperty":
      return ofPattern(reading, node, parent);
    case "ParamList":
      return ofAnnotated(reading, node) ?? ofHandedParameter(reading, parent);
    case "TypeAliasDeclaration":
    case "InterfaceDeclaration":
      return ofType(reading, parent);
    case "VariableDeclaration":
      return ofAnnotated(reading, node);
    default:
      return null;
  }
}

function ofImport(reading: Reading, node: SyntaxNode): Origin | null {
  const declaration = ancestorOf(node, new Set(["ImportDeclaration"]));
  const module = declaration?.getChild("String");
  if (!module) return null;
  const specifier = unquoted(reading, module);
  if (node.parent?.name === "ImportDeclaration")
    return node.prevSibling?.name === "as" && PACKAGE.test(specifier) ? { kind: "namespace" } : null;
  const original = node.prevSibling?.name === "as" ? node.prevSibling.prevSibling : null;
  const name = reading.textOf(original ?? node);
  return PACKAGE.test(specifier) ? { kind: "export", name } : reading.resolveExport(specifier, name);
}

/** `const { searchEvents } = storage`, `const { compileFilter } = await import(…)`, `({ storage }: Options) => …`. */
function ofPattern(reading: Reading, node: SyntaxNode, property: SyntaxNode): Origin | null {
  const name = reading.textOf(property.getChild("PropertyName") ?? node);
  const pattern = property.parent;
  if (pattern === null) return null;
  const annotation = pattern.nextSibling?.name === "TypeAnnotation" ? pattern.nextSibling : null;
  if (annotation !== null) {
    const member = nodesNamed(annotation, MEMBERS).find((one) => reading.textOf(one) === name);
    if (member !== undefined) return ofAnnotated(reading, member);
    const whole = ofType(reading, annotation);
    return whole === null ? ofPropertyNamed(reading, name) : memberOf(whole, name);
  }
  const value = initialiserOf(pattern);
  const origin = value && ofExpression(reading, value);
  return origin === null ? null : memberOf(origin, name);
}

/** A name with a type or a value after it. */
function ofAnnotated(reading: Reading, node: SyntaxNode): Origin | null {
  let next = node.nextSibling;
  while (
    next !== null &&
    (next.name === "Optional" || next.name === "LogicOp" || reading.textOf(next) === "?")
  )
    next = next.nextSibling;
  if (next?.name === "TypeAnnotation") return ofType(reading, next);
  const value = initialiserOf(node);
  return value && ofExpression(reading, value);
}

function initialiserOf(node: SyntaxNode): SyntaxNode | null {
  const equals = node.nextSibling;
  return equals?.name === "Equals" ? equals.nextSibling : null;
}

/** `storage.transaction(async (tx) => …)`: the parameter has the operations of the store. */
function ofHandedParameter(reading: Reading, list: SyntaxNode): Origin | null {
  const call = list.parent?.parent?.parent;
  const callee = call?.name === "CallExpression" ? call.firstChild : null;
  if (!callee || list.parent === null || !FUNCTIONS.has(list.parent.name)) return null;
  const origin = ofExpression(reading, callee);
  return origin?.kind === "method" && HANDS_STORE.has(origin.name) ? STORE : null;
}

/** A type that speaks of a store is one: `EventStorage`, `EventStorage | null`, `Awaited<ReturnType<typeof openStorage>>`. */
function ofType(reading: Reading, node: SyntaxNode): Origin | null {
  for (const part of namesOfType(node)) {
    const name = reading.textOf(part);
    const qualified = part.prevSibling?.name === "." ? part.prevSibling.prevSibling : null;
    const origin =
      qualified === null
        ? ofName(reading, name, part)
        : ofName(reading, reading.textOf(qualified), qualified)?.kind === "namespace"
          ? ({ kind: "export", name } as const)
          : null;
    if (origin?.kind === "store") return origin;
    if (origin?.kind === "export" && (STORES.has(origin.name) || GIVES_STORE.has(origin.name))) return STORE;
  }
  return null;
}

function ofExport(reading: Reading, name: string): Origin | null {
  for (const node of nodesNamed(reading.tree.topNode, new Set(["ExportDeclaration"]))) {
    const module = node.getChild("String");
    const group = node.getChild("ExportGroup");
    const found = group === null ? null : exported(reading, group, name);
    if (found !== null) return ofReexport(reading, found, module);
    if (group === null && module !== null && node.getChild("Star") !== null) {
      const specifier = unquoted(reading, module);
      const origin = PACKAGE.test(specifier)
        ? ({ kind: "export", name } as const)
        : reading.resolveExport(specifier, name);
      if (origin !== null) return origin;
    }
    const declared = nodesNamed(node, new Set(["VariableDefinition", "TypeDefinition"])).find(
      (one) => reading.textOf(one) === name && reading.resolve(name, reading.tree.topNode)?.from === one.from,
    );
    if (declared !== undefined) return guarded(reading, () => ofDeclaration(reading, declared));
  }
  return null;
}

function ofReexport(reading: Reading, found: SyntaxNode, module: SyntaxNode | null): Origin | null {
  const name = reading.textOf(found);
  if (module === null) return ofName(reading, name, reading.tree.topNode);
  const specifier = unquoted(reading, module);
  return PACKAGE.test(specifier) ? { kind: "export", name } : reading.resolveExport(specifier, name);
}

/** The local name of an exported one. */
function exported(reading: Reading, group: SyntaxNode, name: string): SyntaxNode | null {
  const names = childrenOf(group);
  const position = names.findIndex(
    (node, at) =>
      node.name === "VariableName" && reading.textOf(node) === name && names[at + 1]?.name !== "as",
  );
  if (position < 0) return null;
  return (names[position - 1]?.name === "as" ? names[position - 2] : names[position]) ?? null;
}
