/** Remembers which values are listed, so that an event that has no others is stored without looking. See `StoreTables.words`. */
import { listedFields, searchedColumns } from "../../../compiler/catalogue/columns.js";
import type { Catalogue } from "../../../compiler/catalogue/model.js";
import type { EncodedEvent } from "./encoded-event.js";

/** How long a value is taken to be listed: another process may drop the store and create it anew. */
const REMEMBERED_MS = 60_000;

/** Texts of columns that are remembered for a field; where there are more, it begins anew. */
const KEPT = 10_000;

/** The values that are known to be listed. */
export interface KnownWords {
  /** True when all values of the event are known to be listed. */
  readonly covers: (event: EncodedEvent) => boolean;
  /** The values of the event were listed, in a transaction that has committed. */
  readonly remember: (event: EncodedEvent) => void;
  /** Forgets everything, after the tables were dropped. */
  readonly forget: () => void;
}

/** When the values within a text of a column were last listed, in milliseconds; by the position of the column in an encoded event. */
type Checked = ReadonlyMap<number, Map<string, number>>;

/** The memory of one store. */
export function createKnownWords(catalogue: Catalogue): KnownWords {
  const columns = searchedColumns(catalogue);
  const checked: Checked = new Map(
    listedFields(catalogue).map((listed) => [
      columns.findIndex((column) => column.kind === "field" && column.field === listed),
      new Map<string, number>(),
    ]),
  );
  return {
    covers: ({ columns }) => {
      const now = Date.now();
      for (const [position, texts] of checked) {
        const text = columns[position];
        if (text != null && now - (texts.get(text) ?? 0) > REMEMBERED_MS) return false;
      }
      return true;
    },
    remember: ({ columns }) => {
      const now = Date.now();
      for (const [position, texts] of checked) {
        const text = columns[position];
        if (text == null) continue;
        if (texts.size >= KEPT) texts.clear();
        texts.set(text, now);
      }
    },
    forget: () => {
      for (const texts of checked.values()) texts.clear();
    },
  };
}

/** The memory of a transaction, which knows nothing and learns nothing: what it lists goes with a rollback, be it to a savepoint. */
export function withoutWords({ forget }: KnownWords): KnownWords {
  return { covers: () => false, remember: () => undefined, forget };
}
