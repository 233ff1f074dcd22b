/** Restricted regular expressions: one tree, printed for PostgreSQL and matched in memory with the same meaning. */
export { parseRegex, REGEX_LIMITS } from "./regex-parse.js";
export { regexMatcher } from "./regex-match.js";
export { regexToPostgres } from "./regex-postgres.js";
export type { Regex } from "./regex-tree.js";
