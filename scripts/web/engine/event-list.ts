/** Events in memory, in the order of a search, with what is asked of them again and again read out once. */
import { indexCatalogue, storedFields } from "../../../compiler/catalogue/lookup.js";
import type { Catalogue, Field } from "../../../compiler/catalogue/model.js";
import { fieldReader } from "../../../compiler/extract/field-reader.js";
import type { StoredValue } from "../../../compiler/extract/value.js";
import { formatIpRange } from "../../../compiler/values/ip-range.js";
import { formatMicros } from "../../../compiler/values/time.js";
import { rolesOf } from "../shared/catalogue-roles.js";
import { ParameterError } from "../shared/compose.js";
import { shared, type Pause } from "./pause.js";

/** A value as answers carry it. */
export type Scalar = string | number | boolean;

/** Events, newest first by the catalogue's time; ties by id. */
export interface EventList {
  readonly events: readonly unknown[];
  /** Microseconds of each event's time: exact in a double for the next two centuries. */
  readonly times: Float64Array;
  readonly ids: readonly string[];
  readonly catalogue: Catalogue;
  /** The values of a field, event by event; read when they are asked for first. @throws ParameterError for an unknown field */
  readonly values: (field: string, pause: Pause) => Promise<readonly (readonly Scalar[])[]>;
}

/** Puts events in order. Those without a time or an id are left out, as a store would refuse them: their number is the second result. */
export async function eventList(
  given: readonly unknown[],
  catalogue: Catalogue,
  pause: Pause,
): Promise<{ readonly list: EventList; readonly refused: number }> {
  const index = indexCatalogue(catalogue);
  const roles = rolesOf(catalogue);
  const [readId, readTime] = [roles.id ?? "id", roles.time].map((name) => {
    const field = index.fields.get(name);
    if (field?.kind !== "stored") throw new Error(`the catalogue ${catalogue.name} has no field ${name}`);
    return fieldReader(field, catalogue);
  });
  const found: { readonly event: unknown; readonly id: string; readonly time: number }[] = [];
  const known = new Set<string>();
  for (const event of given) {
    const [id] = readId!(event);
    const [time] = readTime!(event);
    if (typeof id === "string" && typeof time === "bigint" && !known.has(id)) {
      known.add(id);
      found.push({ event, id, time: Number(time) });
    }
    const waiting = pause();
    if (waiting) await waiting;
  }
  found.sort((a, b) => b.time - a.time || (a.id < b.id ? 1 : -1));
  const events = found.map(({ event }) => event);
  const columns = new Map<string, Promise<readonly (readonly Scalar[])[]>>();
  const list: EventList = {
    events,
    times: Float64Array.from(found, ({ time }) => time),
    ids: found.map(({ id }) => id),
    catalogue,
    values: (name, pausing) => {
      const field = index.fields.get(name.toLowerCase()) ?? index.aliases.get(name.toLowerCase());
      if (field === undefined) throw new ParameterError(`unknown field ${JSON.stringify(name)}`);
      return shared(pausing.signal, () => {
        let column = columns.get(field.name);
        if (column === undefined) {
          column = readColumn(events, field, catalogue, pausing);
          columns.set(field.name, column);
          column.catch(() => columns.delete(field.name));
        }
        return column;
      });
    },
  };
  return { list, refused: given.length - found.length };
}

async function readColumn(
  events: readonly unknown[],
  field: Field,
  catalogue: Catalogue,
  pause: Pause,
): Promise<readonly (readonly Scalar[])[]> {
  const readers = storedFields(indexCatalogue(catalogue), field).map((stored) =>
    fieldReader(stored, catalogue),
  );
  const column: (readonly Scalar[])[] = [];
  for (const event of events) {
    const values = readers.flatMap((read) => read(event).map((value) => toScalar(value, field)));
    // An event counts once for a value that it has twice.
    column.push(values.length > 1 ? [...new Set(values)] : values);
    const waiting = pause();
    if (waiting) await waiting;
  }
  return column;
}

/** A value as a store's answers have it: addresses and times as text. */
function toScalar(value: StoredValue, { type }: Field): Scalar {
  if (typeof value === "object") return formatIpRange(value);
  if (typeof value !== "bigint") return value;
  return type === "time" ? formatMicros(value) : `${Number(value) / 1e6}s`;
}
