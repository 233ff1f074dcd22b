/** `idea-eventstore`: the event store, and the filter language over it. */
export * from "../../compiler/index.js";
export { parseSyntaxJson, syntaxToJson } from "../../grammar/json.js";
export { renderDiagnostics } from "../../grammar/render.js";
export * from "../postgres/errors.js";
export { DatabaseSourceError } from "../server/index.js";
export { eventToRow, type EventRow } from "../events/row.js";
export { IdeaError } from "../events/idea-error.js";
export { recordToIdea, type IdeaEvent } from "../events/idea-event.js";
export { recordToIdeaGhost } from "../events/ghost.js";
export { readEventItems, readEvents, type ReadItem } from "../events/read-events.js";
export { withRaw, type RawEvent } from "./insert/encode.js";
export { buildQuery, type BuiltQuery, type QueryType } from "./legacy/legacy-query.js";
export { close, EventStorageServiceManager, init, manager, service, setManager } from "./legacy/manager.js";
export type {
  ManagerConfiguration,
  MentatConfiguration,
  MentatConnection,
} from "./legacy/mentat-configuration.js";
export { mogrify } from "./legacy/mogrify.js";
export { openStorage } from "./open.js";
export type * from "./types.js";
export type { CatalogueNames } from "../client.js";
