/**
 * The table of diagnostics: each code once, with what it means, its messages with their parameters, and an example that a test compiles.
 * E… are errors, W… warnings, L… notes, C… changes of meaning by a conversion. A code keeps its meaning for ever: programs look it up.
 */
import { CONVERSION_CODES } from "./codes/conversions.js";
import { FILTER_CODES } from "./codes/filters.js";

export {
  problem,
  type CodedMessage,
  type CodeParameters,
  type DiagnosticCode,
  type MessageKey,
} from "./codes/problem.js";

/** Each code. Marked as pure, so that a page that only reads filters is bundled without the codes of conversions. */
export const CODES = /* @__PURE__ */ Object.assign({}, FILTER_CODES, CONVERSION_CODES);

/** All codes, in the order of the reference. */
export const CODE_NAMES = /* @__PURE__ */ Object.keys(CODES) as readonly (keyof typeof CODES)[];
