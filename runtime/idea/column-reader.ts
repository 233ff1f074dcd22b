/** Reads an event column by column: what the row and its encoded form are both made from. */
import { searchedColumns, type SearchedColumn } from "../../compiler/catalogue/columns.js";
import type { Catalogue, StoredField } from "../../compiler/catalogue/model.js";
import { elementReader } from "../../compiler/extract/element-reader.js";
import type { EventContent } from "../../compiler/extract/event-reader.js";
import { toElements, toScalar, type ElementValue, type ScalarValue } from "./column-value.js";
import { contentReader } from "./content.js";
import { tokenReader } from "./tokens.js";

/** What one column holds: null for no value, also where the column is a list. */
export type ColumnValue = ScalarValue | readonly ScalarValue[] | readonly ElementValue[] | null;

/** Reads events into columns. */
export interface ColumnReader {
  /** The columns, in the order of the DDL. */
  readonly columns: readonly SearchedColumn[];
  /** One value for each column. @throws IdeaError when the event cannot be stored */
  readonly read: (event: unknown) => readonly ColumnValue[];
}

/** The reader of a catalogue's columns; made once, used for every event. */
export function columnReader(catalogue: Catalogue): ColumnReader {
  const content = contentReader(catalogue);
  const columns = searchedColumns(catalogue);
  const cells = columns.map((column) => cell(column, content.fields, catalogue));
  return {
    columns,
    read: (event) => {
      const found = content.read(event);
      return cells.map((read) => read(found));
    },
  };
}

function cell(
  column: SearchedColumn,
  fields: readonly StoredField[],
  catalogue: Catalogue,
): (content: EventContent) => ColumnValue {
  switch (column.kind) {
    case "field": {
      const { field } = column;
      const position = fields.indexOf(field);
      return ({ values }) => {
        const found = values[position];
        const first = found?.[0];
        if (found === undefined || first === undefined) return null;
        return field.list ? found.map((value) => toScalar(value, field)) : toScalar(first, field);
      };
    }
    case "count": {
      const position = catalogue.groups.indexOf(column.group);
      return ({ elements }) => elements[position]?.length ?? 0;
    }
    case "elements": {
      const position = catalogue.groups.indexOf(column.group);
      const reader = elementReader(column.group, catalogue);
      return ({ elements }) => {
        const found = elements[position] ?? [];
        return found.length > 1 ? toElements(found, reader) : null;
      };
    }
    case "tokens":
      return tokenReader(fields, catalogue);
  }
}
