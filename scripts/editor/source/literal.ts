/** String and template literals of JavaScript: what their source text stands for, and how a text is written in them. */

/** How a literal is delimited; `raw` is a template whose tag reads it as it is written, but for \` and \$. */
export type LiteralQuote = '"' | "'" | "`" | "raw";

/** Called for each piece of the value, with the part of the source that it comes from. */
export type TakeUnits = (units: string, start: number, end: number) => void;

const SIMPLE: Readonly<Record<string, string>> = {
  n: "\n",
  r: "\r",
  t: "\t",
  b: "\b",
  f: "\f",
  v: "\v",
  "0": "\0",
};

/** An escape, a line break, or any other character. */
const PIECE =
  /\\(?:u\{(?<braced>[0-9A-Fa-f]+)\}|u(?<four>[0-9A-Fa-f]{4})|x(?<two>[0-9A-Fa-f]{2})|(?<continuation>\r\n|[\n\r\u2028\u2029])|(?<simple>[^]))|(?<line>\r\n?)|[^]/gu;

/** The same for what is read as it is written. */
const RAW_PIECE = /\\(?<simple>[`$])|(?<line>\r\n?)|[^]/gu;

/** Reads the inside of a literal. In a template a line break of any kind is a line feed, as the language has it. */
export function decodeLiteral(source: string, quote: LiteralQuote, take: TakeUnits): void {
  for (const match of source.matchAll(quote === "raw" ? RAW_PIECE : PIECE)) {
    const [whole] = match;
    const { braced, four, two, continuation, simple, line } = match.groups ?? {};
    const end = match.index + whole.length;
    // A line that is continued adds nothing to the value.
    if (continuation !== undefined) continue;
    const code = braced ?? four ?? two;
    if (code !== undefined) take(fromCode(code), match.index, end);
    else if (simple !== undefined) take(SIMPLE[simple] ?? simple, match.index, end);
    else if (line !== undefined && (quote === "`" || quote === "raw")) take("\n", match.index, end);
    else take(whole, match.index, end);
  }
}

function fromCode(hexadecimal: string): string {
  const code = Number.parseInt(hexadecimal, 16);
  return code > 0x10ffff ? "\uFFFD" : String.fromCodePoint(code);
}

/** The text with the escapes that it needs inside such a literal. */
export function spellInLiteral(text: string, quote: LiteralQuote): string {
  if (quote === "raw") return text.replaceAll("`", "\\`").replaceAll("${", "\\${");
  const escaped = text.replaceAll("\\", "\\\\").replaceAll(quote, `\\${quote}`);
  return quote === "`"
    ? escaped.replaceAll("${", "\\${")
    : escaped.replaceAll("\n", "\\n").replaceAll("\r", "\\r");
}
