/**
 * One exchange with the server: protocol messages written at once, ended by one Sync, answered as a whole.
 *
 * `pg` sends one statement per Sync. Here several go together: they are one round trip and, outside a transaction block, one implicit
 * transaction (PostgreSQL manual, "Pipelining"), so that a setting made locally for a statement ends with it. Rows stay the text that
 * came over the wire. The messages are plain data; this is the only file that speaks to `pg` below its query API, by the interface that
 * pg-cursor and pg-copy-streams use too (`submit` and the `handle…` methods).
 */
import type { ClientBase, Connection, FieldDef, Submittable } from "pg";
import type { SentValue, WireRow, WireValue } from "./statement.js";

/** A message of the extended query protocol. The empty name means the unnamed statement or portal. */
export type Message =
  | { readonly kind: "close"; readonly statement: string }
  | { readonly kind: "parse"; readonly statement: string; readonly text: string }
  | {
      readonly kind: "bind";
      readonly statement: string;
      readonly portal: string;
      readonly values: readonly SentValue[];
    }
  | { readonly kind: "describe"; readonly portal: string }
  /** `maxRows` 0 fetches all. */
  | {
      readonly kind: "execute";
      readonly portal: string;
      readonly maxRows: number;
      readonly decode?: DecodeRow | undefined;
    };

/** Maps a row while the server is still busy with the next ones. */
export type DecodeRow = (row: WireRow) => unknown;

/** Rows as a {@link DecodeRow} gave them, up to the first that it threw for. */
export interface DecodedRows {
  readonly rows: unknown[];
  readonly failure: { readonly error: unknown } | null;
}

/** What one `execute` gave. */
export interface Reply {
  /** Command tag without the count; empty for an empty statement and for a suspended portal. */
  readonly command: string;
  /** Count of the command tag; null when it has none. */
  readonly rowCount: number | null;
  /** Columns, when the portal was described. */
  readonly fields: readonly FieldDef[];
  readonly rows: readonly WireRow[];
  /** Instead of `rows` where the message said how to decode them. */
  readonly decoded: DecodedRows | null;
  /** The portal has more rows. */
  readonly suspended: boolean;
}

/** An exchange failed before anything was written, so that it had no effect whatever it contains. The `cause` says why. */
export class UnsentError extends Error {
  override readonly name = "UnsentError";
}

/** The messages of a statement that is parsed without a name, bound and executed. */
export function unnamed(text: string, values: readonly SentValue[] = []): readonly Message[] {
  return [
    { kind: "parse", statement: "", text },
    { kind: "bind", statement: "", portal: "", values },
    { kind: "execute", portal: "", maxRows: 0 },
  ];
}

/**
 * Sends messages and a Sync; one reply per `execute`. The client must be idle and without `pipeline`. Rejects with the server's or the
 * socket's error once the server is ready again or gone, with UnsentError when nothing was written.
 */
export function exchange(client: ClientBase, messages: readonly Message[]): Promise<readonly Reply[]> {
  return new Promise((resolve, reject) => void client.query(new Conversation(messages, resolve, reject)));
}

/** The callbacks of `pg` on its active query. */
interface Handlers {
  handleRowDescription(message: { fields: FieldDef[] }): void;
  handleDataRow(message: { fields: WireValue[] }): void;
  handleCommandComplete(message: { text: string }): void;
  handlePortalSuspended(): void;
  handleEmptyQuery(): void;
  handleReadyForQuery(): void;
  handleError(error: Error): void;
  handleCopyInResponse(connection: Connection): void;
  handleCopyData(): void;
}

/** The part of pg's connection that is used. @types/pg leaves out or mistypes half of it (`rows` as text, a second argument). */
interface Wire {
  readonly stream: { cork(): void; uncork(): void; destroy(): void };
  parse(message: { name: string; text: string }): void;
  bind(message: { portal: string; statement: string; values: readonly SentValue[] }): void;
  describe(message: { type: "P"; name: string }): void;
  execute(message: { portal: string; rows: number }): void;
  close(message: { type: "S"; name: string }): void;
  sync(): void;
  once(event: "readyForQuery" | "end", listener: () => void): void;
  off(event: "readyForQuery" | "end", listener: () => void): void;
}

function wireOf(connection: Connection): Wire {
  return connection as unknown as Wire;
}

function write(wire: Wire, messages: readonly Message[]): void {
  wire.stream.cork();
  try {
    for (const message of messages) writeMessage(wire, message);
  } finally {
    wire.sync();
    wire.stream.uncork();
  }
}

