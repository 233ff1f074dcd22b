/** The faults that `npm run mutate` plants, one at a time. */
import { EVALUATE_FAULTS } from "./evaluate.js";
import type { Fault } from "./fault.js";
import { FEEDS_FAULTS } from "./feeds.js";
import { FORMS_FAULTS } from "./forms.js";
import { GRAMMAR_FAULTS } from "./grammar.js";
import { KIT_FAULTS } from "./kit.js";
import { LOWER_FAULTS } from "./lower.js";
import { MAPPING_FAULTS } from "./mapping.js";
import { OPERATORS_FAULTS } from "./operators.js";
import { PASSES_FAULTS } from "./passes.js";
import { RESOLVE_FAULTS } from "./resolve.js";
import { STORAGE_FAULTS } from "./storage.js";
import { TABLES_FAULTS } from "./tables.js";
import { VALUES_FAULTS } from "./values.js";

export { AREAS, type Area, type Fault } from "./fault.js";

/** All of them, from the text of a filter to the pages of a search. */
export const FAULTS: readonly Fault[] = [
  ...GRAMMAR_FAULTS,
  ...RESOLVE_FAULTS,
  ...PASSES_FAULTS,
  ...LOWER_FAULTS,
  ...EVALUATE_FAULTS,
  ...VALUES_FAULTS,
  ...FORMS_FAULTS,
  ...MAPPING_FAULTS,
  ...FEEDS_FAULTS,
  ...STORAGE_FAULTS,
  ...TABLES_FAULTS,
  ...OPERATORS_FAULTS,
  ...KIT_FAULTS,
];
