/** What each operation takes: its arguments in order, then its options. From plain JavaScript nothing else gets through. */
import {
  anything,
  callback,
  checkArgument,
  checkOptions,
  columnText,
  date,
  either,
  flag,
  isPlain,
  listOf,
  oneOf,
  record,
  shown,
  text,
  unknownOption,
  type Check,
} from "../../../compiler/values/checks.js";
import { argumentError } from "../../../compiler/values/errors.js";
import type { Catalogue } from "../../../compiler/catalogue/model.js";
import type { EventOperations, EventStorage } from "../types.js";
import * as options from "./options.js";
import { withoutParameters, type GivenOptions } from "./search-parameters.js";

type Parameter = readonly [name: string, check: Check, optional?: "optional"];

/** How an operation is called. */
interface Signature {
  /** The arguments in their order, before the options. */
  readonly parameters: readonly Parameter[];
  /** What one object in their place may hold, and the options after it: the operation can be called with names as well as by position. */
  readonly named?: Pick<Signature, "parameters" | "options">;
  readonly options: Readonly<Record<string, Check>>;
  /** A wrong call of what gives a promise rejects, of what gives an iterable fails at its first item, of what gives a value throws. */
  readonly gives?: "iterable" | "value";
  /** Options that have to be given, and so the options themselves. */
  readonly required?: readonly string[];
}

const seconds: Check = (value) =>
  typeof value === "number" && Number.isFinite(value) && value >= 0 ? null : "a number of seconds";

const source: Check = (value) =>
  typeof value === "object" && value !== null && (Symbol.iterator in value || Symbol.asyncIterator in value)
    ? null
    : "a list or another iterable of events";

const list: Check = (value) => (Array.isArray(value) ? null : "a list of values");

const KEYS = either(columnText, listOf(columnText, "such texts"));

const THRESHOLDED: readonly Parameter[] = [
  ["eventId", columnText],
  ["key", KEYS],
  ["group", columnText],
  ["severity", columnText],
  ["createTime", date],
];

const THRESHOLD: readonly Parameter[] = [
  ["key", KEYS],
  ["thresholdTime", date],
  ["relapseTime", date],
  ["ttl", date],
];

const TIME = ["ttl", date] as const;
const ID = ["id", text] as const;
const FIELD = ["field", text] as const;

/** Of what a store and a transaction offer. */
export const OPERATIONS: Readonly<Record<keyof EventOperations, Signature>> = {
  insertEvent: { parameters: [["event", anything]], options: options.INSERT },
  insertEvents: { parameters: [["events", source]], options: options.BULK },
  fetchEvent: { parameters: [ID], options: options.FETCH },
  deleteEvent: { parameters: [ID], options: options.CALL },
  countEvents: { parameters: [], options: options.COUNT },
  searchEvents: { parameters: [], options: options.SEARCH },
  streamEvents: { parameters: [], options: options.STREAM, gives: "iterable" },
  streamEventIds: { parameters: [], options: options.STREAM_IDS, gives: "iterable" },
  deleteEvents: { parameters: [], options: options.DELETE },
  aggregateEvents: { parameters: [], options: options.AGGREGATE, required: ["by"] },
  timelineEvents: { parameters: [], options: options.TIMELINE },
  pivotEvents: { parameters: [], options: options.PIVOT, required: ["row", "column"] },
  summarizeEvents: { parameters: [], options: options.SUMMARY, required: ["by"] },
  distinctValues: { parameters: [FIELD], options: options.FILTERED },
  refresh: { parameters: [], options: options.REFRESH },
  searchColumnWith: {
    parameters: [FIELD, ["aggregate", oneOf("min", "max"), "optional"]],
    options: options.FILTERED,
  },
  watchdogEvents: { parameters: [["interval", seconds]], options: options.CALL },
  tableCleanup: { parameters: [["table", text], ["column", text], TIME], options: options.CALL },
  thresholdSet: {
    parameters: THRESHOLD,
    named: { parameters: [...THRESHOLD, ["label", columnText, "optional"]], options: options.CALL },
    options: options.THRESHOLD,
  },
  thresholdCheck: { parameters: [["key", either(text, listOf(text, "texts"))], TIME], options: options.CALL },
  thresholdSave: {
    parameters: THRESHOLDED,
    named: {
      parameters: [...THRESHOLDED, ["target", flag, "optional"], ["shadow", flag, "optional"]],
      options: options.CALL,
    },
    options: options.WITHHELD,
  },
  thresholdsCount: { parameters: [], options: options.CALL },
  thresholdsClean: { parameters: [TIME], options: options.CALL },
  thresholdedEventsCount: { parameters: [], options: options.CALL },
  thresholdedEventsClean: { parameters: [], options: options.CLEAN_THRESHOLDED },
  searchRelapsedEvents: {
    parameters: [["group", text], ["severity", text], TIME],
    options: options.RELAPSES,
  },
  expireThresholds: { parameters: [["time", date]], options: options.EXPIRE },
  query: {
    parameters: [
      ["text", text],
      ["values", list, "optional"],
    ],
    options: options.QUERY,
  },
  transaction: { parameters: [["work", callback]], options: options.TRANSACTION },
};

type StoreOnly = Exclude<keyof EventStorage, keyof EventOperations | "description" | "filterOptions">;

