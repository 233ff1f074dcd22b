/** The public types of the storage service: what {@link EventStorage} offers, takes and returns. */
export type { EventStorage } from "./storage.js";
export type { EventOperations } from "./operations.js";
export type * from "./types/storage-options.js";
export type * from "./types/events.js";
export type * from "./types/dashboards.js";
export type * from "./types/thresholds.js";
export type * from "./types/upkeep.js";
