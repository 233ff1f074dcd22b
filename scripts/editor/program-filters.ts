/** The filters of a program read by its text alone, together with the modules of the same project that it imports from. */
import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { holePlaces, standIn } from "../../compiler/template-holes.js";
import type { FilterRegion } from "./region.js";
import { findFilters, type OriginOf } from "./source/find-filters.js";
import { createOrigins, type Origin, type ResolveExport } from "./source/origins.js";
import { parseProgram, type Program } from "./source/tree.js";

/** The text of a module; null when there is none. */
export type ReadModule = (path: string) => string | null;

/** Modules that import from each other are followed so far. */
const MOST_MODULES = 8;

/** The endings under which a module stands for its imported name, in order. */
const ENDINGS = ["", ".ts", ".tsx", ".mts", ".cts", ".js", ".mjs", "/index.ts", "/index.js"];

/** The filters of a program. Never throws. */
export function programFilters(
  text: string,
  path: string,
  readModule: ReadModule = readFromDisk,
): readonly FilterRegion[] {
  const program = parseProgram(text, path);
  return filtersOf(program, createOrigins(program, resolver(path, readModule, 0)).ofExpression);
}

/** The filters of a program that was parsed, where something else tells what its expressions are. */
export function filtersOf(program: Program, originOf: OriginOf): readonly FilterRegion[] {
  return findFilters(program, originOf, (texts) =>
    holePlaces(texts).map((place, position) => standIn(place, position)),
  );
}

function resolver(path: string, readModule: ReadModule, depth: number): ResolveExport {
  return (specifier, name) => {
    if (!specifier.startsWith(".") || depth >= MOST_MODULES) return null;
    const found = findModule(resolve(dirname(path), specifier), readModule);
    return found === null ? null : exportOf(found.text, found.path, name, readModule, depth + 1);
  };
}

function exportOf(
  text: string,
  path: string,
  name: string,
  readModule: ReadModule,
  depth: number,
): Origin | null {
  const program = parseProgram(text, path);
  return createOrigins(program, resolver(path, readModule, depth)).ofExport(name);
}

function findModule(base: string, readModule: ReadModule) {
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
