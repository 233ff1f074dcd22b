/** Messages about single tokens that the language does not know: wrong operators, open texts, reserved characters. */
import type { Logical, Span } from "./ast.js";
import { problem } from "./codes.js";
import type { Fix } from "./diagnostic.js";
import type { Finding } from "./report.js";
import { quoteText } from "./string-text.js";
import type { Token } from "./tokens.js";

/** Operators of other languages, and what they are here. */
const signs: Readonly<Record<string, string>> = {
  "=>": ">=",
  "≥": ">=",
  "≤": "<=",
  "≠": "!=",
  "=<": "<=",
  "<>": "!=",
  "=!": "!=",
  "===": "=",
  "!==": "!=",
  "<=>": "=",
  ":": "=",
  "::": "=",
  ":=": "=",
  "~": "matches",
  "=~": "matches",
  "~=": "matches",
  "!~": "not matches",
  "<<": "in",
  "<<=": "in",
  ">>": "covers",
  ">>=": "covers",
};

/** Characters that the language keeps free, and what to write instead. */
const reserved: Readonly<Record<string, string>> = {
  "|": 'write "or" between conditions',
  "&": 'write "and" between conditions',
  "^": 'write "xor" between conditions',
  ";": 'join conditions with "and" or "or"',
  "{": "write groups in ( ), lists in [ ]",
  "}": "write groups in ( ), lists in [ ]",
  "'": 'write texts in double quotes: "text"',
  "`": 'write texts in double quotes: "text"',
  "\\": "a backslash belongs in quoted text or a /regular expression/",
  "?": 'wildcards belong in a quoted pattern: like "a?c"',
};

/** What is wrong with an `error` token, wherever it is; null if only its neighbours tell. */
export function diagnoseToken(text: string, token: Token): Finding | null {
  const span = { start: token.start, end: token.end };
  const written = text.slice(token.start, token.end);
  const [first = ""] = written;
  const suggestion = /^\.{2,}=?$|^\.\.<=$/.test(written) ? ".." : signs[written.toLowerCase()];
  if (suggestion !== undefined) return wrongOperator(text, token, suggestion);
  if (first === '"') return diagnoseText(written, token);
  if (written === "//") return { ...problem("E007.empty"), span };
  if (first === "/") {
    const fixes = [replace(token, quoteText(written.trimEnd()), "put the text in quotes")];
    return { ...problem("E007.regex"), span, fixes };
  }
  if (/^['`“”„«]./u.test(written)) {
    const fixes = [replace(token, quoteText(written.slice(1, -1)), "use double quotes")];
    return { ...problem("E008.quote", { sign: first }), span, fixes };
  }
  if (first === "$" || first === "@") {
    const signs = first === "@" ? "digits, _ and -" : "digits and _";
    const notes = [`a name starts with a letter and has letters, ${signs}`];
    return { ...problem("E001.name", { after: first }), span, notes };
  }
  if (/^[\p{L}_].*\.$/u.test(written)) {
    const fixes = [replace(token, written.slice(0, -1), "remove the dot")];
    return { ...problem("E001.name", { after: written }), span, fixes };
  }
  return diagnoseStray(text, token);
}

/** E008 about a character that has no place in the language. */
export function diagnoseStray(text: string, token: Token): Finding {
  const span = { start: token.start, end: token.end };
  const written = text.slice(token.start, token.end);
  const hint = reserved[written];
  return {
    ...(hint === undefined
      ? problem("E008.character", { quoted: quoteText(written) })
      : problem("E008.reserved", { sign: written })),
    span,
    notes: hint === undefined ? [] : [hint],
    fixes: [replace(token, "", "remove it")],
  };
}

/** E003 about what is at `span` and should be `suggestion`. */
export function wrongOperator(text: string, span: Span, suggestion: string): Finding {
  return {
    ...problem("E003", { written: text.slice(span.start, span.end), suggestion }),
    span: { start: span.start, end: span.end },
    fixes: [replaceByWord(text, span, suggestion)],
  };
}

/** E008 about a sign that other languages use for `and`, `or` or `xor`, at the first of the places where it is one. */
export function diagnoseJoiner(text: string, tokens: readonly Token[], word: Logical["kind"]): Finding {
  const [first = { start: 0, end: 0 }] = tokens;
  const sign = text.slice(first.start, first.end);
  const edits = tokens.flatMap((token) => replaceByWord(text, token, word).edits);
  return {
    ...problem("E008.joiner", { sign, word }),
    span: { start: first.start, end: first.end },
    fixes: [{ title: `write "${word}"`, edits }],
  };
}

function diagnoseText(written: string, token: Token): Finding {
  const escape =
    /^"(?:[^\\]|\\["\\ntr]|\\u\{0*(?:10[0-9a-f]{4}|[0-9a-f]{1,5})\}|\\u[0-9a-f]{4})*?(\\(?!["\\ntru]).?|\\u(?:\{[^}"]*\}?)?)/isu;
  if (/^".*[^\\]"$/su.test(written) || written === '""') {
    const bad = escape.exec(written)?.[1] ?? "\\";
    const doubled = written.replace(/\\(?!["\\])/g, "\\\\");
    return {
      ...problem("E008.escape", { written: bad }),
      span: { start: token.start, end: token.end },
      fixes: [replace(token, doubled, "double the backslashes")],
    };
  }
  const trimmed = written.trimEnd();
  const edit = { start: token.start + trimmed.length, end: token.start + trimmed.length, text: '"' };
  const fixes = trimmed.endsWith("\\") ? [] : [{ title: "close the text", edits: [edit] }];
  return {
    ...problem("E007.text"),
    span: { start: token.start, end: token.start + trimmed.length },
    fixes,
  };
}

/** A fix that replaces `span` with `text`. */
export function replace(span: Span, text: string, title: string): Fix {
  return { title, edits: [{ start: span.start, end: span.end, text }] };
}

/** A fix that replaces `span` with an operator, with blanks around it where a word would touch another. */
export function replaceByWord(text: string, span: Span, word: string): Fix {
  const isWord = /^\w/.test(word);
  const before = isWord && /\S$/.test(text.slice(0, span.start)) ? " " : "";
  const after = isWord && /^\S/.test(text.slice(span.end)) ? " " : "";
  return replace(span, `${before}${word}${after}`, `write "${word}"`);
}
