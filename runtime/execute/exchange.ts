/**
 * One exchange with the server: protocol messages written at once, ended by one Sync, answered as a whole.
 *
 * `pg` sends one statement per Sync. Here several go together: they are one round trip and, outside a transaction block, one implicit
 * transaction (PostgreSQL manual, "Pipelining"), so that a setting made locally for a statement ends with it. Rows stay the text that
 * came over the wire. The messages are plain data; this is the only file that speaks to `pg` below its query API, by the interface that
 * pg-cursor and pg-copy-streams use too (`submit` and the `handle…` methods).
 */
import type { ClientBase, Connection, FieldDef, Submittable } from "pg";
import type { WireRow, WireValue } from "../statement.js";

/** A message of the extended query protocol. The empty name means the unnamed statement or portal. */
export type Message =
  | { readonly kind: "close"; readonly statement: string }
  | { readonly kind: "parse"; readonly statement: string; readonly text: string }
  | {
      readonly kind: "bind";
      readonly statement: string;
      readonly portal: string;
      readonly values: readonly WireValue[];
    }
  | { readonly kind: "describe"; readonly portal: string }
  /** `maxRows` 0 fetches all. */
  | { readonly kind: "execute"; readonly portal: string; readonly maxRows: number };

/** What one `execute` gave. */
export interface Reply {
  /** Command tag without the count; empty for an empty statement and for a suspended portal. */
  readonly command: string;
  /** Count of the command tag; null when it has none. */
  readonly rowCount: number | null;
  /** Columns, when the portal was described. */
  readonly fields: readonly FieldDef[];
  readonly rows: readonly WireRow[];
  /** The portal has more rows. */
  readonly suspended: boolean;
}

/** An exchange under way. */
export interface Exchange {
  /** One reply per `execute`. Rejects with the server's or the socket's error, once the server is ready again or gone. */
  readonly replies: Promise<readonly Reply[]>;
  /** False while nothing was written: an exchange that failed so had no effect whatever it contains. */
  readonly sent: () => boolean;
}

/** The messages of a statement that is parsed without a name, bound and executed. */
export function unnamed(text: string, values: readonly WireValue[] = []): readonly Message[] {
  return [
    { kind: "parse", statement: "", text },
    { kind: "bind", statement: "", portal: "", values },
    { kind: "execute", portal: "", maxRows: 0 },
  ];
}

/** Sends messages and a Sync. The client must be idle and without `pipeline`. */
export function exchange(client: ClientBase, messages: readonly Message[]): Exchange {
  let sent = false;
  const replies = new Promise<readonly Reply[]>((resolve, reject) => {
    const collector = createCollector();
    let wire: Wire | null = null;
    const submittable: Submittable & Handlers = {
      submit(connection) {
        sent = true;
        wire = wireOf(connection);
        write(wire, messages);
      },
      ...collector.handlers,
      handleReadyForQuery: () => resolve(collector.replies),
      // pg forgets the active query with the error, before ReadyForQuery; the connection is usable, or known to be lost, only after it.
      handleError: (error) =>
        wire === null || !fromServer(error) ? reject(error) : settleAfter(wire, () => reject(error)),
      // Its data would have to come before the Sync that is already written; there is no way back but to hang up.
      handleCopyInResponse: (connection) => {
        reject(new Error("COPY FROM STDIN can't be run as a query; insert lists of values by unnest"));
        wireOf(connection).stream.destroy();
      },
      handleCopyData: () => undefined,
    };
    client.query(submittable);
  });
  return { replies, sent: () => sent };
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
  bind(message: { portal: string; statement: string; values: readonly WireValue[] }): void;
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

const COMMAND_TAG = /^([A-Z]+(?: [A-Z]+)*)(?: \d+)?? ?(\d+)?$/u;

function createCollector(): {
  readonly replies: Reply[];
  readonly handlers: Pick<
    Handlers,
    | "handleRowDescription"
    | "handleDataRow"
    | "handleCommandComplete"
    | "handlePortalSuspended"
    | "handleEmptyQuery"
  >;
} {
  const replies: Reply[] = [];
  let fields: readonly FieldDef[] = [];
  let rows: WireRow[] = [];
  const finish = (command: string, rowCount: number | null, suspended: boolean): void => {
    replies.push({ command, rowCount, fields, rows, suspended });
    fields = [];
    rows = [];
  };
  return {
    replies,
    handlers: {
      handleRowDescription: (message) => void (fields = message.fields),
      handleDataRow: (message) => void rows.push(message.fields),
      handleCommandComplete: (message) => {
        const tag = COMMAND_TAG.exec(message.text);
        finish(tag?.[1] ?? message.text, tag?.[2] === undefined ? null : Number(tag[2]), false);
      },
      handlePortalSuspended: () => finish("", null, true),
      handleEmptyQuery: () => finish("", null, false),
    },
  };
}
