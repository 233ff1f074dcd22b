/** The tokens column of an event. */
import { tokenSide } from "../../compiler/catalogue/columns.js";
import type { Catalogue } from "../../compiler/catalogue/model.js";
import type { EventContent } from "../../compiler/extract/event-reader.js";
import type { StoredValue } from "../../compiler/extract/value.js";
import { eventTokens } from "../codecs/ip-tokens.js";
import type { IpRange } from "../codecs/ip-range.js";

/** Reads the prefix tokens of all token-indexed fields of an event; null when it has no address. */
export function tokenReader(catalogue: Catalogue): (content: EventContent) => readonly number[] | null {
  const sides = catalogue.fields.flatMap((field) => {
    const side = field.kind === "stored" ? tokenSide(field, catalogue) : null;
    return field.kind === "stored" && side !== null ? [{ field, side }] : [];
  });
  return ({ values }) => {
    const tokens = sides.flatMap(({ field, side }) =>
      eventTokens(side, (values.get(field) ?? []).filter(isRange)),
    );
    return tokens.length === 0 ? null : tokens;
  };
}

const isRange = (value: StoredValue): value is IpRange => typeof value === "object";