function writeMessage(wire: Wire, message: Message): void {
  switch (message.kind) {
    case "close":
      return wire.close({ type: "S", name: message.statement });
    case "parse":
      return wire.parse({ name: message.statement, text: message.text });
    case "bind":
      return wire.bind({ portal: message.portal, statement: message.statement, values: message.values });
    case "describe":
      return wire.describe({ type: "P", name: message.portal });
    case "execute":
      return wire.execute({ portal: message.portal, rows: message.maxRows });
  }
}

const NO_FIELDS: readonly FieldDef[] = [];

/** What `pg` holds as its active query: writes the messages, gathers the replies. A class, for one is made for every call. */
class Conversation implements Submittable, Handlers {
  /** Set by \`pg\` where the client has a \`query_timeout\`: stops that clock. */
  callback?: () => void;
  readonly #messages: readonly Message[];
  readonly #resolve: (replies: readonly Reply[]) => void;
  readonly #reject: (error: unknown) => void;
  readonly #replies: Reply[] = [];
  #wire: Wire | null = null;
  readonly #decoders: readonly (DecodeRow | undefined)[];
  #fields = NO_FIELDS;
  #rows: WireRow[] = [];
  #decoded: unknown[] = [];
  #failure: DecodedRows["failure"] = null;

  constructor(
    messages: readonly Message[],
    resolve: (replies: readonly Reply[]) => void,
    reject: (error: unknown) => void,
  ) {
    this.#messages = messages;
    this.#decoders = messages.flatMap((message) => (message.kind === "execute" ? [message.decode] : []));
    this.#resolve = resolve;
    this.#reject = reject;
  }

  submit(connection: Connection): void {
    this.#wire = wireOf(connection);
    write(this.#wire, this.#messages);
  }

  handleRowDescription(message: { fields: FieldDef[] }): void {
    this.#fields = message.fields;
  }

  handleDataRow({ fields }: { fields: WireValue[] }): void {
    const decode = this.#decoders[this.#replies.length];
    if (decode === undefined) this.#rows.push(fields);
    else if (this.#failure === null) this.#decode(decode, fields);
  }

  /** An error of the mapper must not reach the socket's listener that brought the row. */
  #decode(decode: DecodeRow, row: WireRow): void {
    try {
      this.#decoded.push(decode(row));
    } catch (error) {
      this.#failure = { error };
    }
  }

  handleCommandComplete(message: { text: string }): void {
    const { command, rowCount } = readTag(message.text);
    this.#finish(command, rowCount, false);
  }

  handlePortalSuspended(): void {
    this.#finish("", null, true);
  }

  handleEmptyQuery(): void {
    this.#finish("", null, false);
  }

  handleReadyForQuery(): void {
    this.callback?.();
    this.#resolve(this.#replies);
  }

  /** pg forgets the active query with the error, before ReadyForQuery; the connection is usable, or known to be lost, only after it. */
  handleError(error: Error): void {
    this.callback?.();
    if (this.#wire === null) this.#reject(new UnsentError(error.message, { cause: error }));
    else if (fromServer(error)) settleAfter(this.#wire, () => this.#reject(error));
    else this.#reject(error);
  }

  /** Its data would have to come before the Sync that is already written; there is no way back but to hang up. */
  handleCopyInResponse(connection: Connection): void {
    this.#reject(new Error("COPY FROM STDIN can't be run as a query; insert lists of values by unnest"));
    wireOf(connection).stream.destroy();
  }

  handleCopyData(): void {}

  #finish(command: string, rowCount: number | null, suspended: boolean): void {
    const isDecoded = this.#decoders[this.#replies.length] !== undefined;
    const decoded = isDecoded ? { rows: this.#decoded, failure: this.#failure } : null;
    this.#replies.push({ command, rowCount, fields: this.#fields, rows: this.#rows, decoded, suspended });
    this.#fields = NO_FIELDS;
    this.#rows = [];
    this.#decoded = [];
    this.#failure = null;
  }
}

/** A command tag: `SELECT 3`, `INSERT 0 3` (the 0 was once an object id), `CREATE TABLE`. */
function readTag(tag: string): Pick<Reply, "command" | "rowCount"> {
  const space = tag.lastIndexOf(" ");
  const rowCount = space < 0 ? NaN : Number(tag.slice(space + 1));
  if (Number.isNaN(rowCount)) return { command: tag, rowCount: null };
  return { command: tag.startsWith("INSERT ") ? "INSERT" : tag.slice(0, space), rowCount };
}

/** Server errors carry a severity; errors of the socket and of pg itself don't. */
function fromServer(error: Error): boolean {
  return "severity" in error;
}

function settleAfter(wire: Wire, settle: () => void): void {
  const done = (): void => {
    wire.off("readyForQuery", done);
    wire.off("end", done);
    settle();
  };
  wire.once("readyForQuery", done);
  wire.once("end", done);
}
