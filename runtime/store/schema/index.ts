/** Creating, changing and dropping the schema of the store, its indexes and its day partitions, over a session. */
export { databaseCreate, type CreateSchemaOptions } from "./create.js";
export { databaseDrop } from "./drop.js";
export {
  adoptDays,
  dropPartitionsBefore,
  ensureDays,
  roomForDays,
  strayDays,
  type DroppedPartition,
  type EnsuredDays,
  type EnsureDaysOptions,
} from "./days.js";
export { indexCreate, indexDrop } from "./indexes.js";
export { mergePartitions, splitPartitions } from "./change-partitions.js";
