/** A client of the language server, by the library that editors use, over streams in this process. */
import { mkdtemp, mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { PassThrough } from "node:stream";
import { pathToFileURL } from "node:url";
import {
  createProtocolConnection,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  InitializedNotification,
  InitializeRequest,
  PublishDiagnosticsNotification,
  ShowMessageNotification,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
  type ClientCapabilities,
  type Diagnostic,
  type InitializeResult,
  type Position,
  type ProtocolConnection,
  type Range,
} from "vscode-languageserver-protocol/node";
import { startLanguageServer, type ServerOptions } from "../../../scripts/editor/server/main.js";

/** A folder with files, and a server that looks at it. */
export interface EditorClient {
  readonly folder: string;
  readonly initialized: InitializeResult;
  readonly connection: ProtocolConnection;
  readonly uri: (name: string) => string;
  /** Opens a document; resolves with the diagnostics of this version. */
  readonly open: (name: string, text: string, languageId?: string) => Promise<readonly Diagnostic[]>;
  /** Replaces a part, or the whole; resolves with the diagnostics of the new version. */
  readonly change: (name: string, text: string, range?: Range) => Promise<readonly Diagnostic[]>;
  readonly close: (name: string) => Promise<void>;
  /** The diagnostics of a version of a document. Versions sent by other means than {@link change} are counted from there. */
  readonly arrived: (name: string, version: number) => Promise<readonly Diagnostic[]>;
  /** The diagnostics of a document as soon as they are others than now; the same may be published any number of times before. */
  readonly changed: (name: string) => Promise<readonly Diagnostic[]>;
  /** The diagnostics of a document that were published last. */
  readonly published: (name: string) => readonly Diagnostic[] | undefined;
  readonly messages: readonly string[];
  readonly dispose: () => Promise<void>;
}

/** What differs from a plain editor. */
export interface ClientWorld {
  readonly files?: Readonly<Record<string, string>>;
  readonly capabilities?: ClientCapabilities;
  readonly initializationOptions?: unknown;
  readonly server?: Partial<ServerOptions>;
}

/** What the protocol wants to be said although it is out of date. */
const NO_ROOT = { rootUri: null };

const DEFAULTS: ServerOptions = {
  overrides: {},
  trusted: false,
  loadCatalogue: () => Promise.reject(new Error("no catalogue was expected")),
  version: "1.2.3",
};

interface Published {
  readonly version: number | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Starts a server in this process and a client of it. */
export async function editorClient(world: ClientWorld = {}): Promise<EditorClient> {
  const folder = await mkdtemp(join(tmpdir(), "eventstore-editor-"));
  for (const [name, text] of Object.entries(world.files ?? {})) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  const [toServer, toClient] = [new PassThrough(), new PassThrough()];
  const stop = new AbortController();
  const server = startLanguageServer(
    { input: toServer, output: toClient, stop: stop.signal },
    { ...DEFAULTS, ...world.server },
  );
  const connection = createProtocolConnection(
    new StreamMessageReader(toClient),
    new StreamMessageWriter(toServer),
  );
  const inbox = createInbox(connection);
  connection.listen();
  const initialized = await connection.sendRequest(InitializeRequest.type, {
    processId: null,
    ...NO_ROOT,
    workspaceFolders: [{ uri: pathToFileURL(folder).href, name: "project" }],
    capabilities: world.capabilities ?? {},
    initializationOptions: world.initializationOptions,
  });
  await connection.sendNotification(InitializedNotification.type, {});
  const uri = (name: string): string => pathToFileURL(join(folder, name)).href;
  return {
    folder,
    initialized,
    connection,
    uri,
    ...documentsOf(connection, uri, inbox),
    messages: inbox.messages,
    dispose: async () => {
      await connection.sendRequest(ShutdownRequest.type);
      connection.dispose();
      stop.abort();
      await server;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

interface Inbox {
  readonly messages: string[];
  readonly latest: Map<string, Published>;
  readonly until: (uri: string, arrived: (published: Published) => boolean) => Promise<Published>;
}

function createInbox(connection: ProtocolConnection): Inbox {
  const latest = new Map<string, Published>();
  const messages: string[] = [];
  const waiting = new Set<() => void>();
  connection.onNotification(PublishDiagnosticsNotification.type, ({ uri, version, diagnostics }) => {
    latest.set(uri, { version, diagnostics });
    for (const look of [...waiting]) look();
  });
  connection.onNotification(ShowMessageNotification.type, ({ message }) => void messages.push(message));
  const until: Inbox["until"] = (uri, arrived) =>
    new Promise((resolve) => {
      const look = (): void => {
        const published = latest.get(uri);
        if (published === undefined || !arrived(published)) return;
        waiting.delete(look);
        resolve(published);
      };
      waiting.add(look);
      look();
    });
  return { messages, latest, until };
}

function documentsOf(connection: ProtocolConnection, uri: (name: string) => string, inbox: Inbox) {
  const versions = new Map<string, number>();
  const publishedAs = async (address: string, version: number) => {
    versions.set(address, version);
    return (await inbox.until(address, (one) => one.version === version)).diagnostics;
  };
  const arrived: EditorClient["arrived"] = (name, version) => publishedAs(uri(name), version);
  const open: EditorClient["open"] = async (name, text, languageId = "plaintext") => {
    const address = uri(name);
    versions.set(address, 1);
    await connection.sendNotification(DidOpenTextDocumentNotification.type, {
      textDocument: { uri: address, languageId, version: 1, text },
    });
    return publishedAs(address, 1);
  };
  const change: EditorClient["change"] = async (name, text, range) => {
    const address = uri(name);
    const version = (versions.get(address) ?? 0) + 1;
    versions.set(address, version);
    await connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri: address, version },
      contentChanges: [range === undefined ? { text } : { range, text }],
    });
    return publishedAs(address, version);
  };
  const close: EditorClient["close"] = async (name) => {
    const address = uri(name);
    await connection.sendNotification(DidCloseTextDocumentNotification.type, {
      textDocument: { uri: address },
    });
    await inbox.until(address, ({ version }) => version === undefined);
  };
  const changed: EditorClient["changed"] = async (name) => {
    const before = JSON.stringify(published(name));
    return (await inbox.until(uri(name), (now) => JSON.stringify(now.diagnostics) !== before)).diagnostics;
  };
  const published: EditorClient["published"] = (name) => inbox.latest.get(uri(name))?.diagnostics;
  return { open, change, close, arrived, changed, published };
}

/** The position of the `occurrence`-th place of a piece of text, from 0, at its start. */
export function positionOf(text: string, piece: string, occurrence = 0): Position {
  let offset = -1;
  for (let count = 0; count <= occurrence; count++) offset = text.indexOf(piece, offset + 1);
  if (offset < 0) throw new Error(`"${piece}" is not in the text`);
  const before = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: before.length - 1, character: before.at(-1)!.length };
}

/** The text of a range. */
export function textIn(text: string, { start, end }: Range): string {
  const lines = text.split(/\r\n|\r|\n/);
  if (start.line !== end.line) throw new Error("a range on one line is expected");
  return (lines[start.line] ?? "").slice(start.character, end.character);
}
