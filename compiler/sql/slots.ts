/** Slots of statements, as the features declare them. */
import type {
  ChoiceSlotSpec,
  EachSlotSpec,
  NumberSlotSpec,
  InstantSlotSpec,
  TableSlotSpec,
  TemplateSpec,
} from "./template.js";

/** A slot for one of some texts; slots of one list have the same name of it. */
export function choice(of: string, texts: Readonly<Record<string, string>>): ChoiceSlotSpec {
  return { kind: "choice", of, texts };
}

/** A slot for any number of pieces. */
export function each(
  separator: string,
  parts: Readonly<Record<string, TemplateSpec | string>>,
): EachSlotSpec {
  const templates = Object.entries(parts).map(([name, part]) => [
    name,
    typeof part === "string" ? { text: part } : part,
  ]);
  return { kind: "each", separator, parts: Object.fromEntries(templates) as EachSlotSpec["parts"] };
}

/** A slot for the name of a table. */
export const TABLE: TableSlotSpec = { kind: "table" };

/** A slot for a whole number. */
export const NUMBER: NumberSlotSpec = { kind: "number" };

/** A slot for an instant. */
export const INSTANT: InstantSlotSpec = { kind: "instant" };
