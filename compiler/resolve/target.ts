/** The left-hand side of a test, resolved. */
import type { FunctionName } from "../../grammar/functions.js";
import type { Operator } from "../../grammar/operators.js";
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
