/** The catalogue on its way to the page: JSON has no whole numbers beyond 2^53, which are bounds of 64-bit counts. */
import type { Catalogue, Field, StoredField, UnionField } from "../../../compiler/catalogue/model.js";

/** A catalogue whose bounds beyond 2^53 are decimal text. */
export interface SentCatalogue extends Omit<Catalogue, "fields"> {
  readonly fields: readonly SentField[];
}

type SentField =
  UnionField | (Omit<StoredField, "range"> & { readonly range?: readonly [number, number | string] });

/** What is sent as JSON. */
export function sentCatalogue(catalogue: Catalogue): SentCatalogue {
  const fields = catalogue.fields.map((field): SentField => {
    if (field.kind === "union" || field.range === undefined) return field as SentField;
    const [low, high] = field.range;
    return { ...field, range: [low, typeof high === "bigint" ? String(high) : high] };
  });
  return { ...catalogue, fields };
}

/** The catalogue that was sent. */
export function receivedCatalogue(sent: SentCatalogue): Catalogue {
  const fields = sent.fields.map((field): Field => {
    if (field.kind === "union") return field;
    const { range, ...rest } = field;
    if (range === undefined) return rest;
    const [low, high] = range;
    return { ...rest, range: [low, typeof high === "string" ? BigInt(high) : high] };
  });
  return { ...sent, fields };
}
