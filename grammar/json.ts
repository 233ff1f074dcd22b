/** The versioned JSON form of the syntax tree, for other programs. */
import type { FilterSyntax } from "./ast.js";
import { checkSyntax } from "./json-schema.js";
import { parseSyntax } from "./parse.js";
import { printSyntax } from "./print.js";

/** A JSON text that is no syntax tree. `path` says where: `$.root.operands[1].kind`. */
export class SyntaxJsonError extends Error {
  override readonly name = "SyntaxJsonError";
  /** Place in the JSON. */
  readonly path: string;

  constructor(path: string, message: string) {
    super(`${path}: ${message}`);
    this.path = path;
  }
}

/** The JSON text of a filter. {@link parseSyntaxJson} reads it back. */
export function syntaxToJson(syntax: FilterSyntax): string {
  return JSON.stringify(syntax);
}

/**
 * Reads the JSON form of a filter.
 * @throws SyntaxJsonError if `json` is no JSON, has another version, is no syntax tree, holds a part that did not parse,
 * or holds a name or value that no text yields (a field called `and`, a bare value with blanks).
 */
export function parseSyntaxJson(json: string): FilterSyntax {
  const syntax = checkSyntax(readJson(json), (path, message) => {
    throw new SyntaxJsonError(path, message);
  });
  // Names and values have rules of their own, which only the grammar knows in full.
  const again = parseSyntax(printSyntax(syntax)).syntax;
  if (shapeOf(again.root) !== shapeOf(syntax.root)) {
    throw new SyntaxJsonError("$.root", "no filter text has this tree; check its names and bare values");
  }
  return syntax;
}

function readJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new SyntaxJsonError("$", `not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The tree without its places, in a spelling that does not depend on the order of keys. */
function shapeOf(tree: unknown): string {
  return JSON.stringify(tree, (key, part: unknown) => {
    if (/^(?:span|opSpan|fieldSpan)$/.test(key)) return undefined;
    if (typeof part !== "object" || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
