/** The language server: answers an editor over one connection. */
import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Catalogue } from "../../../compiler/catalogue/model.js";
import { readSource } from "../names.js";
import {
  concernsProject,
  createProjectReader,
  type Project,
  type ProjectOverrides,
  type ProjectReader,
} from "../project.js";
import { codeActionsOf, diagnosticsOf, encodingDiagnostics } from "./diagnostics.js";
import { completionsAt, TRIGGER_CHARACTERS } from "./completion.js";
import { formatEdits } from "./format.js";
import { hoverAt } from "./hover.js";
import { inlayHintsOf } from "./inlay-hints.js";
import { definitionAt, referencesAt, renameAt, renameRangeAt, type NavigationContext } from "./navigation.js";
import {
  CodeActionKind,
  DidChangeWatchedFilesNotification,
  MessageType,
  ShowMessageNotification,
  TextDocument,
  TextDocuments,
  TextDocumentSyncKind,
  type ClientCapabilities,
  type Connection,
  type InitializeParams,
  type InitializeResult,
} from "./protocol.js";
import { semanticTokensOf, TOKEN_TYPES } from "./semantic-tokens.js";
import { flatSymbols, symbolsOf } from "./symbols.js";
import { createView, regionsOf, type DocumentView } from "./view.js";

/** What the server is started with. */
export interface LanguageServerOptions {
  readonly overrides: ProjectOverrides;
  /** Whether the catalogue of a configuration, which is code, may be loaded; else where the editor says so. */
  readonly trusted: boolean;
  /** Loads the catalogue of a module. */
  readonly loadCatalogue: (path: string) => Promise<Catalogue>;
  readonly version: string;
}

/** What an editor may give in `initializationOptions`. */
interface EditorOptions {
  readonly trusted?: unknown;
  readonly zone?: unknown;
  readonly filters?: unknown;
}

/** The state of a connection. */
interface State {
  readonly connection: Connection;
  readonly documents: TextDocuments<TextDocument>;
  capabilities: ClientCapabilities;
  projects: ProjectReader;
  /** Problems of configurations that were reported. */
  readonly told: Set<string>;
  /** The editor has shut the server down: nothing is sent any more. */
  ended: boolean;
}

/** Lets a server answer on a connection; the caller makes the connection listen. */
export function serveLanguage(connection: Connection, options: LanguageServerOptions): void {
  const documents = new TextDocuments(TextDocument);
  const state: State = {
    connection,
    documents,
    capabilities: {},
    projects: projectReader(documents, options, {}),
    told: new Set(),
    ended: false,
  };
  connection.onShutdown(() => {
    state.ended = true;
  });
  connection.onInitialize((params) => initialize(state, params, options));
  connection.onInitialized(() => watchFiles(state));
  publishChanges(state);
  answerRequests(state);
  answerNavigation(state);
  documents.listen(connection);
}

function initialize(
  state: State,
  params: InitializeParams,
  options: LanguageServerOptions,
): InitializeResult {
  const given: unknown = params.initializationOptions;
  state.capabilities = params.capabilities;
  state.projects = projectReader(
    state.documents,
    options,
    typeof given === "object" && given !== null ? given : {},
  );
  return {
    serverInfo: { name: "eventstore", version: options.version },
    capabilities: {
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
      completionProvider: { triggerCharacters: [...TRIGGER_CHARACTERS] },
      hoverProvider: true,
      codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite] },
      documentFormattingProvider: true,
      documentSymbolProvider: true,
      definitionProvider: true,
      referencesProvider: true,
      renameProvider: { prepareProvider: true },
      inlayHintProvider: true,
      semanticTokensProvider: {
        legend: { tokenTypes: [...TOKEN_TYPES], tokenModifiers: [] },
        full: true,
      },
    },
  };
}

function projectReader(
  documents: TextDocuments<TextDocument>,
  { overrides, trusted, loadCatalogue }: LanguageServerOptions,
  editor: EditorOptions,
): ProjectReader {
  const { zone, filters } = editor;
  return createProjectReader({
    overrides: {
      ...overrides,
      ...(typeof zone === "string" ? { timeZone: zone } : {}),
      ...(typeof filters === "string" ? { filters } : {}),
    },
    openText: (path) => openDocument(documents, path)?.getText() ?? null,
    loadCatalogue: trusted || editor.trusted === true ? loadCatalogue : null,
  });
}

/** The path of a document's file; null when it has none, as one that was not saved yet. */
function pathOf(uri: string): string | null {
  try {
    return uri.startsWith("file:") ? fileURLToPath(uri) : null;
  } catch {
    return null;
  }
}

function openDocument(documents: TextDocuments<TextDocument>, path: string): TextDocument | undefined {
  const direct = documents.get(pathToFileURL(path).href);
  // Editors escape more or fewer signs in addresses than we do.
  return direct ?? documents.all().find(({ uri }) => pathOf(uri) === path);
}

async function projectOf(state: State, folder: string | null): Promise<Project> {
  const project = await state.projects.read(folder);
  for (const problem of project.problems) {
    if (state.told.has(problem)) continue;
    state.told.add(problem);
    tell(state.connection, MessageType.Warning, problem);
  }
  return project;
}

/** Shows a message; as a notification, for not every editor answers requests. */
function tell(connection: Connection, type: MessageType, message: string): void {
  void connection.sendNotification(ShowMessageNotification.type, { type, message: `eventstore: ${message}` });
}

