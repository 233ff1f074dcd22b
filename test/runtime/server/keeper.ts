/**
 * A process that opens the database of a data folder and keeps it until it is told to end: the other side of the life-cycle tests.
 * Arguments: source, data folder. Prints one line of JSON: the connection string, or the error's code and message.
 */
import { DatabaseSourceError, openDatabase, type SourceKind } from "../../../runtime/server/index.js";

const [source, dataDir] = process.argv.slice(2);
try {
  const database = await openDatabase({ source: source as SourceKind, dataDir });
  console.log(JSON.stringify({ connectionString: database.connectionString }));
  setInterval(() => undefined, 60_000);
} catch (error) {
  if (!(error instanceof DatabaseSourceError)) throw error;
  console.log(JSON.stringify({ code: error.code, message: error.message }));
}
