/** Where the database comes from: a URL, PostgreSQL with ip4r on this machine, a container, or the embedded server. */
export { compatSchema, compatSearchPath, compatSql } from "./sql/compat.js";
export { DatabaseSourceError, type DatabaseSourceErrorCode } from "./errors.js";
export { openDatabase } from "./open-database.js";
export { prepareDatabase, type PreparedDatabase } from "./prepare.js";
export { redactUrl } from "./redact.js";
export {
  serverStatus,
  startServer,
  stopServer,
  type ServerInformation,
  type ServerStatus,
  type SharedServerOptions,
  type StartedServer,
  type StoppedServer,
} from "./shared-server.js";
export {
  sourceKinds,
  type DatabaseHandle,
  type OpenDatabaseOptions,
  type ProgressListener,
  type SourceKind,
} from "./types.js";
