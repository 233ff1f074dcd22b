/** Passwords must not reach a terminal, a log or an error message; every text that may hold a connection string goes through here. */

/**
 * Replaces the passwords in a text by `***`: those of URLs (`postgres://user:secret@host/db`) and those given as a parameter
 * (`?password=secret`, `password='secret'`). A password may hold anything, blanks and slashes too, so where a text is ambiguous it hides too
 * much rather than too little: up to the last `@`, or to the next `&`.
 */
export function redactUrl(text: string): string {
  return text
    .replace(/(:\/\/[^:@/?]*):[^]*@/gu, "$1:***@")
    .replace(/\b((?:ssl)?password)\s*=\s*('(?:[^'\\]|\\.)*'|[^&]*)/giu, "$1=***");
}
