/** What the sources can be measured by: long functions, long lists of parameters, names declared twice. */
import { readdirSync, readFileSync } from "node:fs";
import ts from "typescript";

/** A function with its place, its length in lines and its number of parameters. */
export interface MeasuredFunction {
  readonly place: string;
  readonly lines: number;
  readonly parameters: number;
}

/** The functions of the files, and the files that declare each exported name. */
export interface Measures {
  readonly functions: readonly MeasuredFunction[];
  readonly exported: ReadonlyMap<string, readonly string[]>;
  /** Exports, and methods of exported interfaces, without a doc comment. */
  readonly undocumented: readonly string[];
}

/** Measures TypeScript files, given by their paths below `root`. */
export function measure(root: URL, files: readonly string[]): Measures {
  const functions: MeasuredFunction[] = [];
  const exported = new Map<string, string[]>();
  const undocumented: string[] = [];
  for (const file of files) {
    const text = readFileSync(new URL(file, root), "utf8");
    const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
    functions.push(...functionsIn(source));
    for (const name of exportedNames(source)) exported.set(name, [...(exported.get(name) ?? []), file]);
    undocumented.push(...undocumentedIn(source));
  }
  return { functions, exported, undocumented };
}

function functionsIn(source: ts.SourceFile): readonly MeasuredFunction[] {
  const found: MeasuredFunction[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && "body" in node && node.body !== undefined)
      found.push(measured(node, source));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function measured(node: ts.SignatureDeclaration, source: ts.SourceFile): MeasuredFunction {
  const line = (offset: number): number => source.getLineAndCharacterOfPosition(offset).line;
  const start = line(node.getStart(source));
  const name = node.name?.getText(source) ?? "";
  return {
    place: `${source.fileName}:${start + 1} ${name}`.trim(),
    lines: line(node.getEnd()) - start + 1,
    parameters: node.parameters.filter((parameter) => parameter.name.getText(source) !== "this").length,
  };
}

const isExported = (statement: ts.Statement): boolean =>
  ts.canHaveModifiers(statement) &&
  ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true;

const isDocumented = (node: ts.Node): boolean => ts.getJSDocCommentsAndTags(node).length > 0;

/** Of the overloads of a function or method one has to have a doc comment. */
function undocumentedIn(source: ts.SourceFile): readonly string[] {
  const documented = new Map<string, boolean>();
  const look = (name: string, node: ts.Node): void =>
    void documented.set(name, documented.get(name) === true || isDocumented(node));
  for (const statement of source.statements.filter(isExported)) {
    for (const name of declaredNames(statement, source)) look(name, statement);
    if (!ts.isInterfaceDeclaration(statement)) continue;
    for (const member of statement.members.filter(ts.isMethodSignature))
      look(`${statement.name.text}.${member.name.getText(source)}`, member);
  }
  return [...documented].flatMap(([name, is]) => (is ? [] : [`${source.fileName}: ${name}`]));
}

/** Names that the file declares and exports; what it passes on from another file is declared there. */
function exportedNames(source: ts.SourceFile): readonly string[] {
  const names = source.statements.filter(isExported).flatMap((statement) => declaredNames(statement, source));
  // Overloads are one declaration.
  return [...new Set(names)];
}

function declaredNames(statement: ts.Statement, source: ts.SourceFile): readonly string[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.map(({ name }) => name.getText(source));
  const { name } = statement as ts.DeclarationStatement;
  return name === undefined ? [] : [name.getText(source)];
}

/** The sources of the package below `root`, without tests and what is generated. */
export function sourceFiles(root: URL): readonly string[] {
  return filesOf(root, ["grammar", "compiler", "runtime", "scripts"]);
}

/** The files of the tests. */
export function testFiles(root: URL): readonly string[] {
  return filesOf(root, ["test"]);
}

function filesOf(root: URL, folders: readonly string[]): readonly string[] {
  return folders.flatMap((folder) =>
    readdirSync(new URL(`${folder}/`, root), { recursive: true, encoding: "utf8" })
      .filter((file) => /(?<!\.d)\.tsx?$/.test(file))
      .map((file) => `${folder}/${file}`),
  );
}
