/** The options of every operation, each with a check of its value: what is not here is no option. `satisfies` keeps the lists complete. */
import {
  abortSignal,
  callback,
  columnText,
  date,
  either,
  flag,
  listOf,
  milliseconds,
  isPlain,
  objectOf,
  oneOf,
  record,
  someText,
  text,
  wholeNumber,
  type Check,
  type OptionChecks,
} from "../../../compiler/values/checks.js";
import { isComposed } from "../../../compiler/compose.js";
import { isSaved } from "../../../compiler/saved-filter.js";
import { DAYS_AHEAD } from "../../../compiler/schema/day.js";
import type { QueryOptions, StatusOptions, TransactionOptions } from "../../postgres/session.js";
import type { CallOptions } from "../../postgres/statement.js";
import { MAX_LISTED_VALUES } from "../rollups/limits.js";
import { WIDTHS } from "../schema/widths.js";
import type { AggregateOptions, PivotOptions, SummaryOptions, TimelineOptions } from "../types/dashboards.js";
import type {
  BulkOptions,
  CountOptions,
  DeleteOptions,
  FilterArgument,
  InsertOptions,
  SearchOptions,
  StreamEventsOptions,
  StreamIdsOptions,
} from "../types/events.js";
import type { PoolSettings, StorageOptions } from "../types/storage-options.js";
import type {
  ExpireOptions,
  RelapseOptions,
  ThresholdOptions,
  WithheldOptions,
} from "../types/thresholds.js";
import type {
  ArchiveOptions,
  CreateOptions,
  IndexOptions,
  PartitionOptions,
  RefreshOptions,
  RolesOptions,
  VerifyOptions,
} from "../types/upkeep.js";

const WHOLE = wholeNumber(0, Number.MAX_SAFE_INTEGER);
/** Events of one page. */
const PAGE = wholeNumber(1, 100_000);
/** Most values that an operation returns. */
const VALUES = wholeNumber(1, 10_000);
/** Values by which a timeline is split. */
const SPLIT = wholeNumber(1, 1000);
/** Panels of one summary: a dashboard has some 20. */
const MAX_PANELS = 64;

/** A filter as text, compiled, composed, or generated from a file. */
export const filterArgument: Check = (value) =>
  typeof value === "string" || isComposed(value) || isSaved(value) || isCompiled(value)
    ? null
    : 'a filter such as "severity >= high", a compiled, a composed or a generated one';

/** Values for the placeholders of a statement. */
export const statementValues: Check = (value) => (Array.isArray(value) ? null : "a list of values");

/** Also one that another copy of this package compiled. */
const isCompiled = (value: unknown): boolean =>
  isPlain(value) &&
  isPlain(value["condition"]) &&
  isPlain(value["catalogue"]) &&
  typeof value["sql"] === "function";

/** A time as text or Date. Which texts are times is for the operation to say. */
const time = either(date, text);

/** Of every operation. */
export const CALL = {
  signal: abortSignal,
  timeoutMs: milliseconds,
  name: text,
} satisfies OptionChecks<CallOptions>;

/** Of every operation with a filter. */
export const FILTERED = {
  filter: filterArgument,
  args: record,
  parameters: record,
  ...CALL,
} satisfies OptionChecks<FilterArgument & CallOptions>;

/** Of operations that have no name themselves. */
export const STATUS = {
  signal: abortSignal,
  timeoutMs: milliseconds,
} satisfies OptionChecks<StatusOptions>;

/** Of searchEvents. */
export const SEARCH = {
  ...FILTERED,
  sort: text,
  limit: PAGE,
  // The `next` of the last page is null: a loop over pages may begin with null as well.
  after: (value) => (value === null ? null : text(value)),
  page: wholeNumber(1, 2 ** 32 - 1),
  total: flag,
  ghost: flag,
  raw: flag,
} satisfies OptionChecks<SearchOptions>;

/** Of streamEvents. */
export const STREAM = { ...FILTERED, sort: text, raw: flag } satisfies OptionChecks<StreamEventsOptions>;

