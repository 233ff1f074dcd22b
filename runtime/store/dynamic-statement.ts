/** Statements whose text is put together at run time from fixed SQL, catalogue identifiers and a compiled filter. */
import { statementName } from "../../compiler/sql/statement-name.js";
import type { Cardinality, SentValue, Statement, WireRow, WireValue } from "../postgres/statement.js";

/** The parts of a dynamic statement. `decode` maps one row by position. */
export interface DynamicParts<Row, C extends Cardinality> {
  readonly operation: string;
  readonly cardinality: C;
  readonly decode: (row: WireRow) => Row;
  /** Reads may be repeated after a lost connection. */
  readonly idempotent?: boolean;
  /** See {@link Statement.plan}. */
  readonly plan?: "fixed";
}

/** A statement of the given text; its parameters are the wire values themselves. */
export function dynamicStatement<Row, C extends Cardinality>(
  text: string,
  parts: DynamicParts<Row, C>,
): Statement<readonly SentValue[], Row, C> {
  return {
    operation: parts.operation,
    name: statementName(text),
    text,
    cardinality: parts.cardinality,
    idempotent: parts.idempotent ?? true,
    plan: parts.plan,
    encode: (values) => values,
    decode: parts.decode,
  };
}

/** A column that is never null. @throws RangeError when it is, which means that statement and mapper disagree */
export function required(value: WireValue | undefined): string {
  if (value === null || value === undefined) throw new RangeError("unexpected NULL from the database");
  return value;
}