/** Of what only a store offers. */
export const STORE_OPERATIONS: Readonly<Record<StoreOnly, Signature>> = {
  compile: { parameters: [["filter", text]], options: {}, gives: "value" },
  restricted: {
    parameters: [
      ["filter", options.filterArgument],
      ["args", record, "optional"],
    ],
    options: {},
    gives: "value",
  },
  databaseCreate: { parameters: [], options: options.CREATE },
  verify: { parameters: [], options: options.VERIFY },
  databaseDrop: { parameters: [], options: options.CALL },
  indexCreate: { parameters: [], options: options.INDEXES },
  indexDrop: { parameters: [], options: options.INDEXES },
  mergePartitions: { parameters: [], options: options.MERGE_PARTITIONS },
  splitPartitions: { parameters: [], options: options.SPLIT_PARTITIONS },
  archivePartitions: { parameters: [], options: options.ARCHIVE, required: ["before", "write"] },
  rolesCreate: { parameters: [], options: options.ROLES },
  tableStatus: {
    parameters: [
      ["table", text],
      ["column", text, "optional"],
    ],
    options: options.CALL,
  },
  databaseStatus: { parameters: [], options: options.DATABASE_STATUS },
  queriesStatus: { parameters: [], options: options.STATUS },
  queryStatus: { parameters: [["name", text]], options: options.STATUS },
  queryCancel: { parameters: [["name", text]], options: options.STATUS },
  mogrify: {
    parameters: [
      ["text", text],
      ["values", list, "optional"],
    ],
    options: {},
    gives: "value",
  },
  close: { parameters: [], options: {} },
};

/**
 * The arguments to call the operation with: those given, with search parameters taken apart.
 *
 * @throws DataError `argument_invalid` for the first argument or option that is wrong
 */
function checkedCall(
  operation: string,
  signature: Signature,
  given: readonly unknown[],
  catalogue: Catalogue,
): readonly unknown[] {
  const { required = [], named } = signature;
  const [first] = given;
  const byName = named !== undefined && isPlain(first);
  if (byName) checkNamed(operation, named.parameters, first);
  else
    for (const [position, parameter] of signature.parameters.entries())
      checkParameter(operation, parameter, given[position]);
  const parameters = byName ? 1 : signature.parameters.length;
  const known = byName ? named.options : signature.options;
  checkOptions(operation, given[parameters], known);
  const last = withoutParameters(operation, given[parameters] as GivenOptions, known, catalogue);
  for (const name of required)
    if (last?.[name] === undefined) throw argumentError(operation, `the option "${name}" has to be given`);
  const beyond = given.slice(parameters + 1).find((value) => value !== undefined);
  if (beyond !== undefined)
    throw argumentError(
      operation,
      `it takes ${parameters + 1} arguments at most; ${shown(beyond)} is one too many`,
    );
  return last === given[parameters] ? given : given.with(parameters, last);
}

function checkNamed(
  operation: string,
  parameters: readonly Parameter[],
  given: Readonly<Record<string, unknown>>,
): void {
  const known = parameters.map(([name]) => name);
  for (const key of Object.keys(given)) if (!known.includes(key)) throw unknownOption(operation, key, known);
  for (const parameter of parameters) checkParameter(operation, parameter, given[parameter[0]]);
}

function checkParameter(operation: string, [name, check, optional]: Parameter, value: unknown): void {
  if (optional === undefined || value !== undefined) checkArgument(operation, name, value, check);
}

const SIGNATURES: Readonly<Record<string, Signature>> = { ...OPERATIONS, ...STORE_OPERATIONS };

type Method = (...given: readonly unknown[]) => unknown;

/**
 * The same operations, which refuse a wrong call before they do anything, and take search parameters by the names of the catalogue. Members without a
 * signature stay as they are.
 */
export function withCheckedCalls<T extends object>(operations: T, catalogue: Catalogue): T {
  const checked = Object.entries(operations).map(([name, member]: [string, unknown]) => {
    const signature = Object.hasOwn(SIGNATURES, name) ? SIGNATURES[name] : undefined;
    return [
      name,
      signature === undefined || typeof member !== "function"
        ? member
        : checkedMethod(name, signature, member as Method, catalogue),
    ] as const;
  });
  return Object.fromEntries(checked) as T;
}

function checkedMethod(
  operation: string,
  signature: Signature,
  method: Method,
  catalogue: Catalogue,
): Method {
  return (...given) => {
    let call: readonly unknown[];
    try {
      call = checkedCall(operation, signature, given, catalogue);
    } catch (error) {
      if (signature.gives === "value") throw error;
      return signature.gives === "iterable" ? failing(error) : rejecting(error);
    }
    // What works on a part of the store, or within a transaction, is checked like the store.
    if (operation === "restricted") return withCheckedCalls(method(...call) as object, catalogue);
    return method(
      ...(operation === "transaction" ? [checkingWork(call[0], catalogue), ...call.slice(1)] : call),
    );
  };
}

function checkingWork(work: unknown, catalogue: Catalogue): Method {
  return (inner) => (work as Method)(withCheckedCalls(inner as object, catalogue));
}

async function rejecting(error: unknown): Promise<never> {
  throw error;
}

/** An iterable that fails at its first item, as one does whose filter doesn't compile. */
async function* failing(error: unknown): AsyncGenerator<never, void, undefined> {
  throw error;
}
