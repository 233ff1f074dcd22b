/** Names of prepared statements. */
import { createHash } from "node:crypto";

/** Names are remembered: hashing a text of several kilobytes for each call would cost more than running it. */
const names = new Map<string, string>();
const NAMES_KEPT = 2000;

/** The server-side name of a statement: a hash of its text, so that equal texts share one prepared statement; 30 bytes. */
export function statementName(text: string): string {
  let name = names.get(text);
  if (name === undefined) {
    name = `es_${createHash("sha256").update(text).digest("base64url").slice(0, 27)}`;
    if (names.size >= NAMES_KEPT) names.clear();
    names.set(text, name);
  }
  return name;
}
