/**
 * Roll-ups without events. On a cluster the small tables are copied to each node, and a statement over them alone runs on the coordinator as on any
 * server; one that may read events besides goes through the planner of the cluster part by part, each part written down and sent to the workers, though
 * mostly no event has to be read. So the roll-ups are asked alone first.
 */
import { searchedColumns } from "../../../compiler/catalogue/columns.js";
import type { Catalogue } from "../../../compiler/catalogue/model.js";
import { identifier } from "../../../compiler/sql/fragment.js";
import { storeNames } from "../../../compiler/sql/store-names.js";

const made = new WeakSet<Catalogue>();

/** A catalogue of the same store, whose statements over roll-ups find no event that they would have to read. */
export function rollupsAlone(catalogue: Catalogue): Catalogue {
  const alone = { ...catalogue };
  made.add(alone);
  return alone;
}

/** What the rows of stale hours and days are read from: the events, or nothing that looks like them. */
export function staleSource(catalogue: Catalogue): string {
  const { events } = storeNames(catalogue);
  if (!made.has(catalogue)) return events;
  const columns = searchedColumns(catalogue).map(
    ({ name, pgType }) => `null::${pgType} as ${identifier(name)}`,
  );
  return `(select ${columns.join(", ")} where false) as ${events}`;
}
