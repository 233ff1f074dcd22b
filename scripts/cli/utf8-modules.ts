/** A module and those of ours that it imports, as text: Node loads bytes that are not UTF-8 as replacement characters, in silence. */
import { readFile } from "node:fs/promises";
import { dirname, relative, resolve } from "node:path";
import { utf8Text } from "../../runtime/events/utf8.js";

/** `from "./x.js"`, `import "./x.js"`, `import("./x.js")`, `require("./x.cjs")`: files beside the module. */
const IMPORTED = /\b(?:from|import|require)\s*\(?\s*(["'])(\.{1,2}\/[^"'\n]+)\1/g;

/**
 * Reads the module and, one after the other, all files that they import by a relative path. What is not there is left to Node, which says so.
 *
 * @param given the module as the user gave it
 * @param option that it was given to, for the message
 * @throws DataError that names the option, the file, the byte and its offset, for one that is not UTF-8
 */
export async function requireUtf8Modules(given: string, option: string): Promise<void> {
  const first = resolve(given);
  const waiting = [first];
  const seen = new Set(waiting);
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const found = await readModule(path);
    if (found === null) continue;
    const name = path === first ? given : relative(process.cwd(), found.path);
    const text = utf8Text(found.bytes, `${option}: ${name}`);
    for (const [, , specifier = ""] of text.matchAll(IMPORTED)) {
      const next = resolve(dirname(path), specifier.replace(/[?#].*$/, ""));
      if (!seen.has(next)) waiting.push(next);
      seen.add(next);
    }
  }
}

/** The file; of a program in TypeScript the source that is imported by the name of its JavaScript. */
async function readModule(
  path: string,
): Promise<{ readonly path: string; readonly bytes: Uint8Array } | null> {
  for (const each of [path, path.replace(/js$/, "ts")]) {
    const bytes = await readFile(each).catch(() => null);
    if (bytes !== null) return { path: each, bytes };
  }
  return null;
}
