/** The time field of a catalogue. */
import type { Catalogue } from "../../compiler/catalogue/model.js";

/** The field that events are ordered by, whose times `--from` and `--to` are. */
export function timeField({ table, fields }: Catalogue): string {
  const first = fields.find(({ type, list }) => type === "time" && !list);
  return table.roles?.time ?? table.plain?.time ?? first?.name ?? "detect_time";
}
