/** What a database says about the statements: never guessed, asked by Describe of the extended protocol. */
import { exampleText, type OperationSpec } from "../sql/operation.js";

/** A statement as the server describes it. Types by name, an array with `[]` after it: `timestamptz`, `text[]`, `iprange`. */
export interface StatementDescription {
  readonly parameters: readonly string[];
  readonly columns: readonly DescribedColumn[];
}

/** A column of a result as PostgreSQL describes it. */
export interface DescribedColumn {
  readonly name: string;
  readonly type: string;
  /** For a plain column of a table whether it may be null; null for an expression, of which the server doesn't know. */
  readonly nullable: boolean | null;
}

/** A database that describes statements; given by the caller, so that the generator knows no driver. */
export interface Describer {
  /** @throws Error with the server's message when the statement is not valid in that database */
  readonly describe: (text: string) => Promise<StatementDescription>;
  /** Names of the indexes in the generic plan, those of partitions by the name of their table's index; no sequential scans allowed. */
  readonly plannedIndexes: (text: string, parameters: number) => Promise<readonly string[]>;
  /** Whether there is an index of that name on the search path. */
  readonly hasIndex: (name: string) => Promise<boolean>;
  /** Version of the extension ip4r, `ip4r_compat` where the compatibility schema stands in for it, null where there is neither. */
  readonly rangesVersion: () => Promise<string | null>;
}

/** An operation whose types are known. */
export interface DescribedOperation {
  readonly spec: OperationSpec;
  /** In the order of the placeholders. */
  readonly parameterTypes: readonly string[];
  /** In the order of the columns. */
  readonly columnTypes: readonly string[];
}

/** The operations with their types, and where these come from. */
export interface DescribedStore {
  readonly operations: readonly DescribedOperation[];
  readonly rangesVersion: string | null;
}

/**
 * Asks for the types of all operations.
 *
 * @throws Error listing every contradiction between specs and database
 */
export async function describeOperations(
  specs: readonly OperationSpec[],
  describer: Describer,
): Promise<DescribedStore> {
  const operations: DescribedOperation[] = [];
  const problems: string[] = [];
  for (const spec of specs) {
    const description = await describer.describe(exampleText(spec));
    problems.push(...contradictions(spec, description));
    operations.push({
      spec,
      parameterTypes: description.parameters,
      columnTypes: description.columns.slice(0, spec.columns.length).map(({ type }) => type),
    });
  }
  if (problems.length > 0)
    throw new Error(`the operation specs contradict the database:\n  ${problems.join("\n  ")}`);
  return { operations, rangesVersion: await describer.rangesVersion() };
}

/** How a spec and a description differ, a line each: number of parameters and columns, nullability, names that are given twice. */
export function contradictions(
  spec: OperationSpec,
  { parameters, columns }: StatementDescription,
): readonly string[] {
  const problems: string[] = [];
  const { name } = spec;
  if (parameters.length !== spec.parameters.length)
    problems.push(
      `${name}: the statement has ${parameters.length} parameters, ${spec.parameters.length} are declared`,
    );
  // Rows of a statement that gives none are not looked at.
  if (spec.columns.length > 0 && columns.length !== spec.columns.length)
    problems.push(
      `${name}: the statement has ${columns.length} columns, ${spec.columns.length} are declared`,
    );
  spec.parameters.forEach((parameter, position) => {
    const found = parameters[position];
    if (found !== undefined && found !== parameter.type)
      problems.push(
        `${name}: the parameter ${parameter.name} is declared ${parameter.type}, in the database it is ${found}`,
      );
  });
  spec.columns.forEach((column, position) => {
    const found = columns[position];
    // What is passed on as it is may be of any type, by what goes into the slots.
    if (column.form === "wire") return;
    if (found !== undefined && found.type !== column.type)
      problems.push(
        `${name}: the column ${column.name} is declared ${column.type}, in the database it is ${found.type}`,
      );
    if (found === undefined || found.nullable === null) return;
    if (found.nullable && !column.nullable)
      problems.push(
        `${name}: the column ${column.name} is declared never null, in the database ${found.name} may be null`,
      );
    if (!found.nullable && column.nullable)
      problems.push(
        `${name}: the column ${column.name} is declared nullable, in the database ${found.name} is never null`,
      );
  });
  for (const names of [spec.parameters, spec.columns].map((list) => list.map((item) => item.name)))
    for (const twice of names.filter((item, position) => names.indexOf(item) !== position))
      problems.push(`${name}: the name ${twice} is declared twice`);
  if (spec.slots !== undefined && spec.indexes.length > 0)
    problems.push(`${name}: which index is used depends on what goes into the slots; none can be declared`);
  return problems;
}
