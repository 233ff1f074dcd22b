/** An IDEA event as a row of the searched table. */
import { searchedColumns, type SearchedColumn } from "../../compiler/catalogue/columns.js";
import { IDEA_CATALOGUE } from "../../compiler/catalogue/idea.js";
import type { Catalogue } from "../../compiler/catalogue/model.js";
import { elementReader } from "../../compiler/extract/element-reader.js";
import type { EventContent } from "../../compiler/extract/event-reader.js";
import { toElements, toScalar, type ElementValue, type ScalarValue } from "./column-value.js";
import { contentReader } from "./content.js";
import { tokenReader } from "./tokens.js";

/** What one column holds: null for no value, also where the column is a list. */
export type ColumnValue = ScalarValue | readonly ScalarValue[] | readonly ElementValue[] | null;

/** A row of the searched table by column, as plain JSON. */
export type EventRow = Readonly<Record<string, ColumnValue>>;

const mappers = new WeakMap<Catalogue, (event: unknown) => EventRow>();

/**
 * The row of an event: what can be stored is stored in its normalised form, what cannot is remarked on in the inspection errors.
 * The storage time is null where the event has none; it is stamped when the row is written.
 *
 * @throws IdeaError when the event cannot be stored: no object, no identifier, no time of detection (operations.md, 5)
 */
export function eventToRow(event: unknown, catalogue: Catalogue = IDEA_CATALOGUE): EventRow {
  let mapper = mappers.get(catalogue);
  if (mapper === undefined) mappers.set(catalogue, (mapper = rowMapper(catalogue)));
  return mapper(event);
}

function rowMapper(catalogue: Catalogue): (event: unknown) => EventRow {
  const readContent = contentReader(catalogue);
  const cells = searchedColumns(catalogue).map((column) => [column.name, cell(column, catalogue)] as const);
  return (event) => {
    const content = readContent(event);
    return Object.fromEntries(cells.map(([name, read]) => [name, read(content)]));
  };
}

function cell(column: SearchedColumn, catalogue: Catalogue): (content: EventContent) => ColumnValue {
  switch (column.kind) {
    case "field": {
      const { field } = column;
      return ({ values }) => {
        const scalars = (values.get(field) ?? []).map((value) => toScalar(value, field));
        if (field.list) return scalars.length === 0 ? null : scalars;
        return scalars[0] ?? null;
      };
    }
    case "count":
      return ({ elements }) => elements.get(column.group)?.length ?? 0;
    case "elements": {
      const reader = elementReader(column.group, catalogue);
      return ({ elements }) => {
        const found = elements.get(column.group) ?? [];
        return found.length > 1 ? toElements(found, reader) : null;
      };
    }
    case "tokens":
      return tokenReader(catalogue);
  }
}
