/** Calls are checked against the table of operations before anything is done: from plain JavaScript nothing else gets through. */
import {
  checkArgument,
  checkOptions,
  isPlain,
  shown,
  unknownOption,
} from "../../../compiler/values/checks.js";
import { argumentError } from "../../../compiler/values/errors.js";
import { FilterError } from "../../../grammar/filter-error.js";
import { EventStorageError, oneLine } from "../../postgres/errors.js";
import type { Catalogue } from "../../../compiler/catalogue/model.js";
import type { Parameter, Signature } from "../operation-row.js";
import { OPERATIONS } from "../operations.js";
import { STORE_METHODS, UPKEEP } from "../storage.js";
import { withoutParameters, type GivenOptions } from "./search-parameters.js";

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
  const byPosition = byName ? [{ ...first }, ...given.slice(1)] : given;
  if (byName) checkNamed(operation, named.parameters, byPosition[0] as typeof first);
  else
    for (const [position, parameter] of signature.parameters.entries())
      checkParameter(operation, parameter, given[position]);
  const parameters = byName ? 1 : signature.parameters.length;
  const known = byName ? named.options : signature.options;
  const options = readOptions(given[parameters], known);
  checkOptions(operation, options, known);
  const last = withoutParameters(operation, options as GivenOptions, known, catalogue);
  for (const name of required)
    if (last?.[name] === undefined) throw argumentError(operation, `the option "${name}" has to be given`);
  const beyond = given.slice(parameters + 1).find((value) => value !== undefined);
  if (beyond !== undefined)
    throw argumentError(
      operation,
      `it takes ${parameters + 1} arguments at most; ${shown(beyond)} is one too many`,
    );
  return last === given[parameters] ? byPosition : byPosition.with(parameters, last);
}

/** The options as they are now: what is checked is what is used, whatever their members are computed from, and whomever they are inherited from. */
function readOptions(given: unknown, known: Signature["options"]): unknown {
  if (!isPlain(given)) return given;
  const inherited = Object.keys(known).filter((key) => key in given && !Object.hasOwn(given, key));
  return Object.fromEntries([
    ...Object.entries(given),
    ...inherited.map((key) => [key, given[key]] as const),
  ]);
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

const SIGNATURES: Readonly<Record<string, Signature>> = { ...OPERATIONS, ...UPKEEP, ...STORE_METHODS };

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
    } catch (reason) {
      const error = isOurs(reason) ? reason : unreadable(operation, reason);
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

function isOurs(error: unknown): boolean {
  return error instanceof EventStorageError || error instanceof FilterError;
}

/** What can't even be looked at is a wrong argument as well: members that throw when they are read, a proxy that was revoked. */
function unreadable(operation: string, reason: unknown): Error {
  const said = reason instanceof Error ? oneLine(reason.message) : "it throws what is no error";
  return argumentError(operation, `an argument can't be read: ${said}`, reason);
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
