/** What a restricted view of a store admits. */
import type { FilterOptions } from "../../compiler/compile.js";
import type { FilterPart } from "../../compiler/compose.js";

/** What a view admits. */
export interface Restriction {
  readonly filter: FilterPart;
  readonly options: FilterOptions;
}
