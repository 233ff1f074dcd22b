/** Events as lines of CSV. */
import type { Catalogue } from "../../../compiler/catalogue/model.js";
import { eventColumns } from "../../cli/event-columns.js";
import { csvLine } from "../../cli/render/csv.js";

/** Head and lines of some fields. */
export function csvLines(
  names: readonly string[],
  catalogue: Catalogue,
): {
  readonly head: string;
  readonly line: (event: unknown) => string;
} {
  const columns = eventColumns(names, catalogue, { kind: "iso" });
  return {
    head: csvLine(names),
    line: (event) => csvLine(columns.map(({ read }) => read(event).join(" "))),
  };
}
