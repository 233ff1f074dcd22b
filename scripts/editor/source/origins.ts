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
const MOST_STEPS = 32;

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

/** Reads a program. */
export function createOrigins(program: Program, resolveExport: ResolveExport): Origins {
  const { textOf, tree } = program;
  const resolve = createScopes(program);
  let steps = 0;

  function ofName(name: string, from: SyntaxNode): Origin | null {
    const declaration = resolve(name, from);
    return declaration === null ? null : guarded(() => ofDeclaration(declaration));
  }

  /** Ends a circle of declarations. */
  function guarded(work: () => Origin | null): Origin | null {
    if (steps >= MOST_STEPS) return null;
    steps++;
    try {
      return work();
    } finally {
      steps--;
    }
  }

  function ofExpression(node: SyntaxNode): Origin | null {
    switch (node.name) {
      case "VariableName":
        return ofName(textOf(node), node);
      case "AwaitExpression":
        return node.lastChild && ofExpression(node.lastChild);
      case "ParenthesizedExpression":
        return inner(node);
      case "PostfixExpression":
      case "InstantiationExpression":
        return node.firstChild && ofExpression(node.firstChild);
      case "BinaryExpression":
        return ofCast(node);
      case "MemberExpression":
        return ofMember(node);
      case "CallExpression":
        return ofCall(node);
      case "DynamicImport":
        return ofModule(node);
      default:
        return null;
    }
  }

  function inner(node: SyntaxNode): Origin | null {
    const child = childrenOf(node).find(({ name }) => name !== "(" && name !== ")");
    return child === undefined ? null : ofExpression(child);
  }

  /** `x as T`, `x satisfies T`, `x ?? y`. */
  function ofCast(node: SyntaxNode): Origin | null {
    const [left, operator, right] = childrenOf(node);
    if (left === undefined || operator === undefined || right === undefined) return null;
    if (operator.name === "as") return ofType(right) ?? ofExpression(left);
    return ofExpression(left) ?? (operator.name === "satisfies" ? null : ofExpression(right));
  }

  function ofMember(node: SyntaxNode): Origin | null {
    const [object, , property] = childrenOf(node);
    if (object === undefined || property === undefined) return null;
    const name = textOf(property);
    const origin = ofExpression(object);
    if (origin !== null) return memberOf(origin, name);
    return object.name === "this" ? ofOwnMember(name, node) : ofPropertyNamed(name);
  }

  function memberOf(origin: Origin, name: string): Origin | null {
    if (origin.kind === "namespace") return { kind: "export", name };
    return origin.kind === "store" ? { kind: "method", name } : null;
  }

  /** `this.storage`: a property of the class, or a parameter of its constructor. */
  function ofOwnMember(name: string, from: SyntaxNode): Origin | null {
    const body = ancestorOf(from, CLASS);
    if (body === null) return null;
    const property = nodesNamed(body, MEMBERS).find((node) => textOf(node) === name);
    if (property !== undefined) return guarded(() => ofAnnotated(property));
    const parameter = resolveParameterProperty(body, name);
    return parameter === null ? null : guarded(() => ofDeclaration(parameter));
  }

  function resolveParameterProperty(body: SyntaxNode, name: string): SyntaxNode | null {
    const isConstructor = (node: SyntaxNode): boolean =>
      node.parent?.name === "ParamList" &&
      node.parent.parent?.firstChild !== null &&
      childrenOf(node.parent.parent!).some((part) => textOf(part) === "constructor");
    return (
      nodesNamed(body, new Set(["VariableDefinition"])).find(
        (node) => textOf(node) === name && isConstructor(node),
      ) ?? null
    );
  }

  /** A property of an object whose type is declared in this program: the first of that name that is a store. */
  function ofPropertyNamed(name: string): Origin | null {
    for (const node of nodesNamed(tree.topNode, MEMBERS)) {
      if (node.parent?.name !== "PropertyType" || textOf(node) !== name) continue;
      const origin = guarded(() => ofAnnotated(node));
      if (origin !== null) return origin;
    }
    return null;
  }

  function ofCall(node: SyntaxNode): Origin | null {
    const [callee] = childrenOf(node);
    if (callee === undefined) return null;
    if (textOf(callee) === "require") return ofModule(node);
    const origin = ofExpression(callee);
    if (origin?.kind === "export" && GIVES_STORE.has(origin.name)) return STORE;
    return origin?.kind === "method" && GIVES_RESTRICTED.has(origin.name) ? STORE : null;
  }

  function ofModule(node: SyntaxNode): Origin | null {
    const literal = nodesNamed(node, LITERALS)[0];
    return literal !== undefined && PACKAGE.test(unquoted(literal)) ? { kind: "namespace" } : null;
  }

  const unquoted = (node: SyntaxNode): string => textOf(node).slice(1, -1);

  function ofDeclaration(node: SyntaxNode): Origin | null {
    const parent = node.parent;
    switch (parent?.name) {
      case "ImportGroup":
      case "ImportDeclaration":
        return ofImport(node);
      case "PatternProperty":
        return ofPattern(node, parent);
      case "ParamList":
        return ofAnnotated(node) ?? ofHandedParameter(parent);
      case "TypeAliasDeclaration":
      case "InterfaceDeclaration":
        return ofType(parent);
      case "VariableDeclaration":
        return ofAnnotated(node);
      default:
        return null;
    }
  }

  function ofImport(node: SyntaxNode): Origin | null {
    const declaration = ancestorOf(node, new Set(["ImportDeclaration"]));
    const module = declaration?.getChild("String");
    if (!module) return null;
    const specifier = unquoted(module);
    if (node.parent?.name === "ImportDeclaration")
      return node.prevSibling?.name === "as" && PACKAGE.test(specifier) ? { kind: "namespace" } : null;
    const original = node.prevSibling?.name === "as" ? node.prevSibling.prevSibling : null;
    const name = textOf(original ?? node);
    return PACKAGE.test(specifier) ? { kind: "export", name } : resolveExport(specifier, name);
  }

  /** `const { searchEvents } = storage`, `const { compileFilter } = await import(…)`, `({ storage }: Options) => …`. */
  function ofPattern(node: SyntaxNode, property: SyntaxNode): Origin | null {
    const name = textOf(property.getChild("PropertyName") ?? node);
    const pattern = property.parent;
    if (pattern === null) return null;
    const annotation = pattern.nextSibling?.name === "TypeAnnotation" ? pattern.nextSibling : null;
    if (annotation !== null) {
      const member = nodesNamed(annotation, MEMBERS).find((one) => textOf(one) === name);
      if (member !== undefined) return ofAnnotated(member);
      const whole = ofType(annotation);
      return whole === null ? ofPropertyNamed(name) : memberOf(whole, name);
    }
    const value = initialiserOf(pattern);
    const origin = value && ofExpression(value);
    return origin === null ? null : memberOf(origin, name);
  }

  /** A name with a type or a value behind it. */
  function ofAnnotated(node: SyntaxNode): Origin | null {
    let next = node.nextSibling;
    while (next !== null && (next.name === "Optional" || next.name === "LogicOp" || textOf(next) === "?"))
      next = next.nextSibling;
    if (next?.name === "TypeAnnotation") return ofType(next);
    const value = initialiserOf(node);
    return value && ofExpression(value);
  }

  function initialiserOf(node: SyntaxNode): SyntaxNode | null {
    const equals = node.nextSibling;
    return equals?.name === "Equals" ? equals.nextSibling : null;
  }

  /** `storage.transaction(async (tx) => …)`: the parameter has the operations of the store. */
  function ofHandedParameter(list: SyntaxNode): Origin | null {
    const call = list.parent?.parent?.parent;
    const callee = call?.name === "CallExpression" ? call.firstChild : null;
    if (!callee || list.parent === null || !FUNCTIONS.has(list.parent.name)) return null;
    const origin = ofExpression(callee);
    return origin?.kind === "method" && HANDS_STORE.has(origin.name) ? STORE : null;
  }

  /** A type that speaks of a store is one: `EventStorage`, `EventStorage | null`, `Awaited<ReturnType<typeof openStorage>>`. */
  function ofType(node: SyntaxNode): Origin | null {
    for (const part of namesOfType(node)) {
      const name = textOf(part);
      const qualified = part.prevSibling?.name === "." ? part.prevSibling.prevSibling : null;
      const origin =
        qualified === null
          ? ofName(name, part)
          : ofName(textOf(qualified), qualified)?.kind === "namespace"
            ? ({ kind: "export", name } as const)
            : null;
      if (origin?.kind === "store") return origin;
      if (origin?.kind === "export" && (STORES.has(origin.name) || GIVES_STORE.has(origin.name)))
        return STORE;
    }
    return null;
  }

  function ofExport(name: string): Origin | null {
    for (const node of nodesNamed(tree.topNode, new Set(["ExportDeclaration"]))) {
      const module = node.getChild("String");
      const group = node.getChild("ExportGroup");
      const found = group === null ? null : exported(group, name);
      if (found !== null) return ofReexport(found, module);
      if (group === null && module !== null && node.getChild("Star") !== null) {
        const specifier = unquoted(module);
        const origin = PACKAGE.test(specifier)
          ? ({ kind: "export", name } as const)
          : resolveExport(specifier, name);
        if (origin !== null) return origin;
      }
      const declared = nodesNamed(node, new Set(["VariableDefinition", "TypeDefinition"])).find(
        (one) => textOf(one) === name && resolve(name, tree.topNode)?.from === one.from,
      );
      if (declared !== undefined) return guarded(() => ofDeclaration(declared));
    }
    return null;
  }

  function ofReexport(found: SyntaxNode, module: SyntaxNode | null): Origin | null {
    const name = textOf(found);
    if (module === null) return ofName(name, tree.topNode);
    const specifier = unquoted(module);
    return PACKAGE.test(specifier) ? { kind: "export", name } : resolveExport(specifier, name);
  }

  /** The local name behind an exported one. */
  function exported(group: SyntaxNode, name: string): SyntaxNode | null {
    const names = childrenOf(group);
    const position = names.findIndex(
      (node, at) => node.name === "VariableName" && textOf(node) === name && names[at + 1]?.name !== "as",
    );
    if (position < 0) return null;
    return (names[position - 1]?.name === "as" ? names[position - 2] : names[position]) ?? null;
  }

  return { ofExpression, ofExport };
}
