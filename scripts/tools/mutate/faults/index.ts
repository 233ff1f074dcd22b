/** The faults that `npm run mutate` plants, one at a time. */
import { EVALUATE_FAULTS } from "./evaluate.js";
import type { Fault } from "./fault.js";
import { GRAMMAR_FAULTS } from "./grammar.js";
import { LOWER_FAULTS } from "./lower.js";
import { MAPPING_FAULTS } from "./mapping.js";
import { PASSES_FAULTS } from "./passes.js";
import { RESOLVE_FAULTS } from "./resolve.js";
import { STORAGE_FAULTS } from "./storage.js";
import { VALUES_FAULTS } from "./values.js";

export type { Area, Fault } from "./fault.js";

/** All of them, from the text of a filter to the pages of a search. */
export const FAULTS: readonly Fault[] = [
  ...GRAMMAR_FAULTS,
  ...RESOLVE_FAULTS,
  ...PASSES_FAULTS,
  ...LOWER_FAULTS,
  ...EVALUATE_FAULTS,
  ...VALUES_FAULTS,
  ...MAPPING_FAULTS,
  ...STORAGE_FAULTS,
];
