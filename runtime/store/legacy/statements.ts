/** The statements of the legacy search parameters: a caller gets their texts and runs them with `query`. */
import type { Catalogue } from "../../../compiler/catalogue/model.js";
import { storeTables } from "../../../compiler/catalogue/tables.js";
import { indexCatalogue } from "../../../compiler/catalogue/lookup.js";
import { identifier } from "../../../compiler/sql/fragment.js";
import { storeNames } from "../../../compiler/sql/store-names.js";
import { ghostColumns } from "../../events/ghost.js";
import { deleteText } from "../retention/statements.js";
import { itemsSlot } from "../rollups/field-statements.js";

/** What the statements are made of. Expressions are placeholders, of values that a caller has already. */
export interface LegacyParts {
  readonly catalogue: Catalogue;
  /** The condition of the parameters. */
  readonly condition: string;
}

/** Which part of the matching events, in which order. */
export interface LegacyPage {
  readonly field: string;
  readonly direction: "asc" | "desc";
  /** Placeholders; null for none. */
  readonly limit: string | null;
  readonly offset: string | null;
}

/** Events by their columns and JSON. */
export function selectText(parts: LegacyParts, page: LegacyPage): string {
  const { json, id, time } = storeNames(parts.catalogue);
  const event = `(select j.event from ${json} j where j.seq = hit.seq and j.${time} = hit.${time})`;
  return `select hit.${id}, ${event} as event from (${pageText(parts, "*", page)}) as hit ${orderText(parts, page)}`;
}

/** Events by their columns alone. */
export function selectGhostText(parts: LegacyParts, page: LegacyPage): string {
  return pageText(parts, ghostColumns(parts.catalogue).map(identifier).join(", "), page);
}

/** The order of a page; that of a subquery is none of its own to a distributed server. */
function orderText({ catalogue }: LegacyParts, { field, direction }: LegacyPage): string {
  const { id, time } = storeNames(catalogue);
  const sorted = indexCatalogue(catalogue).fields.get(field);
  const column = sorted?.kind === "stored" ? identifier(sorted.column) : time;
  return `order by ${column} ${direction}, ${id} ${direction}`;
}

function pageText(parts: LegacyParts, columns: string, page: LegacyPage): string {
  const { limit, offset } = page;
  return (
    `select ${columns} from ${storeNames(parts.catalogue).events} where ${parts.condition} ${orderText(parts, page)}` +
    (limit === null ? "" : ` limit ${limit}`) +
    (offset === null ? "" : ` offset ${offset}`)
  );
}

/** How many match. */
export function countText({ catalogue, condition }: LegacyParts): string {
  return `select count(*) from ${storeNames(catalogue).events} where ${condition}`;
}

/** Deletes what matches, in all tables. */
export function legacyDeleteText({ catalogue, condition }: LegacyParts): string {
  return deleteText(catalogue, condition);
}

/** Events by the values of a field. */
export function aggregateText({ catalogue, condition }: LegacyParts, field: string, limit: string): string {
  const items = itemsSlot(catalogue).texts[field] ?? "";
  return (
    `select u.v as set, count(*) as count from (select * from ${storeNames(catalogue).events} where ${condition}) as e ` +
    `left join lateral ${items} as u(v) on true group by u.v order by count(*) desc, u.v nulls last limit ${limit}`
  );
}

/** Events by time, in steps of one length. */
export function timelineText({ catalogue, condition }: LegacyParts, step: string): string {
  const { events, time } = storeNames(catalogue);
  const bucket = `date_bin(${step}, ${time}, timestamptz '2000-01-01 00:00:00Z')`;
  return `select ${bucket} as bucket, count(*) as count from ${events} where ${condition} group by 1 order by 1`;
}

/** The field that a search is sorted by when nothing is said. */
export function legacySortField(catalogue: Catalogue): string {
  return storeTables(catalogue).roles.time.name;
}
