/**
 * Operation specs: each statement of a store, declared once, as data. They are made by pure functions of a catalogue, beside the
 * features they serve (runtime/store/<feature>/statements.ts). The generator has their types confirmed by a database.
 */
import { template, type SlotSpecs, type SlotValues } from "./template.js";

/** How many rows a statement yields; the runtime's type of the same name, which the generated code is checked against. */
export type Cardinality = "one" | "optional" | "many" | "count" | "none";

/** A parameter, `$1` being the first. */
export interface OperationParameter {
  /** Name in the parameter object, camelCase. */
  readonly name: string;
  readonly description: string;
  /** PostgreSQL type as the system catalogs spell it, with `[]` for an array: `timestamptz`, `int8`, `text[]`. */
  readonly type: string;
  /** NULL is a value that makes sense. */
  readonly nullable: boolean;
  readonly form?: ParameterForm;
}

/** How a caller gives a parameter, where it is not the usual form of its type. */
export type ParameterForm =
  /** The JSON text of an event, which is sent as the store keeps it (runtime/postgres/event-text.ts). */
  | "event"
  /** The JSON texts of events. */
  | "events"
  /** The text form of the type, whatever it is. */
  | "wire";

/** How a column is given to the caller, where it is not the usual form of its type. */
export type ColumnForm =
  /** A bigint that is known to be a safe integer. */
  | "number"
  /** A timestamptz as ISO 8601 in UTC with all digits of its fraction; a Date has milliseconds. */
  | "iso"
  /** The JSON text of an event, unpacked from the bytes in which the store keeps it. */
  | "event"
  /** The text of the server as it is. Its type may depend on what goes into the slots. */
  | "wire";

/** A column of the result. */
export interface OperationColumn {
  /** Name in the row object. */
  readonly name: string;
  readonly description: string;
  /** PostgreSQL type, as that of a parameter. */
  readonly type: string;
  /** Declared, and checked against the table where the column is a plain column of one. */
  readonly nullable: boolean;
  readonly form?: ColumnForm;
}

/** A statement of a store. */
export interface OperationSpec {
  /** camelCase, unique. */
  readonly name: string;
  /** The operation of the store that it is a part of, for errors, logs and metrics; its own name when absent. */
  readonly operation?: string;
  /** What it does, for the doc comment: one sentence without a full stop. */
  readonly description: string;
  readonly cardinality: Cardinality;
  readonly parameters: readonly OperationParameter[];
  readonly columns: readonly OperationColumn[];
  /** The client gives the rows one by one, fetched in blocks. */
  readonly streamed?: true;
  /** Name of the row type; the operation's name followed by `Row` when absent. */
  readonly rowName?: string;
  /** Running it twice has the effect of running it once. */
  readonly idempotent: boolean;
  /** Indexes that the statement must use (where sequential scans are disabled), by the name of the table's index. */
  readonly indexes: readonly string[];
  /** `fixed`: planned once for all values, from the first call on, through an index wherever one serves. Absent: the server decides. */
  readonly plan?: "fixed";
  /** The statement, with the places of its slots. Parameters of a filter come after the fixed ones. */
  readonly text: string;
  readonly slots?: SlotSpecs;
  /** What goes into the slots where a database is asked for the types; needed where there are others than {@link FILTER_SLOTS}. */
  readonly example?: SlotValues;
}

/** The slots of a statement that takes a filter and nothing else. */
export const FILTER_SLOTS = { filter: { kind: "filter" } } as const satisfies SlotSpecs;

/** Whether the statement takes a filter and nothing else. */
export function takesFilter({ slots }: Pick<OperationSpec, "slots">): boolean {
  const names = Object.keys(slots ?? {});
  return names.length === 1 && slots?.["filter"]?.kind === "filter";
}

/** A statement that a database can be asked about: any filter will do, as it is a boolean expression. */
export function exampleText({ text, slots = {}, example = {} }: OperationSpec): string {
  const filters = Object.entries(slots).flatMap(([name, { kind }]) => (kind === "filter" ? [name] : []));
  const anything = Object.fromEntries(filters.map((name) => [name, () => ({ text: "true", values: [] })]));
  return template({ text, slots }).fill({ ...anything, ...example }, 1).text;
}

/** What a spec may leave out. */
type Defaults = "parameters" | "columns" | "idempotent" | "indexes";

/** A spec with the usual values for what is left out: no parameters, no columns, a read, no index needed. */
export function operation(
  spec: Omit<OperationSpec, Defaults> & Partial<Pick<OperationSpec, Defaults>>,
): OperationSpec {
  return { parameters: [], columns: [], idempotent: true, indexes: [], ...spec };
}

/** A parameter that must have a value. */
export function parameter(
  name: string,
  description: string,
  type: string,
  form?: ParameterForm,
): OperationParameter {
  return { name, description, type, nullable: false, ...(form === undefined ? {} : { form }) };
}

/** A column that is never null. */
export function column(name: string, description: string, type: string, form?: ColumnForm): OperationColumn {
  return { name, description, type, nullable: false, ...(form === undefined ? {} : { form }) };
}

/** A column or parameter that may be null. */
export function nullable<T extends OperationColumn | OperationParameter>(described: T): T {
  return { ...described, nullable: true };
}

/** `detect_time` → `detectTime`. */
export function camelCase(name: string): string {
  return name.replace(/[_.]+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** A statement of several lines: they are kept, as people read them in logs and in the generated files. */
export function sqlLines(...lines: readonly string[]): string {
  return lines.join("\n");
}

/** Names of types as the system catalogs spell them. */
const CATALOG_NAMES: Readonly<Record<string, string>> = {
  integer: "int4",
  bigint: "int8",
  smallint: "int2",
  boolean: "bool",
  "double precision": "float8",
  "character varying": "varchar",
};

/** `integer[]` → `int4[]`: a type of DDL as the system catalogs and Describe spell it. */
export function catalogType(pgType: string): string {
  const list = pgType.endsWith("[]");
  const element = list ? pgType.slice(0, -2) : pgType;
  return `${CATALOG_NAMES[element] ?? element}${list ? "[]" : ""}`;
}

const LIST_WIDTH = 90;

/** A long list with commas, over several lines. */
export function wrapped(items: readonly string[]): string {
  const lines: string[] = [];
  let line = "";
  for (const item of items) {
    if (line !== "" && line.length + item.length > LIST_WIDTH) {
      lines.push(line);
      line = "";
    }
    line += line === "" ? item : `, ${item}`;
  }
  return [...lines, line].join(",\n    ");
}
