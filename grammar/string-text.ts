/** Quoted texts and regular expressions: from source text to value and back. */

const simpleEscapes: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r" };
const escapePattern = /\\(?:u\{([0-9A-Fa-f]+)\}|u([0-9A-Fa-f]{4})|(.))/gsu;
/** Quotes, backslashes and everything a reader would not see: controls, direction marks, lone surrogates, line separators. */
const mustEscape = /["\\\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** The value of the text between the quotes; the grammar has already refused unknown escapes. */
export function unescapeText(inner: string): string {
  return inner.replace(escapePattern, (_, braced?: string, four?: string, simple?: string) => {
    if (braced !== undefined) return String.fromCodePoint(Number.parseInt(braced, 16));
    if (four !== undefined) return String.fromCharCode(Number.parseInt(four, 16));
    return simpleEscapes[simple ?? ""] ?? simple ?? "";
  });
}

/** `value` in double quotes, with `\` escapes for what cannot be in a text or could not be seen there. */
export function quoteText(value: string): string {
  return `"${value.replace(mustEscape, escapeCharacter)}"`;
}

function escapeCharacter(character: string): string {
  if (character === '"' || character === "\\") return `\\${character}`;
  const short = Object.entries(simpleEscapes).find(([, meaning]) => meaning === character);
  if (short !== undefined) return `\\${short[0]}`;
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return code.length <= 4 ? `\\u${code.padStart(4, "0")}` : `\\u{${code}}`;
}

/** The source of a regular expression as written between the slashes, except that `\/` becomes `/`. */
export function unescapeRegex(inner: string): string {
  return inner.replace(/\\(.)/gsu, (whole, character: string) => (character === "/" ? "/" : whole));
}

/** `source` between slashes; the inverse of {@link unescapeRegex}. */
export function quoteRegex(source: string): string {
  return `/${source.replace(/\\.|\//gsu, (part) => (part === "/" ? "\\/" : part))}/`;
}
