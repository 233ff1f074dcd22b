/** Going to what an `@name` stands for, finding its uses, and giving it another name in every file. */
import { dirname } from "node:path";
import {
  filterNameOf,
  NAME,
  placesInSets,
  renamedFile,
  targetAt,
  usesOf,
  type NamePlace,
  type NameTarget,
  type UsesEnvironment,
} from "../names.js";
import { projectRoot } from "../project.js";
import {
  ErrorCodes,
  ResponseError,
  TextDocument,
  type ClientCapabilities,
  type Location,
  type Range,
  type TextEdit,
  type WorkspaceEdit,
} from "./protocol.js";
import { placeAt, rangeOf, type DocumentView } from "./view.js";

/** What navigation needs from the server. */
export interface NavigationContext extends UsesEnvironment {
  /** The address of a file as the editor writes it. */
  readonly uriOf: (path: string) => string;
  readonly pathOf: (uri: string) => string | null;
  /** Version of an open document, null for any other. */
  readonly versionOf: (uri: string) => number | null;
  /** Tells the person something. */
  readonly tell: (message: string) => void;
}

interface Found {
  readonly target: NameTarget;
  /** The name in the document, without the `@`. */
  readonly range: Range;
}

function targetIn(view: DocumentView, offset: number): Found | null {
  const place = placeAt(view, offset);
  if (place === null) return null;
  const { region } = place.judgement;
  const found = targetAt(region, place.offset, view.project);
  return found && { target: found.target, range: rangeOf(view.document, region, found.span) };
}

/** Where the name at an offset is declared. */
export async function definitionAt(
  view: DocumentView,
  offset: number,
  context: NavigationContext,
): Promise<Location | null> {
  const found = targetIn(view, offset);
  if (found === null) return null;
  const { file, kind, name } = found.target;
  const uri = context.uriOf(file);
  const start: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
  if (kind === "filter") return { uri, range: start };
  const text = (await context.textOf(file)) ?? "";
  const declaration = placesInSets(text, file, name).find(({ isDeclaration }) => isDeclaration);
  return declaration === undefined ? null : (await locations([declaration], context))[0]!;
}

/** All places of the name at an offset; in a file of a saved filter, without a name there, those of the filter itself. */
export async function referencesAt(
  view: DocumentView,
  offset: number,
  context: NavigationContext,
): Promise<Location[]> {
  const target = targetIn(view, offset)?.target ?? ownTarget(view, context);
  return target === null ? [] : locations(await placesOf(target, view, context), context);
}

function ownTarget({ document }: DocumentView, { pathOf }: NavigationContext): NameTarget | null {
  const file = pathOf(document.uri);
  const name = file && filterNameOf(file);
  return file !== null && name !== null ? { kind: "filter", name, file } : null;
}

async function placesOf(
  target: NameTarget,
  view: DocumentView,
  context: NavigationContext,
): Promise<readonly NamePlace[]> {
  const folder = dirname(context.pathOf(view.document.uri) ?? target.file);
  const uses = await usesOf(target, await projectRoot(folder), context);
  if (target.kind === "filter") return uses;
  return [...placesInSets((await context.textOf(target.file)) ?? "", target.file, target.name), ...uses];
}

async function locations(
  places: readonly NamePlace[],
  { textOf, uriOf }: NavigationContext,
): Promise<Location[]> {
  return Promise.all(
    places.map(async ({ path, span }) => {
      const document = TextDocument.create(uriOf(path), "", 0, (await textOf(path)) ?? "");
      const range = { start: document.positionAt(span.start), end: document.positionAt(span.end) };
      return { uri: document.uri, range };
    }),
  );
}

/** The part of the document that a rename at an offset would change. */
export function renameRangeAt(
  view: DocumentView,
  offset: number,
): { range: Range; placeholder: string } | null {
  const found = targetIn(view, offset);
  return found && { range: found.range, placeholder: found.target.name };
}

/**
 * The changes that give the name at an offset another name, in all files, with the file of a saved filter.
 *
 * @throws ResponseError when there is nothing to rename or the new name is none
 */
export async function renameAt(
  view: DocumentView,
  offset: number,
  given: string,
  { context, capabilities }: { context: NavigationContext; capabilities: ClientCapabilities },
): Promise<WorkspaceEdit> {
  const name = given.replace(/^@/, "");
  const target = targetIn(view, offset)?.target;
  if (target === undefined) throw refusal("only the name of a saved filter or a set can be changed here");
  if (!NAME.test(name))
    throw refusal(
      `"${name}" is no name: use letters, digits and _, with a letter first, and dots between parts`,
    );
  if (isTaken(target, name, view)) throw refusal(`there is a ${nounOf(target)} @${name} already`);
  const edits = new Map<string, TextEdit[]>();
  for (const { uri, range } of await locations(await placesOf(target, view, context), context)) {
    const known = edits.get(uri);
    if (known === undefined) edits.set(uri, [{ range, newText: name }]);
    else known.push({ range, newText: name });
  }
  return workspaceEdit(edits, target, name, { context, capabilities });
}

function isTaken({ kind }: NameTarget, name: string, { project }: DocumentView): boolean {
  const known = kind === "filter" ? project.options.filters : project.options.sets;
  return Object.hasOwn(known ?? {}, name);
}

const nounOf = ({ kind }: NameTarget): string => (kind === "filter" ? "saved filter" : "set");

function refusal(message: string): ResponseError {
  return new ResponseError(ErrorCodes.InvalidRequest, message);
}

function workspaceEdit(
  edits: ReadonlyMap<string, TextEdit[]>,
  target: NameTarget,
  name: string,
  { context, capabilities }: { context: NavigationContext; capabilities: ClientCapabilities },
): WorkspaceEdit {
  const { documentChanges, resourceOperations } = capabilities.workspace?.workspaceEdit ?? {};
  const movesFile = target.kind === "filter";
  // Who can rename files takes the list of changes that this needs, whether it says so or not.
  const canMove = resourceOperations?.includes("rename") === true;
  const newFile = renamedFile(target.file, name);
  if (movesFile && !canMove)
    context.tell(`Now rename ${target.file} to ${newFile}: this editor leaves the renaming of files to you.`);
  if (documentChanges !== true && !canMove) return { changes: Object.fromEntries(edits) };
  return {
    documentChanges: [
      ...[...edits].map(([uri, changes]) => ({
        textDocument: { uri, version: context.versionOf(uri) },
        edits: changes,
      })),
      ...(movesFile && canMove
        ? [{ kind: "rename" as const, oldUri: context.uriOf(target.file), newUri: context.uriOf(newFile) }]
        : []),
    ],
  };
}
