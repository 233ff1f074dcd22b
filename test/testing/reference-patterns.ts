/** Globs and regular expressions of the filter language as JavaScript's, for the reference evaluator. */

/** The sign as a regular expression that means just it. */
const literal = (sign: string): string => `\\u{${sign.codePointAt(0)!.toString(16)}}`;

/**
 * `*` is any text, `?` one character, `\` takes the next sign as it is; the whole text has to match. Several `*` are one: JavaScript would try
 * every way to share a long text among them.
 */
export function globExpression(glob: string): RegExp {
  const parts = [...glob.matchAll(/\\(.)|(\*+)|(.)/gsu)].map(([, escaped, stars, sign = ""]) => {
    if (escaped !== undefined) return literal(escaped);
    return stars !== undefined ? ".*" : sign === "?" ? "." : literal(sign);
  });
  return new RegExp(`^${parts.join("")}$`, "su");
}

/**
 * A regular expression of the subset. Like PostgreSQL's, `.` takes every character, `^` and `$` are the ends of the whole text, and
 * `\d \w \s \b` and the ignoring of case know ASCII only; each letter is written in both cases, because JavaScript's `i` knows more.
 */
export function regexExpression(source: string, ignoreCase: boolean): RegExp {
  const tokens = [
    ...source.matchAll(/\\(.)|\[(\^?)((?:\\.|[^\]\\])*)\]|(\{[\d,]+\})|(\(\?:|[()|*+?.^$])|(.)/gsu),
  ];
  const parts = tokens.map(([, escaped, negation, members, repeat, operator, sign]) => {
    if (escaped !== undefined) return SHORTHANDS[escaped] ?? oneOf(CONTROLS[escaped] ?? escaped, ignoreCase);
    if (members !== undefined) return `[${negation ?? ""}${classMembers(members, ignoreCase)}]`;
    return repeat ?? operator ?? oneOf(sign ?? "", ignoreCase);
  });
  return new RegExp(parts.join(""), "su");
}

const SHORTHANDS: Readonly<Record<string, string>> = {
  d: "[0-9]",
  D: "[^0-9]",
  w: "[A-Za-z0-9_]",
  W: "[^A-Za-z0-9_]",
  s: "[ \\t\\n\\r\\f\\v]",
  S: "[^ \\t\\n\\r\\f\\v]",
  b: "\\b",
  B: "\\B",
};

const CONTROLS: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", f: "\f", v: "\v" };

const otherCase = (sign: string): string => {
  if (/[a-z]/.test(sign)) return sign.toUpperCase();
  return /[A-Z]/.test(sign) ? sign.toLowerCase() : sign;
};

function oneOf(sign: string, ignoreCase: boolean): string {
  return ignoreCase ? `[${literal(sign)}${literal(otherCase(sign))}]` : literal(sign);
}

function classMembers(members: string, ignoreCase: boolean): string {
  const member = String.raw`\\.|[^\\]`;
  return [...members.matchAll(new RegExp(`(${member})-(${member})|(${member})`, "gsu"))]
    .map(([, low, high, single = ""]) => {
      if (low !== undefined && high !== undefined) return range(unescaped(low), unescaped(high), ignoreCase);
      const known = single.startsWith("\\") ? SHORTHANDS[single.slice(1)] : undefined;
      // Only \d \w \s stand for a set that can be a part of another.
      if (known !== undefined) return known.startsWith("[^") ? `\\${single.slice(1)}` : known.slice(1, -1);
      const sign = unescaped(single);
      return ignoreCase ? literal(sign) + literal(otherCase(sign)) : literal(sign);
    })
    .join("");
}

function unescaped(member: string): string {
  if (!member.startsWith("\\")) return member;
  return CONTROLS[member.slice(1)] ?? member.slice(1);
}

function range(low: string, high: string, ignoreCase: boolean): string {
  const letters = ignoreCase
    ? Array.from("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
        .filter((letter) => letter >= low && letter <= high)
        .map(otherCase)
        .map(literal)
    : [];
  return `${literal(low)}-${literal(high)}${letters.join("")}`;
}
