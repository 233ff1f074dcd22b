/** The tokens column of an event. */
import { tokenSide } from "../../compiler/catalogue/columns.js";
import type { Catalogue, StoredField } from "../../compiler/catalogue/model.js";
import type { EventContent } from "../../compiler/extract/event-reader.js";
import type { StoredValue } from "../../compiler/extract/value.js";
import { eventTokens } from "../codecs/ip-tokens.js";
import type { IpRange } from "../codecs/ip-range.js";

/** Reads the prefix tokens of all token-indexed fields, given as {@link EventReader.fields}; null for an event without addresses. */
export function tokenReader(
  fields: readonly StoredField[],
  catalogue: Catalogue,
): (content: EventContent) => readonly number[] | null {
  const sides = fields.map((field) => tokenSide(field, catalogue));
  return ({ values }) => {
    const tokens = sides.flatMap((side, position) =>
      side === null ? [] : eventTokens(side, (values[position] ?? []).filter(isRange)),
    );
    return tokens.length === 0 ? null : tokens;
  };
}

const isRange = (value: StoredValue): value is IpRange => typeof value === "object";
