/**
 * A view of a store in which nothing outside a filter can be seen or changed: the place of a tenant's limits, or of a policy on TLP.
 *
 * It goes through the operations of the store. Those that take a filter get it narrowed, and what has no meaning within a filter is refused, as its
 * row says; of any other operation it has to be said here what it means.
 */
import { andFilters, composeFilter, type Filter, type FilterPart } from "../../compiler/compose.js";
import { IDEA_CATALOGUE } from "../../compiler/catalogue/idea.js";
import type { StorageRoles } from "../../compiler/catalogue/model.js";
import { DataError } from "../postgres/errors.js";
import type { CallOptions } from "../postgres/statement.js";
import { checked, readArgs } from "./filter-argument.js";
import { refusedMethods, type OperationRow } from "./operation-row.js";
import { OPERATIONS, type EventOperations } from "./operations.js";
import type { Restriction } from "./restriction.js";
import { restrictedInsert, restrictedInserts } from "./restricted-insert.js";
import { UPKEEP, type EventStorage } from "./storage.js";
import type { DeleteOptions, FilterArgument } from "./types/events.js";

/**
 * The store as far as the filter reaches; restricting a view narrows it further. Operations that have no meaning within a filter (thresholds,
 * raw queries, upkeep, schema) are refused. `close()` of a view leaves the store open.
 *
 * @throws FilterError when the filter does not compile
 * @throws DataError when the filter is none, or an argument is missing or of the wrong type
 */
export function restrictStorage(
  storage: EventStorage,
  filter: Filter,
  args: FilterArgument["args"] = {},
): EventStorage {
  const restriction: Restriction = {
    filter: { filter, args: readArgs(args) },
    options: storage.filterOptions,
  };
  // What is wrong with the filter or its arguments is to be found now, not at the first search.
  checked(() => {
    const { compiled, args: bound } = composeFilter(andFilters(restriction.filter), {}, restriction.options);
    compiled.sql(bound);
  });
  return {
    ...restrictOperations(storage, restriction),
    ...refusedMethods(UPKEEP, "restricted", refusal),
    description: storage.description,
    filterOptions: storage.filterOptions,
    compile: (text) => storage.compile(text),
    restricted: (further, given) =>
      restrictStorage(
        storage,
        andFilters(restriction.filter, { filter: further, args: readArgs(given ?? {}) }),
      ),
    mogrify: (text, values) => storage.mogrify(text, values),
    close: async () => undefined,
  };
}

/** The operations of a store or transaction within the restriction. */
function restrictOperations(operations: EventOperations, restriction: Restriction): EventOperations {
  const within = <O extends FilterArgument>(options: O): O => narrowed(options, restriction.filter);
  const idField = rolesOf(restriction).id;
  const one = (id: string): FilterArgument => within({ filter: `${idField} = $id`, args: { id } });
  return {
    ...refusedMethods(OPERATIONS, "restricted", refusal),
    ...narrowedMethods(operations, within),
    insertEvent: restrictedInsert(operations, restriction),
    insertEvents: restrictedInserts(operations, restriction),
    fetchEvent: (async (id: string, { raw, ...options }: FetchOptions = {}) => {
      const search = { ...options, ...one(id), limit: 1 };
      const { events } =
        raw === true
          ? await operations.searchEvents({ ...search, raw })
          : await operations.searchEvents(search);
      return events[0] ?? null;
    }) as EventOperations["fetchEvent"],
    deleteEvent: async (id, options = {}) => (await operations.deleteEvents({ ...options, ...one(id) })) > 0,
    deleteEvents: async (options: DeleteOptions = {}) => {
      refuseEverything(options, restriction);
      const { all: _, ...rest } = options;
      return operations.deleteEvents(within(rest));
    },
    watchdogEvents: async (interval, options = {}) => {
      const since = new Date(Date.now() - interval * 1000);
      const recent = { filter: `${rolesOf(restriction).stored} > $since`, args: { since } };
      return (await operations.searchEvents({ ...options, ...within(recent), limit: 1 })).events.length > 0;
    },
    transaction: (work, options) =>
      operations.transaction((inner) => work(restrictOperations(inner, restriction)), options),
  };
}

/** The operations that take a filter among their options. */
type FilteredOperation = {
  [Name in keyof typeof OPERATIONS]: (typeof OPERATIONS)[Name]["options"] extends Pick<
    OperationRow["options"],
    "filter"
  >
    ? Name
    : never;
}[keyof typeof OPERATIONS];

type Method = (...given: readonly unknown[]) => unknown;

/** The operations that take a filter, with that filter narrowed. */
function narrowedMethods(
  operations: EventOperations,
  within: (options: FilterArgument) => FilterArgument,
): Pick<EventOperations, FilteredOperation> {
  const narrowed = Object.entries(OPERATIONS).flatMap(([name, row]: [string, OperationRow]) => {
    if (!("filter" in row.options)) return [];
    const method = Reflect.get(operations, name) as Method;
    const call: Method = (...given) => {
      const before = row.parameters.map((_, position) => given[position]);
      return method(...before, within(given[before.length] ?? {}));
    };
    return [[name, call] as const];
  });
  return Object.fromEntries(narrowed) as Pick<EventOperations, FilteredOperation>;
}

type FetchOptions = CallOptions & { readonly raw?: boolean };

/** The options with a filter that both the restriction and the caller's own have to meet. */
function narrowed<O extends FilterArgument>(options: O, restriction: FilterPart): O {
  const { filter = "", args } = options;
  // The arguments of the call stay those of the caller's filter alone: the restriction has its own.
  return { ...options, filter: andFilters(restriction, filter), args };
}

const refusal = (operation: string, reason: string): DataError =>
  new DataError(`${operation} ${reason}`, { operation });

/** Within a view, too, deleting everything has to be said. */
function refuseEverything({ filter = "", args, all }: DeleteOptions, { options }: Restriction): void {
  if (all === true) return;
  const { condition } = checked(() => composeFilter(andFilters({ filter, args }), {}, options)).compiled;
  if (condition.kind === "constant" && condition.value)
    throw new DataError(
      "deleteEvents: this would delete every event of the view; give a filter that is not always true, or { all: true }",
      { operation: "deleteEvents" },
    );
}

/** The fields that the store rests on. */
function rolesOf({ options: { catalogue = IDEA_CATALOGUE } }: Restriction): StorageRoles {
  const { roles } = catalogue.table;
  if (roles !== undefined) return roles;
  throw new DataError(`restricted: catalogue "${catalogue.name}" names no field for the id (table.roles)`, {
    operation: "restricted",
  });
}
