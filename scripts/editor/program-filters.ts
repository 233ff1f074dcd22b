/** The filters of a program read by its text alone, together with the modules of the same project that it imports from. */
import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Span } from "../../grammar/ast.js";
import { holePlaces, standIn } from "../../compiler/template-holes.js";
import type { FilterRegion } from "./region.js";
import { findFilters, type OriginOf } from "./source/find-filters.js";
import { createOrigins, type Origin, type ResolveExport } from "./source/origins.js";
import { parseProgram } from "./source/tree.js";

/** The text of a module; null when there is none. */
export type ReadModule = (path: string) => string | null;

/** What a type checker knows about the function of a call; undefined where it knows nothing, null where it is nothing of ours. */
export type KnownOrigin = (call: Span) => Origin | null | undefined;

/** Modules that import from each other are followed so far. */
const MAX_MODULES = 8;

/** The endings under which a module stands for its imported name, in order. */
const ENDINGS = ["", ".ts", ".tsx", ".mts", ".cts", ".js", ".mjs", "/index.ts", "/index.js"];

/** The filters of a program. Never throws. */
export function programFilters(
  text: string,
  path: string,
  readModule: ReadModule = readFromDisk,
  known: KnownOrigin = () => undefined,
): readonly FilterRegion[] {
  const program = parseProgram(text, path);
  const { ofExpression } = createOrigins(program, resolver(path, readModule, 0));
  const originOf: OriginOf = (callee, call) => {
    const origin = known({ start: call.from, end: call.to });
    return origin === undefined ? ofExpression(callee) : origin;
  };
  return findFilters(program, originOf, (texts) =>
    holePlaces(texts).map((place, position) => standIn(place, position)),
  );
}

function resolver(path: string, readModule: ReadModule, depth: number): ResolveExport {
  return (specifier, name) => {
    if (!specifier.startsWith(".") || depth >= MAX_MODULES) return null;
    const found = findModule(resolve(dirname(path), specifier), readModule);
    return found === null ? null : exportOf(found, name, readModule, depth + 1);
  };
}

interface Module {
  readonly text: string;
  readonly path: string;
}

function exportOf(
  { text, path }: Module,
  name: string,
  readModule: ReadModule,
  depth: number,
): Origin | null {
  const program = parseProgram(text, path);
  return createOrigins(program, resolver(path, readModule, depth)).ofExport(name);
}

function findModule(base: string, readModule: ReadModule): Module | null {
  const bare = base.replace(/\.[cm]?js$/i, "");
  for (const start of new Set([bare, base]))
    for (const ending of ENDINGS) {
      const path = start + ending;
      const text = /\.[cm]?[jt]sx?$/i.test(path) ? readModule(path) : null;
      if (text !== null) return { path, text };
    }
  return null;
}

function readFromDisk(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}
