/** What the expressions of both legacy languages are made of. */
import type { LegacyNode } from "./legacy-tree.js";
import type { LegacyToken, TokenReader } from "./token-reader.js";

/** How a language reads what has begun. */
export interface PrimaryReaders {
  /** What is between parentheses. */
  readonly inner: (reader: TokenReader) => LegacyNode;
  /** A list, after its bracket. */
  readonly list: (reader: TokenReader, open: LegacyToken) => LegacyNode;
  /** The call of a function, after its name. */
  readonly call: (reader: TokenReader, name: LegacyToken) => LegacyNode;
  /** A field, and what may follow it. */
  readonly path: (reader: TokenReader, name: LegacyToken) => LegacyNode;
  /** A value; undefined where none follows. */
  readonly literal: (reader: TokenReader) => LegacyNode | undefined;
}

/** Reads an operand: what is in parentheses, a list, a call, a field or a value. @throws Refusal E601 where none follows */
export function readPrimary(reader: TokenReader, readers: PrimaryReaders): LegacyNode {
  if (reader.accept("(")) {
    const inner = reader.nested(() => readers.inner(reader));
    reader.expect(")", 'an operator or ")"');
    return inner;
  }
  const bracket = reader.accept("[");
  if (bracket) return readers.list(reader, bracket);
  const name = reader.accept("function");
  if (name) return readers.call(reader, name);
  const path = reader.accept("name");
  if (path) return readers.path(reader, path);
  return readers.literal(reader) ?? reader.fail("a field, a value or a function");
}
