/** How the partitions of a store are: which days lack one, which tables look like one and are none. */
import type { Catalogue } from "../../../compiler/catalogue/model.js";
import { partitionedTables, storeTables } from "../../../compiler/catalogue/tables.js";
import { partitionDay, partitionName } from "../../../compiler/schema/day.js";
import type { Session } from "../../postgres/session.js";

/** What is unusual about the partitions; names of tables. */
export interface PartitionState {
  /** Tables with the name of a day's partition that belong to no table: detached by hand, or an archive. */
  readonly detached: readonly string[];
  /** Partitions with a name that is not one of ours. */
  readonly foreign: readonly string[];
  /** Partitions of the events whose day has none for the JSON, and the other way round. */
  readonly lone: readonly string[];
}

/** Looks at the partitions in the system catalogs. */
export async function partitionState(session: Session, catalogue: Catalogue): Promise<PartitionState> {
  const tables = partitionedTables(storeTables(catalogue)).map(({ name }) => name);
  const { rows } = await session.query(
    `select c.relname as name, (select p.relname from pg_inherits i join pg_class p on p.oid = i.inhparent where i.inhrelid = c.oid) as parent ` +
      `from pg_class c where c.relnamespace = quote_ident(current_schema())::regnamespace and c.relkind in ('r', 'p', 'f')`,
    [],
    { operation: "verify" },
  );
  const found = rows.map((row) => ({ name: String(row["name"]), parent: row["parent"] as string | null }));
  const dayOf = (name: string) =>
    tables.map((table) => partitionDay(table, name)).find((day) => day !== null);
  const attached = new Set(
    found.filter(({ parent }) => tables.includes(parent ?? "")).map(({ name }) => name),
  );
  const [events = "", json = ""] = tables;
  return {
    detached: found
      .filter(({ name, parent }) => parent === null && dayOf(name) !== undefined)
      .map(({ name }) => name),
    foreign: [...attached].filter(
      (name) => dayOf(name) === undefined && !tables.some((table) => name === partitionName(table, null)),
    ),
    lone: [...attached].filter((name) => {
      const day = dayOf(name);
      if (day === undefined) return false;
      return !attached.has(partitionName(events, day)) || !attached.has(partitionName(json, day));
    }),
  };
}
