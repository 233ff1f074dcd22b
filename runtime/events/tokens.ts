/** The tokens column of an event. */
import { tokenSide } from "../../compiler/catalogue/columns.js";
import type { Catalogue, StoredField } from "../../compiler/catalogue/model.js";
import type { EventContent } from "../../compiler/extract/event-reader.js";
import type { StoredValues } from "../../compiler/extract/value.js";
import { eventTokens } from "../../compiler/values/ip-tokens.js";
import type { IpRange } from "../../compiler/values/ip-range.js";

/** Reads the prefix tokens of all token-indexed fields, given as {@link EventReader.fields}; none for an event without addresses. */
export function tokenReader(
  fields: readonly StoredField[],
  catalogue: Catalogue,
): (content: EventContent) => readonly number[] {
  const indexed = fields.flatMap((field, position) => {
    const side = tokenSide(field, catalogue);
    return side === null || field.type !== "ip" ? [] : [{ side, position }];
  });
  return ({ values }) => {
    const lists = indexed.map(({ side, position }) => eventTokens(side, ranges(values[position])));
    return ([] as number[]).concat(...lists);
  };
}

/** The values of a field of addresses. */
const ranges = (values: StoredValues = []): readonly IpRange[] => values as readonly IpRange[];
