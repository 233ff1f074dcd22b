/** Describe of the extended query protocol over `pg`, and plans: what the generator asks of a database. */
import type { ClientBase, Connection, FieldDef, Submittable } from "pg";
import {
  explainGeneric,
  FORGET_PREPARED,
  INDEX_OF_NAME,
  NULLABLE_COLUMNS,
  RANGES_VERSION,
  TABLE_INDEXES,
  NAMES_OF_TYPES,
} from "./statements.js";
import type { Describer, DescribedColumn, StatementDescription } from "../../compiler/generator/describe.js";

/** Description as the protocol gives it: types by OID. */
interface RawDescription {
  readonly parameters: readonly number[];
  readonly fields: readonly FieldDef[];
}

/** The part of pg's connection that is used; @types/pg does not have all of it. */
interface Wire {
  parse(message: { readonly name: string; readonly text: string }): void;
  describe(message: { readonly type: "S"; readonly name: string }): void;
  sync(): void;
  once(
    event: "parameterDescription",
    listener: (message: { readonly dataTypeIDs: readonly number[] }) => void,
  ): void;
}

/** A describer on a connected client, for its use alone until the describer is given up. */
export function createDescriber(client: ClientBase): Describer {
  const types = new Map<number, string>();
  return {
    describe: async (text) => {
      const raw = await describeRaw(client, text);
      await resolveTypes(client, types, [
        ...raw.parameters,
        ...raw.fields.map(({ dataTypeID }) => dataTypeID),
      ]);
      return named(raw, types, await columnNullability(client, raw.fields));
    },
    plannedIndexes: (text, parameters) => plannedIndexes(client, text, parameters),
    hasIndex: async (name) => {
      const { rowCount } = await client.query(INDEX_OF_NAME, [name]);
      return rowCount !== 0;
    },
    rangesVersion: async () => {
      const { rows } = await client.query<{ version: string | null }>(RANGES_VERSION);
      return rows[0]?.version ?? null;
    },
  };
}

/** Parses the statement without running it. */
function describeRaw(client: ClientBase, text: string): Promise<RawDescription> {
  return new Promise((resolve, reject) => {
    let parameters: readonly number[] = [];
    let fields: readonly FieldDef[] = [];
    let failed = false;
    const request = {
      submit(connection: Connection) {
        const wire = connection as unknown as Wire;
        wire.once("parameterDescription", ({ dataTypeIDs }) => (parameters = dataTypeIDs));
        wire.parse({ name: "", text });
        wire.describe({ type: "S", name: "" });
        wire.sync();
      },
      handleRowDescription: (message: { readonly fields: readonly FieldDef[] }) => (fields = message.fields),
      handleError: (error: Error) => {
        failed = true;
        // pg gives up the request with the error, so that handleReadyForQuery is not called any more.
        reject(error);
      },
      handleReadyForQuery: () => {
        if (!failed) resolve({ parameters, fields });
      },
    };
    client.query(request as unknown as Submittable);
  });
}

function named(
  { parameters, fields }: RawDescription,
  types: ReadonlyMap<number, string>,
  nullability: ReadonlyMap<string, boolean>,
): StatementDescription {
  const typeName = (oid: number): string => types.get(oid) ?? `type ${oid}`;
  return {
    parameters: parameters.map(typeName),
    columns: fields.map(({ name, dataTypeID, tableID, columnID }): DescribedColumn => ({
      name,
      type: typeName(dataTypeID),
      nullable: nullability.get(`${tableID}.${columnID}`) ?? null,
    })),
  };
}

async function resolveTypes(
  client: ClientBase,
  types: Map<number, string>,
  oids: readonly number[],
): Promise<void> {
  const unknown = oids.filter((oid) => !types.has(oid));
  if (unknown.length === 0) return;
  const { rows } = await client.query<{ oid: number; name: string }>(NAMES_OF_TYPES, [unknown]);
  for (const { oid, name } of rows) types.set(oid, name);
}

/** `table.column` → may be null, for the plain columns of tables among the fields. */
async function columnNullability(
  client: ClientBase,
  fields: readonly FieldDef[],
): Promise<ReadonlyMap<string, boolean>> {
  const plain = fields.filter(({ tableID, columnID }) => tableID !== 0 && columnID > 0);
  const { rows } = await client.query<{ key: string; nullable: boolean }>(NULLABLE_COLUMNS, [
    plain.map(({ tableID }) => tableID),
  ]);
  return new Map(rows.map(({ key, nullable }) => [key, nullable]));
}

interface Plan {
  readonly "Index Name"?: string;
  readonly Plans?: readonly Plan[];
}

/** Names of the indexes in the generic plan. */
async function plannedIndexes(
  client: ClientBase,
  text: string,
  parameters: number,
): Promise<readonly string[]> {
  await client.query("begin");
  try {
    const statements = explainGeneric(text, parameters);
    for (const statement of statements.before) await client.query(statement);
    const { rows } = await client.query<{ "QUERY PLAN": readonly { readonly Plan: Plan }[] }>(
      statements.explain,
    );
    const names = (rows[0]?.["QUERY PLAN"] ?? []).flatMap(({ Plan: plan }) => indexNames(plan));
    // The index of a partition stands for that of its table.
    const { rows: parents } = await client.query<{ name: string }>(TABLE_INDEXES, [names]);
    return parents.map(({ name }) => name);
  } finally {
    await client.query(FORGET_PREPARED);
    await client.query("rollback");
  }
}

function indexNames(plan: Plan): readonly string[] {
  const own = plan["Index Name"];
  return [...(own === undefined ? [] : [own]), ...(plan.Plans ?? []).flatMap(indexNames)];
}
