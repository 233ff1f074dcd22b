/**
 * The SQL tree: text with placeholders, each part knowing which span of the filter it came from. Only catalogue identifiers and
 * fixed SQL are text; every value is a {@link Binding}.
 */
import type { Span } from "../../grammar/ast.js";
import type { Binding } from "../values/binding.js";

/** SQL with placeholders, and which part of the filter each piece comes from. */
export interface Fragment {
  readonly kind: "fragment";
  readonly parts: readonly (string | Placeholder | Fragment)[];
  /** The part of the filter that this text stands for. */
  readonly span?: Span;
}

/** A value of the filter; the same object used twice is one parameter. */
export interface Placeholder {
  readonly kind: "placeholder";
  readonly binding: Binding;
  /** PostgreSQL type that the parameter is cast to. */
  readonly type: string;
}

/** Builds a fragment from a template; strings among its values are SQL text, so only fixed text may be given as such. */
export function sql(
  text: TemplateStringsArray,
  ...values: readonly (string | Placeholder | Fragment)[]
): Fragment {
  const parts: (string | Placeholder | Fragment)[] = [];
  for (const [position, piece] of text.entries()) {
    if (piece !== "") parts.push(piece);
    const value = values[position];
    if (value !== undefined) parts.push(value);
  }
  return { kind: "fragment", parts };
}

/** A parameter of the statement. */
export function placeholder(binding: Binding, type: string): Placeholder {
  return { kind: "placeholder", binding, type };
}

/** The fragments joined by `and` or `or`, in parentheses where there are several; of none, what is true of none: all are met, and none is. */
export function join(fragments: readonly Fragment[], operator: "and" | "or"): Fragment {
  if (fragments.length === 0) return { kind: "fragment", parts: [operator === "and" ? "true" : "false"] };
  if (fragments.length === 1) return fragments[0]!;
  const parts = fragments.flatMap((fragment, position) =>
    position === 0 ? [fragment] : [` ${operator} `, fragment],
  );
  return { kind: "fragment", parts: ["(", ...parts, ")"] };
}

/** A catalogue identifier as SQL; quoted where PostgreSQL would read it otherwise. */
export function identifier(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) && !RESERVED.has(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

/** A name of the catalogue as a string of SQL. */
export function stringLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Reserved words of PostgreSQL (appendix C) that could be the name of a column. */
const RESERVED: ReadonlySet<string> = new Set(
  (
    "all analyse analyze and any array as asc asymmetric authorization binary both case cast check collate collation column " +
    "concurrently constraint create cross current_catalog current_date current_role current_schema current_time " +
    "current_timestamp current_user default deferrable desc distinct do else end except false fetch for foreign freeze from " +
    "full grant group having ilike in initially inner intersect into is isnull join lateral leading left like limit " +
    "localtime localtimestamp natural not notnull null offset on only or order outer overlaps placing primary references " +
    "returning right select session_user similar some symmetric table tablesample then to trailing true union unique user " +
    "using variadic verbose when where window with"
  ).split(" "),
);

/** A part of the emitted text and the part of the filter it stands for; offsets are UTF-16 code units. */
export interface SourceMapping {
  readonly start: number;
  readonly end: number;
  readonly span: Span;
}

/** SQL text with the values of its placeholders. */
export interface RenderedSql {
  readonly text: string;
  /** In the order of the placeholders. */
  readonly bindings: readonly Binding[];
  readonly mappings: readonly SourceMapping[];
}

/** Prints a fragment with placeholders numbered from `firstParameter`. */
export function render(fragment: Fragment, firstParameter = 1): RenderedSql {
  let text = "";
  const numbers = new Map<Binding, number>();
  const mappings: SourceMapping[] = [];
  const print = (part: string | Placeholder | Fragment): void => {
    if (typeof part === "string") text += part;
    else if (part.kind === "placeholder") {
      let number = numbers.get(part.binding);
      if (number === undefined) numbers.set(part.binding, (number = firstParameter + numbers.size));
      text += `$${number}::${part.type}`;
    } else {
      const start = text.length;
      part.parts.forEach(print);
      if (part.span) mappings.push({ start, end: text.length, span: part.span });
    }
  };
  print(fragment);
  return { text, bindings: [...numbers.keys()], mappings };
}
