/**
 * The extension for Visual Studio Code: starts the language server that the workspace has installed. The server is code of the workspace,
 * so it starts only where the user trusts the folder.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { commands, workspace, window, type ExtensionContext } from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";

const LANGUAGES = [
  "eventstore-filter",
  "typescript",
  "typescriptreact",
  "javascript",
  "javascriptreact",
] as const;

let client: LanguageClient | undefined;

/** Called by the editor when the extension is needed. */
export async function activate(context: ExtensionContext): Promise<void> {
  context.subscriptions.push(
    commands.registerCommand("eventstore.restartServer", async () => {
      await stop();
      await start();
    }),
  );
  if (workspace.isTrusted) await start();
  else context.subscriptions.push(workspace.onDidGrantWorkspaceTrust(() => void start()));
}

/** Called by the editor when it closes. */
export async function deactivate(): Promise<void> {
  await stop();
}

async function stop(): Promise<void> {
  await client?.dispose();
  client = undefined;
}

async function start(): Promise<void> {
  const module = serverModule();
  if (module === undefined) {
    void window.showInformationMessage(
      "Event filters: idea-eventstore is not installed in this folder. Run npm install idea-eventstore, or set eventstore.server.path.",
    );
    return;
  }
  client = new LanguageClient(
    "eventstore",
    "Event filters",
    { module, args: ["lsp"], transport: TransportKind.stdio },
    {
      documentSelector: LANGUAGES.map((language) => ({ scheme: "file", language })),
      // The folder is trusted: otherwise nothing is started.
      initializationOptions: { trusted: true },
    },
  );
  await client.start();
}

/** The command of the package in the folder of the setting, otherwise of the first workspace folder that has it. */
function serverModule(): string | undefined {
  const configured = workspace.getConfiguration("eventstore").get<string>("server.path", "");
  const folders =
    configured === ""
      ? (workspace.workspaceFolders ?? []).map(({ uri }) =>
          join(uri.fsPath, "node_modules", "idea-eventstore"),
        )
      : [configured];
  return folders.map((folder) => join(folder, "dist", "scripts", "cli", "main.js")).find(existsSync);
}
