/** Mentat's tables read where they are, by a store over their catalogue, against the Python store's own statements. */
import { MENTAT_CATALOGUE } from "../../../../compiler/catalogue/mentat.js";
import type { Catalogue } from "../../../../compiler/catalogue/model.js";
import { openStorage } from "../../../../runtime/store/index.js";
import type { BenchServer } from "../server.js";
import { openTheirs, type HeldEvents, type Theirs } from "./databases.js";
import type { SearchedSides } from "./searches.js";

/** Columns of Mentat 2.15 that the yardstick's table leaves out. */
const LEFT_OUT = new Set([
  ...["tlp", "target_severity", "target_class", "target_group"],
  ...["shadow_reporting", "shadow_reporting_target"],
]);

/** Mentat's catalogue over the tables of the yardstick. */
const YARDSTICK_CATALOGUE: Catalogue = {
  ...MENTAT_CATALOGUE,
  fields: MENTAT_CATALOGUE.fields.filter(({ name }) => !LEFT_OUT.has(name)),
  table: {
    name: "legacy_events",
    plain: {
      time: "detect_time",
      key: "id",
      json: {
        column: "event",
        columnType: "bytea",
        table: { name: "legacy_events_json", key: "id" },
      },
    },
  },
};

/** Both sides over the same tables. */
export interface MentatSides extends SearchedSides, Pick<Theirs, "theirs"> {
  readonly close: (keep: boolean) => Promise<void>;
}

/** Opens the yardstick's database, filled with the events, by both sides. */
export async function openMentat(
  server: BenchServer,
  events: HeldEvents,
  onProgress: (message: string) => void,
): Promise<MentatSides> {
  const { name, theirs, yardstick } = await openTheirs(server, events, onProgress);
  const open = (connections: number) =>
    openStorage({
      connectionString: server.url(name),
      catalogue: YARDSTICK_CATALOGUE,
      pool: { max: connections },
    });
  const storage = await open(2);
  return {
    ...{ storage, open, yardstick, theirs, ours: theirs },
    goalOf: () => "≥ 1 ×",
    close: async (keep) => {
      await Promise.all([storage.close(), theirs.end()]);
      if (!keep) await server.drop(name);
    },
  };
}