/** Of streamEventIds. */
export const STREAM_IDS = FILTERED satisfies OptionChecks<StreamIdsOptions>;

/** Of fetchEvent. */
export const FETCH = { ...CALL, raw: flag } satisfies OptionChecks<CallOptions & { readonly raw?: boolean }>;

/** Of insertEvent. */
export const INSERT = {
  ...CALL,
  onConflict: oneOf("error", "ignore"),
  raw: text,
} satisfies OptionChecks<InsertOptions>;

/** Of insertEvents. */
export const BULK = {
  ...CALL,
  onProgress: callback,
  onConflict: oneOf("ignore", "error"),
  concurrency: wholeNumber(1, 64),
} satisfies OptionChecks<BulkOptions>;

/** Of countEvents. */
export const COUNT = { ...FILTERED, approximate: flag } satisfies OptionChecks<CountOptions>;

/** Of deleteEvents. */
export const DELETE = {
  ...FILTERED,
  all: flag,
  batch: wholeNumber(1, 1_000_000),
} satisfies OptionChecks<DeleteOptions>;

/** Of aggregateEvents. */
export const AGGREGATE = {
  ...FILTERED,
  by: text,
  limit: VALUES,
  remainder: flag,
} satisfies OptionChecks<AggregateOptions>;

/** Fields of several panels. */
const panels: Check = (value) =>
  Array.isArray(value) && value.length > 0 && value.length <= MAX_PANELS
    ? listOf(text, "names of fields")(value)
    : `a list of 1 to ${MAX_PANELS} fields`;

/** Of summarizeEvents. */
export const SUMMARY = {
  ...FILTERED,
  by: panels,
  limit: VALUES,
  remainder: flag,
} satisfies OptionChecks<SummaryOptions>;

/** Of pivotEvents. */
export const PIVOT = {
  ...FILTERED,
  row: text,
  column: text,
  limit: VALUES,
  residuals: flag,
} satisfies OptionChecks<PivotOptions>;

/** Of timelineEvents. */
export const TIMELINE = {
  ...FILTERED,
  from: time,
  to: time,
  step: either(text, wholeNumber(1, 999_999_999)),
  by: (value) => (Array.isArray(value) ? panels(value) : text(value)),
  limit: SPLIT,
  field: text,
  timeZone: text,
} satisfies OptionChecks<TimelineOptions>;

/** Of refresh. */
export const REFRESH = {
  ...CALL,
  ahead: wholeNumber(0, DAYS_AHEAD),
  top: wholeNumber(1, MAX_LISTED_VALUES),
} satisfies OptionChecks<RefreshOptions>;

/** Of thresholdedEventsClean. */
export const CLEAN_THRESHOLDED = { ...CALL, keep: oneOf("relapse", "threshold") } satisfies OptionChecks<
  CallOptions & { readonly keep?: "relapse" | "threshold" }
>;

/** Of thresholdSet by position. */
export const THRESHOLD = { ...CALL, label: columnText } satisfies OptionChecks<ThresholdOptions>;

/** Of thresholdSave by position. */
export const WITHHELD = { ...CALL, target: flag, shadow: flag } satisfies OptionChecks<WithheldOptions>;

/** Of expireThresholds. */
export const EXPIRE = { ...CALL, all: flag } satisfies OptionChecks<ExpireOptions>;

/** Of searchRelapsedEvents. */
export const RELAPSES = { ...EXPIRE, target: flag, shadow: flag } satisfies OptionChecks<RelapseOptions>;

/** Of query. */
export const QUERY = { ...CALL, operation: text, idempotent: flag } satisfies OptionChecks<QueryOptions>;

/** Of transaction. */
export const TRANSACTION = {
  isolation: oneOf("read committed", "repeatable read", "serializable"),
  readOnly: flag,
  deferrable: flag,
  retry: either(flag, wholeNumber(0, 1_000_000)),
  signal: abortSignal,
  timeoutMs: milliseconds,
} satisfies OptionChecks<TransactionOptions>;

