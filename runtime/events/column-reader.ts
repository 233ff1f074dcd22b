/** Reads an event column by column: what the row and its encoded form are both made from. */
import { searchedColumns, type SearchedColumn } from "../../compiler/catalogue/columns.js";
import type { Catalogue, StoredField } from "../../compiler/catalogue/model.js";
import { elementReader } from "../../compiler/extract/element-reader.js";
import type { EventContent } from "../../compiler/extract/event-reader.js";
import type { StoredValue, StoredValues } from "../../compiler/extract/value.js";
import { toElements, type ElementValue } from "./column-value.js";
import { contentReader } from "./content.js";
import { tokenReader } from "./tokens.js";

/** How columns that hold something are written, as `T`: the JSON of the row, or texts for PostgreSQL. */
export interface ColumnFormat<T> {
  /** The writer of the one value of a scalar field. */
  readonly scalar: (field: StoredField) => (value: StoredValue) => T;
  /** The writer of the values of a list field, which are never none. */
  readonly list: (field: StoredField) => (values: StoredValues) => T;
  readonly count: (count: number) => T;
  readonly elements: (elements: readonly ElementValue[]) => T;
  readonly tokens: (tokens: readonly number[]) => T;
}

/** Reads events into columns. */
export interface ColumnReader<T> {
  /** The columns, in the order of the DDL. */
  readonly columns: readonly SearchedColumn[];
  /** A new list with one value for each column, null for none, also where it is a list. @throws IdeaError when the event cannot be stored */
  readonly read: (event: unknown) => (T | null)[];
}

/** The reader of a catalogue's columns; made once, used for every event. */
export function columnReader<T>(catalogue: Catalogue, format: ColumnFormat<T>): ColumnReader<T> {
  const content = contentReader(catalogue);
  const columns = searchedColumns(catalogue);
  const cells = columns.map((column) => cell(column, content.fields, catalogue, format));
  return {
    columns,
    read: (event) => {
      const found = content.read(event);
      return cells.map((read) => read(found));
    },
  };
}

function cell<T>(
  column: SearchedColumn,
  fields: readonly StoredField[],
  catalogue: Catalogue,
  format: ColumnFormat<T>,
): (content: EventContent) => T | null {
  switch (column.kind) {
    case "field": {
      const { field } = column;
      const position = fields.indexOf(field);
      if (field.list) {
        const write = format.list(field);
        return ({ values }) => {
          const found = values[position];
          return found === undefined || found.length === 0 ? null : write(found);
        };
      }
      const write = format.scalar(field);
      return ({ values }) => {
        const value = values[position]?.[0];
        return value === undefined ? null : write(value);
      };
    }
    case "count": {
      const position = catalogue.groups.indexOf(column.group);
      return ({ elements }) => format.count(elements[position]?.length ?? 0);
    }
    case "elements": {
      const position = catalogue.groups.indexOf(column.group);
      const reader = elementReader(column.group, catalogue);
      return ({ elements }) => {
        const found = elements[position];
        return found === undefined || found.length < 2 ? null : format.elements(toElements(found, reader));
      };
    }
    case "tokens": {
      const readTokens = tokenReader(fields, catalogue);
      return (content) => {
        const tokens = readTokens(content);
        return tokens.length === 0 ? null : format.tokens(tokens);
      };
    }
  }
}
