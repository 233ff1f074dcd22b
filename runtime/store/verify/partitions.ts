/** How the partitions of a store are: which lack the other half, which tables look like one and are none. */
import type { Catalogue } from "../../../compiler/catalogue/model.js";
import { partitionedTables, storeTables } from "../../../compiler/catalogue/tables.js";
import { partitionName, partitionSpan } from "../../../compiler/schema/day.js";
import type { Session } from "../../postgres/session.js";
import { TABLES_AND_PARENTS } from "./partition-statements.js";

/** What is unusual about the partitions; names of tables. */
export interface PartitionState {
  /** Tables with the name of a partition that belong to no table: detached by hand, or an archive. */
  readonly detached: readonly string[];
  /** Partitions with a name that is not one of ours. */
  readonly foreign: readonly string[];
  /** Partitions of the events without one of the same span for the JSON, and the other way round. */
  readonly lone: readonly string[];
  /** Of these two kinds those of the events, and those of the JSON: what lies there has its other half in a partition of another name. */
  readonly unpaired: { readonly events: readonly string[]; readonly json: readonly string[] };
}

/** Looks at the partitions in the system catalogs. */
export async function partitionState(session: Session, catalogue: Catalogue): Promise<PartitionState> {
  const tables = partitionedTables(storeTables(catalogue)).map(({ name }) => name);
  const { rows } = await session.query(TABLES_AND_PARENTS, [], { operation: "verify" });
  const found = rows.map((row) => ({ name: String(row["name"]), parent: row["parent"] as string | null }));
  const spanOf = (name: string) =>
    tables.map((table) => partitionSpan(table, name)).find((span) => span !== null);
  const attached = new Set(
    found.filter(({ parent }) => tables.includes(parent ?? "")).map(({ name }) => name),
  );
  const [events = "", json = ""] = tables;
  const foreign = [...attached].filter(
    (name) => spanOf(name) === undefined && !tables.some((table) => name === partitionName(table, null)),
  );
  const lone = [...attached].filter((name) => {
    const span = spanOf(name);
    if (span === undefined) return false;
    return !attached.has(partitionName(events, span)) || !attached.has(partitionName(json, span));
  });
  const unpaired = (table: string) =>
    [...foreign, ...lone].filter((name) => found.some((one) => one.name === name && one.parent === table));
  return {
    detached: found
      .filter(({ name, parent }) => parent === null && spanOf(name) !== undefined)
      .map(({ name }) => name),
    foreign,
    lone,
    unpaired: { events: unpaired(events), json: unpaired(json) },
  };
}
