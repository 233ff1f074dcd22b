/** Checks the filters of programs, with the TypeScript compiler telling which functions are ours. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { Project, ts } from "ts-morph";
import type { Span } from "../../grammar/ast.js";
import type { Diagnostic } from "../../grammar/diagnostic.js";
import { utf8Text } from "../../runtime/events/utf8.js";
import { locate, sourceText } from "../../grammar/source-text.js";
import { judge } from "./judge.js";
import { programFilters, type KnownOrigin } from "./program-filters.js";
import type { ProjectReader } from "./project.js";
import type { Origin } from "./source/origins.js";

/** A mistake in a filter of a program. */
export interface SourceFinding {
  /** From the current folder. */
  readonly path: string;
  /** Of the mistake itself in the program, in lines and characters from 1. */
  readonly line: number;
  readonly column: number;
  readonly diagnostic: Diagnostic;
  /** The text of the filter that it is in. */
  readonly filter: string;
}

/** What was looked at. */
export interface SourceReport {
  readonly files: number;
  readonly filters: number;
  readonly findings: readonly SourceFinding[];
}

/** Where to look. */
export interface SourceOptions {
  /** Globs, relative to `folder`. */
  readonly globs: readonly string[];
  readonly folder: string;
  readonly projects: ProjectReader;
}

/**
 * Checks all filters that are literals in the programs. Throws when tsconfig.json cannot be read.
 *
 * @throws DataError for a program with filters that is not UTF-8
 */
export async function checkSource({ globs, folder, projects }: SourceOptions): Promise<SourceReport> {
  const project = openProject(folder);
  const patterns = globs.map((glob) => join(folder, glob).split("\\").join("/"));
  const files = project.addSourceFilesAtPaths([...patterns, "!**/node_modules/**"]);
  const checker = project.getTypeChecker().compilerObject;
  const findings: SourceFinding[] = [];
  let filters = 0;
  for (const { compilerNode: file } of files) {
    const path = file.fileName;
    const regions = programFilters(file.text, path, undefined, knownOrigins(file, checker));
    if (regions.length === 0) continue;
    filters += regions.length;
    // What is no UTF-8 has other signs in the filter than whoever wrote it sees.
    utf8Text(readFileSync(path), relative(folder, path));
    const surroundings = await projects.read(dirname(path));
    const source = sourceText(file.text);
    for (const region of regions)
      for (const diagnostic of judge(region, surroundings).diagnostics) {
        const { line, column } = locate(source, region.toDocument(diagnostic.span));
        findings.push({ path: relative(folder, path), line, column, diagnostic, filter: region.text });
      }
  }
  return { files: files.length, filters, findings };
}

/** The compiler with the settings of the folder's tsconfig.json, or with those of a new project. */
function openProject(folder: string): Project {
  const tsConfigFilePath = ts.findConfigFile(folder, existsSync);
  const compilerOptions: ts.CompilerOptions = { allowJs: true, noEmit: true };
  if (tsConfigFilePath !== undefined)
    return new Project({ tsConfigFilePath, skipAddingFilesFromTsConfig: true, compilerOptions });
  return new Project({
    compilerOptions: {
      ...compilerOptions,
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      target: ts.ScriptTarget.ES2022,
      jsx: ts.JsxEmit.Preserve,
      strict: true,
    },
  });
}

/** What the checker knows about the calls of a file. */
function knownOrigins(file: ts.SourceFile, checker: ts.TypeChecker): KnownOrigin {
  return (span) => {
    const call = callAt(file, span);
    if (call === null) return undefined;
    const declaration = checker.getResolvedSignature(call)?.declaration;
    if (declaration === undefined || ts.isJSDocSignature(declaration)) return undefined;
    if (!isOurs(declaration.getSourceFile().fileName)) return null;
    return originOf(declaration);
  };
}

function callAt(file: ts.SourceFile, { start, end }: Span): ts.CallLikeExpression | null {
  let found: ts.CallLikeExpression | null = null;
  const visit = (node: ts.Node): void => {
    if (found !== null || node.pos > start || node.end < end) return;
    if (
      node.end === end &&
      node.getStart(file) === start &&
      (ts.isCallExpression(node) || ts.isTaggedTemplateExpression(node))
    )
      found = node;
    else ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function originOf(declaration: ts.SignatureDeclaration): Origin | null {
  const name = declaration.name;
  if (name === undefined || !ts.isIdentifier(name)) return null;
  const isMethod = ts.isMethodSignature(declaration) || ts.isMethodDeclaration(declaration);
  return { kind: isMethod ? "method" : "export", name: name.text };
}

const PACKAGE = "idea-eventstore";
const packages = new Map<string, boolean>();

/** Whether a file belongs to this package: the nearest package.json above it has its name. */
function isOurs(path: string): boolean {
  const folder = dirname(path);
  let known = packages.get(folder);
  if (known === undefined) packages.set(folder, (known = readOwner(folder)));
  return known;
}

function readOwner(folder: string): boolean {
  const manifest = join(folder, "package.json");
  const name = existsSync(manifest)
    ? (JSON.parse(readFileSync(manifest, "utf8")) as { readonly name?: string }).name
    : undefined;
  if (name !== undefined) return name === PACKAGE;
  return dirname(folder) !== folder && isOurs(folder);
}
