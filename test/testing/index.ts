/**
 * `idea-eventstore/testing`: what packages test their own filters, catalogues and stores with.
 *
 * Arbitraries for fast-check (an optional peer dependency that whoever imports this has installed): events, address ranges,
 * filters that compile and texts that need not; {@link referenceMatch}, a second implementation of the filter language that the
 * compiler's is held against; {@link testDatabase}, an empty database for one test. Nothing here knows a test runner.
 */
export { expectAgreement, type AgreementOptions } from "./agreement.js";
export { catalogues, type CatalogueOptions, type CatalogueWithTable } from "./catalogues.js";
export {
  catalogueEvents,
  events,
  ideaEvents,
  type CatalogueEventOptions,
  type EventKind,
  type EventOptions,
  type JsonEvent,
} from "./events.js";
export { filters, filterCalls, filterSyntaxes, type CatalogueArgument, type FilterCall } from "./filters.js";
export { filterTexts } from "./filter-texts.js";
export { ipRanges, type IpRangeOptions } from "./ip-ranges.js";
export { POOL_NOW } from "./pool.js";
export { storeModel, type ModelledStore, type StoreModel, type StoreModelOptions } from "./store-model.js";
export { referenceMatch, referenceMatcher, type ReferenceOptions } from "./reference-match.js";
export { tableStatements, type TableOptions } from "../../compiler/schema/searched-table.js";
export { testDatabase, type TestDatabase, type TestDatabaseOptions } from "./test-database.js";
