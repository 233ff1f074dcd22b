/**
 * The one statement that stores events: a single one, a group commit or a bulk alike.
 *
 * Each column is one array parameter, so its text is the same for any number of events. One statement is one round trip and one
 * atomic change of all tables.
 */
import { searchedColumns } from "../../../compiler/catalogue/columns.js";
import type { Catalogue } from "../../../compiler/catalogue/model.js";
import { HOUR_SHARDS, storeTables } from "../../../compiler/catalogue/tables.js";
import { identifier } from "../../../compiler/lower/fragment.js";
import { encodeArray } from "../../codecs/array.js";
import type { Statement, WireValue } from "../../statement.js";
import { dynamicStatement, required } from "../dynamic-statement.js";

/** An event ready to be sent: the texts of its columns in the order of `searchedColumns`, and its JSON. */
export interface EncodedEvent {
  readonly id: string;
  /** UTC day of the partitioning time, in days since 1970-01-01. */
  readonly day: number;
  readonly columns: readonly WireValue[];
  readonly json: string;
}

/** The statement of a catalogue: stores events with different ids, returns the ids of those that were not there yet. */
export function insertStatement(catalogue: Catalogue): Statement<readonly EncodedEvent[], string, "many"> {
  const { text, columns } = insertText(catalogue);
  const statement = dynamicStatement(text, {
    operation: "insertEvents",
    cardinality: "many",
    idempotent: false,
    decode: ([id]) => required(id),
  });
  return {
    ...statement,
    encode: (events) => [
      ...Array.from({ length: columns }, (_, column) => encodeArray(events.map((event) => event.columns[column] ?? null))),
      encodeArray(events.map(({ json }) => json)),
    ],
  };
}

function insertText(catalogue: Catalogue): { readonly text: string; readonly columns: number } {
  const { events, json, ids, hours, sequence, roles } = storeTables(catalogue);
  const columns = searchedColumns(catalogue);
  const names = columns.map(({ name }) => identifier(name));
  const id = identifier(roles.id.column);
  const time = identifier(roles.time.column);
  const eventsName = identifier(events.name);
  const idsName = identifier(ids.name);
  const input = columns.map(({ name, pgType }) => (pgType === "text" ? identifier(name) : `${identifier(name)}::${pgType}`));
  const arrays = [...names, "event"].map((_, position) => `$${position + 1}::text[]`);
  // An id whose event went with its day is free again.
  const stale = `not exists (select 1 from ${eventsName} e where e.${time} = i.${time} and e.seq = i.seq)`;
  const text =
    `with input as (select ${input.join(", ")}, event from unnest(${arrays.join(", ")}) as u(${[...names, "event"].join(", ")})), ` +
    `ids as (insert into ${idsName} as i (${id}, ${time}, seq) select ${id}, ${time}, nextval('${sequence}') from input ` +
    `on conflict (${id}) do update set ${time} = excluded.${time}, seq = excluded.seq where ${stale} returning ${id}, ${time}, seq), ` +
    `stored as (insert into ${eventsName} (seq, ${names.join(", ")}) select ids.seq, ${names.map((name) => `input.${name}`).join(", ")} ` +
    `from input join ids on ids.${id} = input.${id}), ` +
    `texts as (insert into ${identifier(json.name)} (seq, ${time}, event) select ids.seq, ids.${time}, input.event from input join ids on ids.${id} = input.${id}), ` +
    `counted as (insert into ${identifier(hours.name)} as h (hour, shard, inserted, deleted) ` +
    `select date_trunc('hour', ${time}, 'UTC'), pg_backend_pid() % ${HOUR_SHARDS}, count(*), 0 from ids group by 1 order by 1 ` +
    `on conflict (hour, shard) do update set inserted = h.inserted + excluded.inserted) ` +
    `select ${id} from ids`;
  return { text, columns: columns.length };
}
