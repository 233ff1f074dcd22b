/** What a module exports, read from its syntax and that of the modules it exports from: no type is asked for, so that it takes a moment. */
import { posix } from "node:path";
import { ts } from "ts-morph";

/** A name that a module exports. */
export interface ApiExport {
  readonly name: string;
  /** The module that declares it, from the root of the package. */
  readonly path: string;
  /** Its declarations: several for overloads. Of a namespace none. */
  readonly declarations: readonly ts.Node[];
  /** Of `export * as name`: the exports of the module that it stands for. */
  readonly members?: readonly ApiExport[];
}

/** Reads exports; each module is parsed once. */
export interface ExportReader {
  /** All exports of a module by name. @throws Error for a name that cannot be found */
  readonly exportsOf: (path: string) => ReadonlyMap<string, ApiExport>;
  /** What an interface extends, of that which is declared in this package. */
  readonly basesOf: (one: ApiExport) => readonly ApiExport[];
  /** The comment at the top of a module. */
  readonly overviewOf: (path: string) => string;
}

/** The text of a module by its path from the root. */
export type ReadSource = (path: string) => string;

/** Creates a reader. */
export function createExportReader(read: ReadSource): ExportReader {
  const files = new Map<string, ts.SourceFile>();
  const known = new Map<string, ReadonlyMap<string, ApiExport>>();
  const fileOf = (path: string): ts.SourceFile => {
    let file = files.get(path);
    if (file === undefined)
      files.set(path, (file = ts.createSourceFile(path, read(path), ts.ScriptTarget.ES2022, true)));
    return file;
  };
  const exportsOf = (path: string): ReadonlyMap<string, ApiExport> => {
    const before = known.get(path);
    if (before !== undefined) return before;
    const found = new Map<string, ApiExport>();
    known.set(path, found);
    for (const statement of fileOf(path).statements)
      for (const one of exportsIn(statement, { path, fileOf, exportsOf })) found.set(one.name, one);
    return found;
  };
  return {
    exportsOf,
    basesOf: ({ path, declarations }) =>
      declarations.flatMap(baseNames).flatMap((name) => localNamed(name, { path, fileOf, exportsOf }) ?? []),
    overviewOf: (path) => overviewIn(fileOf(path).text),
  };
}

function baseNames(node: ts.Node): readonly string[] {
  if (!ts.isInterfaceDeclaration(node)) return [];
  return (node.heritageClauses ?? []).flatMap(({ types }) =>
    types.map(({ expression }) => expression.getText()),
  );
}

/** The module that is being read, and the way to others. */
interface Reading {
  readonly path: string;
  readonly fileOf: (path: string) => ts.SourceFile;
  readonly exportsOf: (path: string) => ReadonlyMap<string, ApiExport>;
}

function exportsIn(statement: ts.Statement, reading: Reading): readonly ApiExport[] {
  if (ts.isExportDeclaration(statement)) return reExports(statement, reading);
  if (ts.isExportAssignment(statement)) {
    const { expression } = statement;
    const local = ts.isIdentifier(expression) ? localNamed(expression.text, reading) : null;
    return [{ ...(local ?? { path: reading.path, declarations: [statement] }), name: "default" }];
  }
  const isExported =
    ts.canHaveModifiers(statement) &&
    (ts.getModifiers(statement) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
  if (!isExported) return [];
  return namesOf(statement).flatMap((name) => localNamed(name, reading) ?? []);
}

function reExports(
  { exportClause, moduleSpecifier }: ts.ExportDeclaration,
  reading: Reading,
): readonly ApiExport[] {
  const target = moduleSpecifier === undefined ? null : modulePath(moduleSpecifier, reading.path);
  if (exportClause === undefined)
    return target === null ? [] : [...reading.exportsOf(target).values()].filter(isNamed);
  if (ts.isNamespaceExport(exportClause)) {
    if (target === null) return [];
    const members = [...reading.exportsOf(target).values()];
    return [{ name: exportClause.name.text, path: target, declarations: [], members }];
  }
  return exportClause.elements.map(({ name, propertyName = name }) => {
    const found =
      target === null
        ? localNamed(propertyName.text, reading)
        : reading.exportsOf(target).get(propertyName.text);
    if (!found) throw new Error(`${reading.path}: cannot find the export ${propertyName.text}`);
    return { ...found, name: name.text };
  });
}

const isNamed = ({ name }: ApiExport): boolean => name !== "default";

/** A name as a module has it: declared there, or imported. */
function localNamed(name: string, reading: Reading): ApiExport | null {
  const { statements } = reading.fileOf(reading.path);
  const declarations = statements.filter((statement) => namesOf(statement).includes(name));
  if (declarations.length > 0) return { name, path: reading.path, declarations };
  for (const statement of statements) {
    if (!ts.isImportDeclaration(statement)) continue;
    const bindings = statement.importClause?.namedBindings;
    if (bindings === undefined || !ts.isNamedImports(bindings)) continue;
    const imported = bindings.elements.find((element) => element.name.text === name);
    const target = modulePath(statement.moduleSpecifier, reading.path);
    if (imported === undefined || target === null) continue;
    return reading.exportsOf(target).get((imported.propertyName ?? imported.name).text) ?? null;
  }
  return null;
}

function namesOf(statement: ts.Statement): readonly string[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.map(({ name }) => name.getText());
  const isDeclaration =
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement);
  return isDeclaration && statement.name !== undefined ? [statement.name.text] : [];
}

/** The path of a module of ours; null for one of another package. */
function modulePath(specifier: ts.Expression, from: string): string | null {
  if (!ts.isStringLiteral(specifier) || !specifier.text.startsWith(".")) return null;
  return posix.join(posix.dirname(from), specifier.text).replace(/\.js$/, ".ts");
}

function overviewIn(text: string): string {
  const [, comment = ""] = /^\/\*\*(.*?)\*\//s.exec(text) ?? [];
  return comment
    .split("\n")
    .map((line) => line.replace(/^ *\* ?/, ""))
    .join("\n")
    .trim();
}
