/** The `@names` of filters: what each stands for, and where else it is used. */
import { isUtf8 } from "node:buffer";
import { readdir, readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { IDEA_CATALOGUE } from "../../compiler/catalogue/idea.js";
import { indexCatalogue } from "../../compiler/catalogue/lookup.js";
import { situationAfter } from "../../compiler/complete/place.js";
import type { Span } from "../../grammar/ast.js";
import { highlightTokens } from "../../grammar/tokens.js";
import { CONFIG_FILE } from "../cli/config.js";
import { jsonTexts } from "./json-places.js";
import { FILTER_EXTENSION, type Project } from "./project.js";
import type { FilterRegion } from "./region.js";
import { PROGRAM_FILE } from "./source/tree.js";
import { utf8Text } from "../../runtime/events/utf8.js";

/** What an `@name` stands for. */
export type NameTarget =
  | { readonly kind: "filter"; readonly name: string; readonly file: string }
  | { readonly kind: "set"; readonly name: string; readonly file: string };

/** A place of a name, without its `@`; offsets of the file. */
export interface NamePlace {
  readonly path: string;
  readonly span: Span;
}

/** What a name may be: with a letter first, parts with dots between. */
export const NAME = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/;

/** Files that are looked through for uses, at most, and the longest of them in bytes. */
const MAX_FILES = 5_000;
const LONGEST = 1_000_000;

interface NameToken {
  readonly name: string;
  readonly kind: NameTarget["kind"];
  /** In the filter, without the `@`. */
  readonly span: Span;
}

function namesIn(text: string, { options }: Project): readonly NameToken[] {
  const index = indexCatalogue(options.catalogue ?? IDEA_CATALOGUE);
  const tokens = highlightTokens(text);
  return tokens.flatMap((token, position) => {
    if (token.kind !== "set") return [];
    const { place } = situationAfter(text.slice(0, token.start), tokens.slice(0, position), index);
    const span = { start: token.start + 1, end: token.end };
    return [
      { name: text.slice(span.start, span.end), kind: place.kind === "condition" ? "filter" : "set", span },
    ];
  });
}

/** What the name at an offset of a filter stands for; null where there is none, or none that has a file. */
export function targetAt(
  region: FilterRegion,
  offset: number,
  project: Project,
): { readonly target: NameTarget; readonly span: Span } | null {
  const found = namesIn(region.text, project).find(
    ({ span }) => span.start - 1 <= offset && offset <= span.end,
  );
  const target = found && targetOf(found, project);
  return found && target ? { target, span: found.span } : null;
}

function targetOf({ name, kind }: NameToken, project: Project): NameTarget | null {
  if (kind === "filter") {
    const file = project.filterFiles.get(name);
    return file === undefined ? null : { kind, name, file };
  }
  const { setsFile } = project;
  const isKnown = Object.hasOwn(project.options.sets ?? {}, name);
  return setsFile !== null && isKnown ? { kind, name, file: setsFile } : null;
}

/** A place in the file of sets: the name of a set, or a member that names it. */
export interface SetPlace extends NamePlace {
  readonly isDeclaration: boolean;
}

/** Where a set is declared, and the members of other sets that name it, in the text of its file. */
export function placesInSets(text: string, path: string, name: string): readonly SetPlace[] {
  return jsonTexts(text).flatMap(({ text: found, span, isKey, path: above }): SetPlace[] => {
    // A file of sets has the names at its top, a configuration below "sets".
    const isAmongSets =
      basename(path) === CONFIG_FILE ? above[0] === "sets" && above.length === 1 : above.length === 0;
    if (isKey && found === name && isAmongSets) return [{ path, span, isDeclaration: true }];
    if (!isKey && found === `@${name}`)
      return [{ path, span: { start: span.start + 1, end: span.end }, isDeclaration: false }];
    return [];
  });
}

/** What finding uses needs from outside. */
export interface UsesEnvironment {
  readonly textOf: (path: string) => Promise<string | null>;
  readonly projectOf: (folder: string) => Promise<Project>;
  readonly regionsOf: (text: string, path: string) => readonly FilterRegion[];
}

/** All uses of a name in the filters and programs below `root`. */
export async function usesOf(
  target: NameTarget,
  root: string,
  environment: UsesEnvironment,
): Promise<readonly NamePlace[]> {
  const places: NamePlace[] = [];
  for (const path of await filesBelow(root)) {
    const text = await environment.textOf(path);
    if (!text?.includes(`@${target.name}`)) continue;
    const project = await environment.projectOf(dirname(path));
    for (const region of environment.regionsOf(text, path))
      for (const token of namesIn(region.text, project)) {
        const found = token.name === target.name ? targetOf(token, project) : null;
        if (found?.kind === target.kind && found.file === target.file)
          places.push({ path, span: region.toDocument(token.span) });
      }
  }
  return places;
}

/** Folders that hold nothing that is written by hand. */
const PASSED_OVER: ReadonlySet<string> = new Set(["node_modules", "dist", "build", "coverage"]);

/** The filters and programs below a folder, nearest first. */
async function filesBelow(root: string): Promise<readonly string[]> {
  const files: string[] = [];
  const folders = [root];
  for (let folder = folders.shift(); folder !== undefined; folder = folders.shift()) {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(folder, entry.name);
      if (entry.isDirectory() && !entry.name.startsWith(".") && !PASSED_OVER.has(entry.name))
        folders.push(path);
      else if (entry.isFile() && (path.endsWith(FILTER_EXTENSION) || isWrittenProgram(path)))
        files.push(path);
      if (files.length >= MAX_FILES) return files;
    }
  }
  return files;
}

function isWrittenProgram(path: string): boolean {
  return PROGRAM_FILE.test(path) && !path.endsWith(".d.ts");
}

/**
 * The text of a file; null when it cannot be read or is longer than a program that is written by hand.
 *
 * @throws DataError for one that is not UTF-8 and may have filters, whose places could not be told
 */
export async function readSource(path: string): Promise<string | null> {
  const bytes = await readFile(path).catch(() => null);
  if (bytes === null || bytes.length > LONGEST) return null;
  if (isUtf8(bytes)) return utf8Text(bytes, path);
  return /filter|eventstore/i.test(bytes.toString("latin1")) ? utf8Text(bytes, path) : null;
}

/** The file of a saved filter under another name. */
export function renamedFile(file: string, name: string): string {
  return join(dirname(file), `${name}${FILTER_EXTENSION}`);
}

/** The name of a saved filter by its file; null for any other file. */
export function filterNameOf(path: string): string | null {
  return path.endsWith(FILTER_EXTENSION) ? basename(path, FILTER_EXTENSION) : null;
}
