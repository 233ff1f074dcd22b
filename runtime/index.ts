/**
 * `idea-eventstore/runtime`: executes prepared statements on PostgreSQL. It knows no IDEA, no catalogue and no filter language.
 */
export * from "./postgres/errors.js";
export type * from "./postgres/statement.js";
export type * from "./postgres/session.js";
export {
  statementTemplate,
  wire,
  type Catalogue,
  type CatalogueNames,
  type GeneratedClient,
} from "./client.js";
export { savedFilter } from "./saved-filter.js";
export type { FilterDefinitionOptions, FilterTarget, SavedFilter } from "./saved-filter.js";
export type { FilterDefinition } from "../compiler/saved-filter.js";
export type { IpRange } from "../compiler/values/ip-read.js";
export { openExecutor } from "./postgres/executor.js";
export { createGroupCommit } from "./postgres/group-commit.js";
export type { GroupCommit, GroupCommitOptions } from "./postgres/group-commit.js";
export { runBulk } from "./postgres/bulk.js";
export type { BulkOptions, BulkResult, BulkStep, Outcome, Prepared } from "./postgres/bulk.js";
