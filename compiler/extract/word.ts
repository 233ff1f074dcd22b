/** The stored spelling of words: normalisation and the known values of an enumeration. */
import { normaliseWord } from "../values/normalise.js";
import { asciiFold } from "../values/text.js";
import { normalisationOf } from "../catalogue/column-types.js";
import { enumerationOf, indexCatalogue } from "../catalogue/lookup.js";
import type { Catalogue, StoredField } from "../catalogue/model.js";

/** A word in its stored spelling, and whether the field's enumeration has it. */
export interface Word {
  readonly text: string;
  readonly known: boolean;
}

/** Makes the reader of a field's words: normalised, and known values in the catalogue's spelling whatever the case. */
export function wordReader(field: StoredField, catalogue: Catalogue): (text: string) => Word {
  const known = new Map<string, Word>();
  for (const value of enumerationOf(indexCatalogue(catalogue), field)?.values ?? []) {
    const word = { text: value, known: true };
    // The spelling itself is a key as well: most events use it, and then nothing is folded.
    known.set(value, word).set(asciiFold(value), word);
  }
  return (text) => {
    const exact = known.get(text);
    if (exact !== undefined) return exact;
    const normal = normaliseWord(text, normalisationOf(field));
    return known.get(asciiFold(normal)) ?? { text: normal, known: false };
  };
}
