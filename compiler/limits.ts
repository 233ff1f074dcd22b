/** Limits of the compiler beyond those of the grammar. They bound the work that one filter text can cause. */
import { defaultLimits, type SyntaxLimits } from "../grammar/limits.js";

/** How large a filter may become while it is compiled. */
export interface CompilerLimits extends SyntaxLimits {
  /** Wildcards (`*`, `?`) in one glob pattern. */
  readonly maxWildcards: number;
}

/** The grammar's limits and 8 wildcards a pattern. */
export const DEFAULT_LIMITS: CompilerLimits = { ...defaultLimits, maxWildcards: 8 };
