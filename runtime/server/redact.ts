/**
 * Passwords must not reach a terminal, a log or an error message; every text that may hold a connection string goes through here.
 */

/**
 * Replaces the passwords in a text by `***`: those of URLs (`postgres://user:secret@host/db`) and those given as a parameter
 * (`?password=secret`, `password='secret'`). Where a text is ambiguous (an unescaped `@` inside a password) it hides too much
 * rather than too little.
 */
export function redactUrl(text: string): string {
  return text
    .replace(/(:\/\/[^\s:@/]*):\S*@/g, "$1:***@")
    .replace(/\b((?:ssl)?password)=('(?:[^'\\]|\\.)*'|[^&\s]*)/gi, "$1=***");
}
