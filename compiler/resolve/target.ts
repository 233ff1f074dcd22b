/** The left-hand side of a test, resolved. */
import type { FunctionName } from "../../grammar/functions.js";
import type { Operator } from "../../grammar/operators.js";
import type { WordNormalisation } from "../values/normalise.js";
import { normalisationOf } from "../catalogue/column-types.js";
import type { Enumeration, FieldType, StoredField } from "../catalogue/model.js";

/** What a test is about. */
export interface Target {
  /** As shown in messages: `source.ip`, `count(source.ip)`. */
  readonly name: string;
  readonly fields: readonly StoredField[];
  readonly list: boolean;
  readonly func: FunctionName | null;
  /** Type of the value that is compared: of the function's result where there is a function. */
  readonly type: FieldType;
  readonly operators: readonly Operator[];
  readonly enumeration: Enumeration | undefined;
  /** Smallest and largest whole number. */
  readonly range: StoredField["range"];
  /** Well-known words for numbers. */
  readonly words: StoredField["words"];
  /** The value is always there. */
  readonly required: boolean;
}

/** How the words of the target are normalised: of a union, as those of its first field. */
export function normalisationOfTarget({
  fields: [field],
}: Pick<Target, "fields">): WordNormalisation | undefined {
  return field && normalisationOf(field);
}

/** How the words of the other fields of a union are normalised, where that differs from the first: a word is looked for in each spelling. */
export function furtherNormalisations(target: Pick<Target, "fields">): readonly WordNormalisation[] {
  const first = normalisationOfTarget(target);
  const others = target.fields.flatMap((field) => normalisationOf(field) ?? []);
  return [...new Set(others)].filter((normalisation) => normalisation !== first);
}
