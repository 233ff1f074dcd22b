/** The codes of filters: the only ones with messages in the table, so that a page that only reads filters has no others. */
import { LINT_CODES } from "./lints.js";
import { NAME_CODES } from "./names.js";
import { SYNTAX_CODES } from "./syntax.js";
import { VALUE_CODES } from "./values.js";

/** Each code of a filter. */
export const FILTER_CODES = { ...SYNTAX_CODES, ...NAME_CODES, ...VALUE_CODES, ...LINT_CODES } as const;
