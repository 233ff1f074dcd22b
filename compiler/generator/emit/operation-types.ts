/** Names and TypeScript types of an operation: what the files for types, statements and client agree on. */
import { takesFilter, type Cardinality } from "../../sql/operation.js";
import type { DescribedOperation } from "../describe.js";
import { columnMapping, parameterMapping, type TypeMapping } from "../../sql/wire-types.js";
import { pascalCase } from "./source.js";

/** A parameter or column with its type. */
export interface TypedItem {
  readonly name: string;
  readonly description: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly mapping: TypeMapping;
}

/** An operation as it is written in TypeScript. */
export interface TypedOperation {
  readonly described: DescribedOperation;
  readonly parameters: readonly TypedItem[];
  readonly columns: readonly TypedItem[];
  /** Type of the parameter object; `undefined` for an operation without parameters. */
  readonly paramsType: string;
  /** Type of a row: an interface, `number` for a count, `undefined` where no row comes back. */
  readonly rowType: string;
  /** The interface of the row is written out. */
  readonly hasRow: boolean;
  /** Type of what goes into the slots: a filter where that is all; null for a statement without slots. */
  readonly slotsType: string | null;
}

/** Resolves the types of an operation. @throws Error for a type without a mapping */
export function typedOperation(described: DescribedOperation): TypedOperation {
  const { spec, parameterTypes, columnTypes } = described;
  const parameters = spec.parameters.map((parameter, position) =>
    typed(parameter, parameterMapping(parameterTypes[position] ?? "", parameter.form)),
  );
  const columns = spec.columns.map((column, position) =>
    typed(column, columnMapping(columnTypes[position] ?? "", column.form)),
  );
  const hasRow = columns.length > 0 && spec.cardinality !== "count";
  const name = pascalCase(spec.name);
  return {
    described,
    parameters,
    columns,
    paramsType: parameters.length === 0 ? "undefined" : `${name}Params`,
    rowType: hasRow ? (spec.rowName ?? `${name}Row`) : columns.length > 0 ? "number" : "undefined",
    hasRow,
    slotsType: spec.slots === undefined ? null : takesFilter(spec) ? "FilterSource" : `${name}Slots`,
  };
}

/** The interfaces that an operation's signature names. */
export function typeNames({ paramsType, rowType, hasRow, slotsType }: TypedOperation): readonly string[] {
  return [
    ...(slotsType === null || slotsType === "FilterSource" ? [] : [slotsType]),
    ...(paramsType === "undefined" ? [] : [paramsType]),
    ...(hasRow ? [rowType] : []),
  ];
}

/** What running the operation resolves to. */
export function resultType({ described, rowType }: TypedOperation): string {
  const results: { readonly [C in Cardinality]: string } = {
    one: rowType,
    optional: `${rowType} | null`,
    many: `${rowType}[]`,
    count: "number",
    none: "void",
  };
  return results[described.spec.cardinality];
}

function typed(
  item: { readonly name: string; readonly description: string; readonly nullable: boolean },
  mapping: TypeMapping,
): TypedItem {
  const { name, description, nullable } = item;
  const isOpen = mapping.type === "unknown";
  return {
    name,
    description,
    nullable,
    mapping,
    type: nullable && !isOpen ? `${mapping.type} | null` : mapping.type,
  };
}
