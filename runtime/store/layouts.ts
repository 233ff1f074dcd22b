/** The operations of a store in the layout that its database remembers: on one server, or spread over the workers of a Citus cluster. */
import type { Catalogue } from "../../compiler/catalogue/model.js";
import { storeTables } from "../../compiler/catalogue/tables.js";
import type { Session } from "../postgres/session.js";
import type { Signature } from "./operation-row.js";
import { OPERATIONS } from "./operations.js";
import { otherLayout, presentLayout } from "./schema/layout.js";

/** The operations of one layout. */
type Operations<T> = () => T;

/** The operations of each layout; those that are spread are made when they are needed. */
export interface Layouts<T> {
  readonly oneServer: T;
  readonly spread: Operations<T>;
}

/** The operations of a store, each in the layout of the database. */
export interface ByLayout<T> {
  readonly operations: T;
  /** Asks the database, so that the first call need not. A database that gives no answer is asked again by that call. */
  readonly ask: () => Promise<void>;
}

/** What can be done with a store whatever its layout is: SQL of the caller's, and dropping it. */
const OF_ANY_LAYOUT: ReadonlySet<string> = new Set(["query", "databaseDrop"]);

/**
 * The operations in the layout of the database, which is asked for it once; where no store is there, with each call until one is. What a call gives
 * step by step (a stream) asks with its first step.
 */
export function byLayout<T extends object>(
  session: Session,
  catalogue: Catalogue,
  { oneServer, spread }: Layouts<T>,
): ByLayout<T> {
  let known: T | null = null;
  const find = async (operation?: string): Promise<T> => {
    const tables = storeTables(catalogue);
    const layout = await presentLayout(session, tables);
    if (layout === null) return oneServer;
    if (layout === "other") {
      if (operation !== undefined && OF_ANY_LAYOUT.has(operation)) return oneServer;
      throw otherLayout(operation ?? "openStorage", tables);
    }
    return (known = layout === "citus" ? spread() : oneServer);
  };
  const methods = Object.entries(oneServer).map(([name, method]: [string, unknown]) => {
    if (typeof method !== "function") return [name, method];
    const call = (operations: T, given: readonly unknown[]): unknown =>
      (operations[name as keyof T] as (...given: readonly unknown[]) => unknown)(...given);
    async function* steps(given: readonly unknown[]): AsyncGenerator<unknown, void, undefined> {
      yield* call(await find(name), given) as AsyncIterable<unknown>;
    }
    const isStream = SIGNATURES[name]?.gives === "iterable";
    return [
      name,
      (...given: readonly unknown[]) => {
        if (known !== null) return call(known, given);
        return isStream ? steps(given) : find(name).then((operations) => call(operations, given));
      },
    ];
  });
  return {
    operations: Object.fromEntries(methods) as T,
    ask: async () => {
      await find().catch(() => undefined);
    },
  };
}

const SIGNATURES: Readonly<Record<string, Signature | undefined>> = OPERATIONS;
