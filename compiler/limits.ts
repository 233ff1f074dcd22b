/** Limits of the compiler beyond those of the grammar. They bound the work that one filter text can cause. */
import { DEFAULT_SYNTAX_LIMITS, type SyntaxLimits } from "../grammar/limits.js";

export interface CompilerLimits extends SyntaxLimits {
  /** Wildcards (`*`, `?`) in one glob pattern. */
  readonly maxWildcards: number;
}

export const DEFAULT_LIMITS: CompilerLimits = { ...DEFAULT_SYNTAX_LIMITS, maxWildcards: 8 };
