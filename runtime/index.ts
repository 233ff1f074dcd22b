/**
 * `idea-eventstore/runtime`: executes prepared statements on PostgreSQL. It knows no IDEA, no catalogue and no filter language.
 */
export * from "./errors.js";
export type * from "./statement.js";
export type * from "./execute/session.js";
export { savedFilter } from "./saved-filter.js";
export type {
  FilterDefinition,
  FilterPage,
  FilterPageOptions,
  FoundEvent,
  SavedFilter,
  StoreTexts,
} from "./saved-filter.js";
export type { IpRange } from "./codecs/ip-read.js";
export { openExecutor } from "./execute/executor.js";
export { createGroupCommit } from "./execute/group-commit.js";
export type { GroupCommit, GroupCommitOptions } from "./execute/group-commit.js";
export { runBulk } from "./execute/bulk.js";
export type { BulkOptions, BulkProgress, BulkResult, Outcome, Prepared } from "./execute/bulk.js";