/** How a new store is spread: over a cluster of Citus. */
const distributed: Check = (value) => {
  if (value === "citus") return null;
  return isPlain(value) && isPlain(value["citus"])
    ? objectOf({ citus: objectOf({ shards: wholeNumber(1, 1_000) }) })(value)
    : '"citus" or { citus: { shards } }, of which shards may be left out';
};

/** Of databaseCreate. */
export const CREATE = {
  ...CALL,
  distributed,
  partitions: oneOf(...WIDTHS),
  dryRun: flag,
  onProgress: callback,
} satisfies OptionChecks<CreateOptions>;

const PARTITIONS = { ...CALL, from: date, to: date, onProgress: callback };

/** Of archivePartitions. */
export const ARCHIVE = {
  ...STATUS,
  before: date,
  write: callback,
  onProgress: callback,
} satisfies OptionChecks<ArchiveOptions>;

/** Of partitionsMerge. */
export const MERGE_PARTITIONS = {
  ...PARTITIONS,
  width: oneOf("week", "month"),
} satisfies OptionChecks<PartitionOptions<"week" | "month">>;

/** Of partitionsSplit. */
export const SPLIT_PARTITIONS = {
  ...PARTITIONS,
  width: oneOf("day", "week"),
} satisfies OptionChecks<PartitionOptions<"day" | "week">>;

/** Of indexCreate and indexDrop. */
export const INDEXES = {
  ...CALL,
  concurrently: flag,
  onProgress: callback,
} satisfies OptionChecks<IndexOptions>;

/** Of verify. */
export const VERIFY = {
  ...STATUS,
  repair: flag,
  onProgress: callback,
} satisfies OptionChecks<VerifyOptions>;

/** Of rolesCreate. */
export const ROLES = { ...CALL, prefix: text } satisfies OptionChecks<RolesOptions>;

/** Of databaseStatus. */
export const DATABASE_STATUS = { ...CALL, brief: flag } satisfies OptionChecks<
  CallOptions & { readonly brief?: boolean }
>;

const POOL = {
  max: wholeNumber(1, 10_000),
  acquireTimeoutMs: milliseconds,
  statementBudget: WHOLE,
} satisfies OptionChecks<PoolSettings>;

/** Whether a pool is given by its settings. An application's has methods. */
export function isPoolSettings(pool: unknown): pool is PoolSettings {
  return isPlain(pool) && !("connect" in pool) && !("query" in pool);
}

/** What an application's pool has to be is checked apart, where the reason can be said. */
const pool: Check = (value) =>
  typeof value === "object" && value !== null && !isPoolSettings(value) ? null : objectOf(POOL)(value);

/** Longest name that PostgreSQL keeps, in bytes: it cuts the rest off in silence, and two names would be one. */
const MAX_NAME_BYTES = 63;

/** A schema that a store can have. `$user` within a search path is that of the user, quoted or not. */
const schemaName: Check = (value) =>
  typeof value === "string" &&
  value !== "" &&
  columnText(value) === null &&
  Buffer.byteLength(value) <= MAX_NAME_BYTES &&
  !/^(pg_|information_schema$|\$user$)/u.test(value)
    ? null
    : `the name of a schema, of at most ${MAX_NAME_BYTES} bytes and not one of the server's own`;

/** Of {@link openStorage}. */
export const STORAGE = {
  connectionString: someText,
  embedded: either(flag, objectOf({ dataDir: someText })),
  dataDir: someText,
  readFrom: listOf(someText, "addresses of standbys"),
  maxLagMs: milliseconds,
  schema: schemaName,
  pool,
  password: either(text, callback),
  ssl: either(flag, record),
  pooler: oneOf("none", "session", "transaction"),
  missing: oneOf("create", "refuse"),
  statements: oneOf("named", "unnamed"),
  timeoutMs: milliseconds,
  catalogue: record,
  client: record,
  sets: record,
  filters: record,
  timeZone: text,
  eventFormat: oneOf("deflate", "plain"),
  readOnly: flag,
  onEvent: callback,
  onProgress: callback,
} satisfies OptionChecks<StorageOptions>;
