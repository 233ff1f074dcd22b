/** Passwords must not reach a terminal, a log or an error message; every text that may hold a connection string goes through here. */

/** What holds a secret, by the end of its name: `password`, `sslpassword`, `PGPASSWORD`, and that of a Warden client. */
const NAME = "(?:password|secret)";

/**
 * Replaces the passwords in a text by `***`: those of URLs (`postgres://user:secret@host/db`), those given as a parameter (`?password=secret`,
 * `PGPASSWORD='secret'`), in the JSON or the inspection of an object (`"password": "secret"`), and in SQL (`create role r password 'secret'`). A password
 * may hold anything, blanks and slashes too, so where a text is ambiguous it hides too much rather than too little: up to the last `@`, or to the next `&`.
 */
export function redactUrl(text: string): string {
  return text
    .replace(/(:\/\/[^:@/?]*):[^]*@/gu, "$1:***@")
    .replace(ESCAPED_NAME, (whole, name: string) => (ENDS_SO.test(decoded(name)) ? `${name}=***` : whole))
    .replace(PARAMETER, "$1=***")
    .replace(MEMBER, "$1***$2")
    .replace(LITERAL, "$1'***'");
}

const ENDS_SO = new RegExp(`${NAME}$`, "iu");

/** A parameter of a URL whose name is written with percent signs. */
const ESCAPED_NAME = /(?<=[?&])([^=&?\s]*%[0-9a-f]{2}[^=&?\s]*)=[^&]*/giu;

const PARAMETER = new RegExp(`\\b(\\w*${NAME})\\s*=\\s*(?:'(?:[^'\\\\]|\\\\.)*'|[^&]*)`, "giu");

const MEMBER = new RegExp(`(${NAME}["']?\\s*:\\s*(["'\`]))(?:\\\\[^]|(?!\\2)[^\\\\])*(?:\\2|$)`, "giu");

const LITERAL = new RegExp(`(${NAME}\\s+)e?'(?:[^']|'')*(?:'|$)`, "giu");

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
