import { searchedColumns } from "../../../compiler/catalogue/columns.js";
import { IDEA_CATALOGUE } from "../../../compiler/catalogue/idea.js";
import { camelCase } from "../../../compiler/sql/operation.js";
import type { InsertEventParams, InsertEventsParams } from "../../../generated/index.js";
import { eventEncoder } from "../../../runtime/events/encode.js";
import type { WireValue } from "../../../runtime/postgres/statement.js";

const encode = eventEncoder(IDEA_CATALOGUE);
const columns = searchedColumns(IDEA_CATALOGUE);

/** The arrays of `insertEvents` for some events; events without a storage time get one in 2023. */
export function insertParams(events: readonly Readonly<Record<string, unknown>>[]): InsertEventsParams {
  const rows = events.map((event) => encode(event, 1_700_000_000_000_000n));
  const arrays: Record<string, readonly WireValue[]> = {
    event: events.map((event) => JSON.stringify(event)),
  };
  columns.forEach(({ name }, position) => {
    arrays[camelCase(name)] = rows.map((row) => row[position] ?? null);
  });
  return arrays as unknown as InsertEventsParams;
}

/** The parameters of `insertEvent` for an event. */
export function insertOneParams(event: Readonly<Record<string, unknown>>): InsertEventParams {
  const arrays = Object.entries(insertParams([event]) as unknown as Record<string, readonly WireValue[]>);
  return Object.fromEntries(arrays.map(([name, [value]]) => [name, value])) as unknown as InsertEventParams;
}
