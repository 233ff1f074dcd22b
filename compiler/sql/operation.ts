/** Operation specs: each fixed statement of the store, declared once, as data. Types are not declared but asked from a database. */

/** How many rows a statement yields; the runtime's type of the same name, which the generated code is checked against. */
export type Cardinality = "one" | "optional" | "many" | "count" | "none";

/** Where an operation belongs; one generated file each. */
export type OperationTheme = "events" | "thresholds" | "status" | "maintenance" | "bounds";

/** A parameter, `$1` being the first. */
export interface OperationParameter {
  /** Name in the parameter object, camelCase. */
  readonly name: string;
  readonly description: string;
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
  | "event";

/** A column of the result. */
export interface OperationColumn {
  /** Name in the row object. */
  readonly name: string;
  readonly description: string;
  /** Declared, and checked against the table where the column is a plain column of one. */
  readonly nullable: boolean;
  readonly form?: ColumnForm;
}

/** A fixed statement of the store. */
export interface OperationSpec {
  /** camelCase, unique. */
  readonly name: string;
  readonly theme: OperationTheme;
  /** What it does, for the doc comment: one sentence without a full stop. */
  readonly description: string;
  readonly cardinality: Cardinality;
  readonly parameters: readonly OperationParameter[];
  readonly columns: readonly OperationColumn[];
  /** The client gives the rows one by one, fetched in blocks. */
  readonly streamed?: true;
  /** Name of the row type; the operation's name with `Row` behind when absent. */
  readonly rowName?: string;
  /** Running it twice has the effect of running it once. */
  readonly idempotent: boolean;
  /** Indexes that the statement must use (where sequential scans are disabled), by the name of the table's index. */
  readonly indexes: readonly string[];
  /** The statement. {@link FILTER_SLOT}, any number of times, is where a compiled filter goes; its parameters come behind the fixed ones. */
  readonly text: string;
}

/** Marks the place of a filter's boolean expression. */
export const FILTER_SLOT = "{filter}";

/** Whether the statement takes a filter. */
export function hasFilter({ text }: Pick<OperationSpec, "text">): boolean {
  return text.includes(FILTER_SLOT);
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
export function parameter(name: string, description: string, form?: ParameterForm): OperationParameter {
  return { name, description, nullable: false, ...(form === undefined ? {} : { form }) };
}

/** A column that is never null. */
export function column(name: string, description: string, form?: ColumnForm): OperationColumn {
  return { name, description, nullable: false, ...(form === undefined ? {} : { form }) };
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
