/** The server as editors start it: a process of its own, spoken to by standard input and output. */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  createProtocolConnection,
  DidOpenTextDocumentNotification,
  ExitNotification,
  InitializeRequest,
  PublishDiagnosticsNotification,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const main = join(root, "scripts", "cli", "main.ts");
const tsx = createRequire(import.meta.url).resolve("tsx/cli");

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "eventstore-lsp-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What the protocol wants to be said although it is out of date. */
const NO_ROOT = { rootUri: null };

const ended = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => child.on("close", (code) => resolve(code)));

/** Starts the server and opens a wrong filter in it. */
async function started(...options: readonly string[]) {
  const child = spawn(process.execPath, [tsx, main, "lsp", ...options], {
    stdio: ["pipe", "pipe", "inherit"],
    cwd: folder,
  });
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const published = new Promise<readonly unknown[]>((resolve) => {
    connection.onNotification(PublishDiagnosticsNotification.type, ({ diagnostics }) => resolve(diagnostics));
  });
  connection.listen();
  await connection.sendRequest(InitializeRequest.type, {
    processId: process.pid,
    workspaceFolders: null,
    ...NO_ROOT,
    capabilities: {},
  });
  await connection.sendNotification(DidOpenTextDocumentNotification.type, {
    textDocument: {
      uri: pathToFileURL(join(folder, "a.filter")).href,
      languageId: "x",
      version: 1,
      text: "sorce.ip exists",
    },
  });
  expect(await published).toHaveLength(1);
  return { child, connection };
}

describe("the process of the language server", () => {
  it.each([[[]], [["--stdio"]]])(
    "ends with code 0 after shutdown and exit, with options %j",
    async (options) => {
      const { child, connection } = await started(...options);
      await connection.sendRequest(ShutdownRequest.type);
      const code = ended(child);
      await connection.sendNotification(ExitNotification.type);
      expect(await code).toBe(0);
    },
  );

  it("ends by itself when standard input closes", async () => {
    const { child } = await started();
    const code = ended(child);
    child.stdin.end();
    expect(await code).toBe(0);
  });
});

const hasNeovim = spawnSync("nvim", ["--version"]).status === 0;

describe.skipIf(!hasNeovim)("Neovim's own client", () => {
  it("sees each feature", async () => {
    await writeFile(join(folder, "quiet.filter"), "severity <= low\n");
    await writeFile(join(folder, "night.filter"), "@quiet or category = Test\n");
    await writeFile(join(folder, "wrong.filter"), "target.port = $port and sorce.ip   exists\nand @quiet\n");
    const out = join(folder, "seen.json");
    const server = [process.execPath, tsx, main, "lsp"].map((part) => JSON.stringify(part)).join(", ");
    const script = join(root, "test", "scripts", "editor", "neovim.lua");
    const plain = ["--headless", "-u", "NONE", "-i", "NONE", "-n"];
    const child = spawn(
      "nvim",
      [
        ...plain,
        "--cmd",
        `lua SERVER = { ${server} }; OUT = ${JSON.stringify(out)}`,
        "-c",
        `luafile ${script}`,
      ],
      { cwd: folder, stdio: "ignore" },
    );
    await ended(child);
    const seen = JSON.parse(await readFile(out, "utf8")) as Readonly<Record<string, unknown>>;
    expect(seen).toMatchObject({
      diagnostic: { code: "E101", severity: 1, line: 0, from: 24, to: 32 },
      hover: expect.stringContaining("**target.port**"),
      completion: ["@quiet"],
      definition: pathToFileURL(join(folder, "quiet.filter")).href,
      symbols: ["target.port", "sorce.ip", "@quiet"],
      mended: ["target.port = $port and source.ip   exists", "and @quiet"],
      remaining: 0,
      formatted: ["target.port = $port and source.ip exists and @quiet"],
      files: ["calm.filter", "night.filter", "wrong.filter"],
      night: ["@calm or category = Test"],
      renamed: ["target.port = $port and source.ip exists and @calm"],
      hints: [": integer"],
      tokens: 40,
    });
  });
});
