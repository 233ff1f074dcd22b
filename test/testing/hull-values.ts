/** The columns that cover lists of addresses, as the software that keeps the table would fill them. */
import { searchedColumns, type SearchedColumn } from "../../compiler/catalogue/columns.js";
import type { Catalogue, HullColumn } from "../../compiler/catalogue/model.js";
import { hullColumns } from "../../compiler/schema/searched-table.js";
import { formatIpRange, parseIpRange, type IpRange } from "../../compiler/values/ip-range.js";
import type { EventRow } from "../../runtime/events/row.js";

/** Names and types of all columns of the table of `tableStatements`, in its order. */
export function tableColumns(catalogue: Catalogue): readonly Pick<SearchedColumn, "name" | "pgType">[] {
  const hulls = hullColumns(catalogue).map(([name, pgType]) => ({ name, pgType }));
  return [...searchedColumns(catalogue), ...hulls];
}

/** The row with the values of its hull columns: the smallest range of a family, null where the list has none of it. */
export function withHulls(row: EventRow, catalogue: Catalogue): EventRow {
  const values: Record<string, string | null> = {};
  for (const field of catalogue.fields) {
    if (field.kind !== "stored" || field.hulls === undefined) continue;
    const given = row[field.column];
    const ranges = Array.isArray(given) ? given.map((text) => parseIpRange(String(text))) : [];
    for (const [position, hull] of field.hulls.entries())
      values[hull.column] = hullOf(ranges, familyOf(hull, position));
  }
  return { ...row, ...values };
}

/** Of two columns of a type for both families the first holds IPv4. */
function familyOf({ columnType }: HullColumn, position: number): 4 | 6 {
  if (columnType === "ip4r") return 4;
  return columnType === "ip6r" || position > 0 ? 6 : 4;
}

function hullOf(ranges: readonly IpRange[], family: 4 | 6): string | null {
  const own = ranges.filter((range) => range.family === family);
  const [some] = own;
  if (some === undefined) return null;
  const first = own.reduce((lowest, range) => (range.first < lowest ? range.first : lowest), some.first);
  const last = own.reduce((highest, range) => (range.last > highest ? range.last : highest), some.last);
  return formatIpRange({ family, first, last });
}
