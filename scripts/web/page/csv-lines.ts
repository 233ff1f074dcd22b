/** Events as lines of CSV. */
import type { Catalogue } from "../../../compiler/catalogue/model.js";
import { csvColumns, eventColumns } from "../../cli/event-columns.js";
import { csvLine } from "../../cli/render/csv.js";
import { harmlessCell } from "../shared/harmless-cell.js";

/** Head and lines of the usual columns. */
export function csvLines(catalogue: Catalogue): {
  readonly head: string;
  readonly line: (event: unknown) => string;
} {
  const names = csvColumns(catalogue);
  const columns = eventColumns(names, catalogue, { kind: "iso" });
  return {
    head: csvLine(names),
    line: (event) => csvLine(columns.map(({ read }) => harmlessCell(read(event).join(" ")))),
  };
}
