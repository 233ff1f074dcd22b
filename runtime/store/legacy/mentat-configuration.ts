/** The core configuration of Mentat, as far as it says where the events are. */
import {
  checkOptions,
  isPlain,
  someText,
  wholeNumber,
  either,
  shown,
} from "../../../compiler/values/checks.js";
import { argumentError } from "../../../compiler/values/errors.js";
import type { StorageOptions } from "../types/storage-options.js";

/** Where Mentat's database is, by libpq's names. */
export interface MentatConnection {
  /** Name of the database. */
  readonly dbname?: string | undefined;
  /** Role to connect as. */
  readonly user?: string | undefined;
  /** Password of the role. */
  readonly password?: string | undefined;
  /** A name, an address, or the folder of a socket. */
  readonly host?: string | undefined;
  /** 5432 when absent. */
  readonly port?: number | string | undefined;
}

const KEY = "__core__database";

/** Mentat's core configuration; what it says of other things is not looked at. */
export interface MentatConfiguration {
  /** The part on databases, of which the event storage's is read. */
  readonly __core__database: { readonly eventstorage: MentatConnection };
}

/** The configuration of a manager: our options, or Mentat's. */
export type ManagerConfiguration = StorageOptions | MentatConfiguration;

const CONNECTION = {
  dbname: someText,
  user: someText,
  password: someText,
  host: someText,
  port: either(someText, wholeNumber(1, 65_535)),
};

/**
 * The options that a configuration and its updates come to; of Mentat's the entries of `eventstorage` are merged.
 *
 * @throws DataError `argument_invalid` where Mentat's configuration names no database, or has an entry that is none of libpq's
 */
export function managerOptions(
  operation: string,
  configuration: ManagerConfiguration,
  updates: ManagerConfiguration,
): StorageOptions {
  if (!isMentat(configuration) && !isMentat(updates)) return { ...configuration, ...updates };
  const connection = { ...connectionOf(operation, configuration), ...connectionOf(operation, updates) };
  checkOptions(`${operation}: ${KEY}.eventstorage`, connection, CONNECTION);
  if (connection.dbname === undefined && connection.host === undefined)
    throw argumentError(operation, `${KEY}.eventstorage names neither dbname nor host`);
  const { password } = connection;
  const connectionString = ["host", "port", "dbname", "user"]
    .flatMap((name) => {
      const value = connection[name];
      return typeof value === "string" || typeof value === "number"
        ? [`${name}='${quoted(String(value))}'`]
        : [];
    })
    .join(" ");
  return {
    ...(isMentat(configuration) ? {} : configuration),
    ...(isMentat(updates) ? {} : updates),
    connectionString,
    ...(typeof password === "string" ? { password } : {}),
  };
}

function isMentat(configuration: ManagerConfiguration): configuration is MentatConfiguration {
  return isPlain(configuration) && Object.hasOwn(configuration, KEY);
}

function connectionOf(
  operation: string,
  configuration: ManagerConfiguration,
): Readonly<Record<string, unknown>> {
  if (!isMentat(configuration)) return {};
  const section: unknown = configuration[KEY];
  const connection: unknown = isPlain(section) ? section["eventstorage"] : undefined;
  // To libpq, an empty text is as good as none; the JSON of a configuration may have null.
  if (isPlain(connection))
    return Object.fromEntries(
      Object.entries(connection).filter(([, value]) => value !== "" && value !== null),
    );
  throw argumentError(
    operation,
    `${KEY} has to be { eventstorage: { dbname, user, password, host, port } }, not ${shown(section)}`,
  );
}

const quoted = (value: string): string => value.replace(/[\\']/g, "\\$&");
