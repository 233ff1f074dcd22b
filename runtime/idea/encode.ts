/** An IDEA event as the texts that PostgreSQL reads: the fast path of ingest. */
import { searchedColumns, type SearchedColumn } from "../../compiler/catalogue/columns.js";
import type { Catalogue } from "../../compiler/catalogue/model.js";
import { elementReader } from "../../compiler/extract/element-reader.js";
import type { EventContent } from "../../compiler/extract/event-reader.js";
import { encodeArray, encodeNumberArray } from "../codecs/array.js";
import { formatMicros, type Micros } from "../codecs/time.js";
import type { WireValue } from "../statement.js";
import { toElements, toText } from "./column-value.js";
import { contentReader } from "./content.js";
import { tokenReader } from "./tokens.js";

/**
 * Encodes an event as one text for each of {@link searchedColumns}, in their order: what `$n::text[]` carries into `unnest` and a
 * cast to the column's type reads. `storedAt` is the storage time of an event that has none, in microseconds.
 *
 * @throws IdeaError when the event cannot be stored
 */
export type EventEncoder = (event: unknown, storedAt: Micros) => readonly WireValue[];

/** The encoder of a catalogue's events; made once, used for every event. It holds the same values as {@link eventToRow}. */
export function eventEncoder(catalogue: Catalogue): EventEncoder {
  const readContent = contentReader(catalogue);
  const cells = searchedColumns(catalogue).map((column) => encodedCell(column, catalogue));
  return (event, storedAt) => {
    const content = readContent(event);
    return cells.map((encode) => encode(content, storedAt));
  };
}

function encodedCell(
  column: SearchedColumn,
  catalogue: Catalogue,
): (content: EventContent, storedAt: Micros) => WireValue {
  switch (column.kind) {
    case "field": {
      const { field } = column;
      if (field.list)
        return ({ values }) => {
          const found = values.get(field);
          return found === undefined || found.length === 0
            ? null
            : encodeArray(found.map((value) => toText(value, field)));
        };
      return ({ values }, storedAt) => {
        const value = values.get(field)?.[0];
        if (value !== undefined) return toText(value, field);
        return field.stamped === true ? formatMicros(storedAt) : null;
      };
    }
    case "count":
      return ({ elements }) => String(elements.get(column.group)?.length ?? 0);
    case "elements": {
      const reader = elementReader(column.group, catalogue);
      return ({ elements }) => {
        const found = elements.get(column.group) ?? [];
        return found.length > 1 ? JSON.stringify(toElements(found, reader)) : null;
      };
    }
    case "tokens": {
      const readTokens = tokenReader(catalogue);
      return (content) => {
        const tokens = readTokens(content);
        return tokens === null ? null : encodeNumberArray(tokens);
      };
    }
  }
}
