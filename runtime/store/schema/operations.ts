/** Creating, changing and dropping what the store is made of: the operations, how they are called, and their methods. */
import type { CallOptions } from "../../postgres/statement.js";
import * as checks from "../arguments/options.js";
import { UNFILTERED, type OperationRows } from "../operation-row.js";
import type { UpkeepScope } from "../scope.js";
import type {
  CreateOptions,
  IndexOptions,
  PartitionOptions,
  PartitionReport,
  SchemaReport,
} from "../types/upkeep.js";
import {
  databaseCreate,
  databaseDrop,
  indexCreate,
  indexDrop,
  mergePartitions,
  splitPartitions,
} from "./index.js";

/** What only a store offers: its tables, indexes and partitions. */
export interface SchemaUpkeep {
  /**
   * Creates the tables and indexes of the store, or brings those of an older version up to date. Does nothing when they are.
   *
   * @throws EventStorageError `object_missing` when ip4r cannot be installed, `schema_foreign` when the names belong to something else
   */
  databaseCreate(options?: CreateOptions): Promise<SchemaReport>;
  /** Drops the tables of the store with all events. */
  databaseDrop(options?: CallOptions): Promise<SchemaReport>;
  /** Creates the indexes that are missing. With `concurrently` writers are not blocked. */
  indexCreate(options?: IndexOptions): Promise<SchemaReport>;
  /** Drops the indexes of the events, for a bulk load; searches without them read whole days. */
  indexDrop(options?: IndexOptions): Promise<SchemaReport>;
  /** Puts narrow partitions of past weeks or months together, beside ingest and searches; the months when no width is given. */
  mergePartitions(options?: PartitionOptions<"week" | "month">): Promise<PartitionReport>;
  /** Takes wide partitions of the past apart, likewise; into days when no width is given. */
  splitPartitions(options?: PartitionOptions<"day" | "week">): Promise<PartitionReport>;
}

/** How they are called. */
export const SCHEMA_UPKEEP = {
  databaseCreate: {
    runsOn: "primary",
    restricted: UNFILTERED,
    foreign: "its schema belongs to what keeps it",
    parameters: [],
    options: checks.CREATE,
  },
  databaseDrop: {
    runsOn: "primary",
    restricted: UNFILTERED,
    foreign: "its schema belongs to what keeps it",
    parameters: [],
    options: checks.CALL,
  },
  indexCreate: {
    runsOn: "primary, after a patient look",
    restricted: UNFILTERED,
    foreign: "its indexes belong to what keeps it",
    parameters: [],
    options: checks.INDEXES,
  },
  indexDrop: {
    runsOn: "primary, after a patient look",
    restricted: UNFILTERED,
    foreign: "its indexes belong to what keeps it",
    parameters: [],
    options: checks.INDEXES,
  },
  mergePartitions: {
    runsOn: "primary, after a patient look",
    restricted: UNFILTERED,
    foreign: "its partitions belong to what keeps it",
    parameters: [],
    options: checks.MERGE_PARTITIONS,
  },
  splitPartitions: {
    runsOn: "primary, after a patient look",
    restricted: UNFILTERED,
    foreign: "its partitions belong to what keeps it",
    parameters: [],
    options: checks.SPLIT_PARTITIONS,
  },
} as const satisfies OperationRows<SchemaUpkeep>;

/** Their methods. */
export function schemaUpkeep({ changing }: UpkeepScope): SchemaUpkeep {
  return {
    databaseCreate: changing(databaseCreate),
    databaseDrop: changing(databaseDrop),
    indexCreate: changing(indexCreate),
    indexDrop: changing(indexDrop),
    mergePartitions: changing(mergePartitions),
    splitPartitions: changing(splitPartitions),
  };
}