/** The document as it is after the project was read; null when it was closed meanwhile. */
async function viewOf(state: State, uri: string): Promise<DocumentView | null> {
  const path = pathOf(uri);
  const project = await projectOf(state, path === null ? null : dirname(path));
  const document = state.documents.get(uri);
  return document === undefined
    ? null
    : createView(document, path ?? uri, project, (module) => readModule(state, module));
}

function readModule({ documents }: State, path: string): string | null {
  const open = openDocument(documents, path);
  if (open !== undefined) return open.getText();
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

/** The bytes of a file, none where it cannot be read. */
function readBytes(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch {
    return new Uint8Array();
  }
}

/** Publishes the diagnostics of what was changed, and then of the other open documents, which may use it. */
function publishChanges(state: State): void {
  const { connection, documents } = state;
  let othersWait = false;
  const publish = async (uri: string): Promise<void> => {
    const version = documents.get(uri)?.version;
    const path = pathOf(uri);
    const project = await projectOf(state, path === null ? null : dirname(path));
    const document = documents.get(uri);
    // A later version has a run of its own.
    if (document === undefined || document.version !== version || state.ended) return;
    const view = createView(document, path ?? uri, project, (module) => readModule(state, module));
    // An editor guesses the encoding of what is no UTF-8; programs are run as if it were.
    const encoding = view.judgements.length > 0 && path !== null ? encodingDiagnostics(readBytes(path)) : [];
    await connection.sendDiagnostics({ uri, version, diagnostics: [...encoding, ...diagnosticsOf(view)] });
  };
  const publishSafely = (uri: string): void => {
    publish(uri).catch((error: unknown) => {
      if (!state.ended) connection.console.error(`${uri}: ${String(error)}`);
    });
  };
  const publishAll = (): void => {
    if (othersWait) return;
    othersWait = true;
    setTimeout(() => {
      othersWait = false;
      for (const { uri } of documents.all()) publishSafely(uri);
    }, 20);
  };
  documents.onDidChangeContent(({ document }) => {
    publishSafely(document.uri);
    if (documents.all().length > 1 && concernsProject(pathOf(document.uri) ?? "")) publishAll();
  });
  documents.onDidClose(({ document }) => {
    void connection.sendDiagnostics({ uri: document.uri, diagnostics: [] });
    if (documents.all().length > 0) publishAll();
  });
  connection.onDidChangeWatchedFiles(publishAll);
}

function watchFiles({ connection, capabilities }: State): void {
  if (capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration !== true) return;
  void connection.client.register(DidChangeWatchedFilesNotification.type, {
    watchers: [{ globPattern: "**/*.filter" }, { globPattern: "**/*.json" }],
  });
}

function answerRequests(state: State): void {
  const { connection } = state;
  /** Answers with what `work` makes of the document, or with `otherwise` when it is not open. */
  const withView =
    <P extends { readonly textDocument: { readonly uri: string } }, R, N>(
      work: (view: DocumentView, params: P) => R,
      otherwise: N,
    ) =>
    async (params: P): Promise<R | N> => {
      const view = await viewOf(state, params.textDocument.uri);
      return view === null ? otherwise : work(view, params);
    };
  connection.onCompletion(
    withView((view, { position }) => completionsAt(view, view.document.offsetAt(position)), null),
  );
  connection.onHover(withView((view, { position }) => hoverAt(view, view.document.offsetAt(position)), null));
  connection.onCodeAction(
    withView((view, { range, context }) => codeActionsOf(view, range, context.only), null),
  );
  connection.onDocumentFormatting(withView((view) => formatEdits(view), null));
  connection.onDocumentSymbol(
    withView((view) => {
      const symbols = symbolsOf(view);
      const levels = state.capabilities.textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport;
      return levels === true ? symbols : flatSymbols(view.document.uri, symbols);
    }, null),
  );
  connection.languages.semanticTokens.on(withView((view) => semanticTokensOf(view), { data: [] }));
  connection.languages.inlayHint.on(withView((view, { range }) => inlayHintsOf(view, range), null));
}

function answerNavigation(state: State): void {
  const { connection } = state;
  const context = navigationContext(state);
  connection.onDefinition(async ({ textDocument, position }) => {
    const view = await viewOf(state, textDocument.uri);
    return view && definitionAt(view, view.document.offsetAt(position), context);
  });
  connection.onReferences(async ({ textDocument, position }) => {
    const view = await viewOf(state, textDocument.uri);
    return view && referencesAt(view, view.document.offsetAt(position), context);
  });
  connection.onPrepareRename(async ({ textDocument, position }) => {
    const view = await viewOf(state, textDocument.uri);
    return view && renameRangeAt(view, view.document.offsetAt(position));
  });
  connection.onRenameRequest(async ({ textDocument, position, newName }) => {
    const view = await viewOf(state, textDocument.uri);
    const { capabilities } = state;
    return view && renameAt(view, view.document.offsetAt(position), newName, { context, capabilities });
  });
}

function navigationContext(state: State): NavigationContext {
  const { documents } = state;
  return {
    textOf: async (path) => openDocument(documents, path)?.getText() ?? (await readSource(path)),
    projectOf: (folder) => projectOf(state, resolve(folder)),
    regionsOf: (text, path) => regionsOf(text, path, (module) => readModule(state, module)),
    uriOf: (path) => openDocument(documents, path)?.uri ?? pathToFileURL(path).href,
    pathOf,
    versionOf: (uri) => documents.get(uri)?.version ?? null,
    tell: (message) => tell(state.connection, MessageType.Info, message),
  };
}
