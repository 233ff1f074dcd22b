/** A running explorer for tests: real HTTP, a page that says nothing. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FilterOptions } from "../../../compiler/compile.js";
import { createMessageOutput, createOutput } from "../../../scripts/cli/render/output.js";
import {
  runExplorer,
  type ExplorerSettings,
  type ExplorerSource,
} from "../../../scripts/web/server/explorer.js";
import { keptStream } from "../support/cli.js";

/** A server under test. */
export interface TestExplorer {
  /** The first address, with the token. */
  readonly address: string;
  readonly origin: string;
  readonly token: string;
  /** Asks with the token. */
  readonly get: (path: string, init?: RequestInit) => Promise<Response>;
  /** What it told about queries so far. */
  readonly log: () => string;
  readonly stop: () => Promise<void>;
}

/** Starts an explorer on a free port. Without a folder its page is an empty one. */
export async function startExplorer(
  source: ExplorerSource,
  changes: Partial<ExplorerSettings> = {},
  filterOptions: FilterOptions = {},
): Promise<TestExplorer> {
  const controller = new AbortController();
  const [stdout, stderr] = [keptStream(), keptStream()];
  const folder = changes.pageFolder ?? (await emptyPage());
  let fail: (error: unknown) => void = () => undefined;
  const failed = new Promise<never>((_, reject) => (fail = reject));
  const running = runExplorer({
    source,
    filterOptions,
    port: 0,
    host: "127.0.0.1",
    base: "/",
    origins: [],
    trustProxy: false,
    userHeader: null,
    restrict: null,
    timeout: 30_000,
    queries: 4,
    maxExport: 1_000_000,
    context: {
      openStorage: () => Promise.reject(new Error("no storage is opened here")),
      stdout: createOutput(stdout, {}),
      stderr: createMessageOutput(stderr, {}),
      stdin: (async function* () {})(),
      env: {},
      now: () => new Date(),
      interrupt: controller.signal,
      terminate: controller.signal,
      cwd: tmpdir(),
      ask: null,
    },
    stop: controller.signal,
    pageFolder: folder,
    ...changes,
  });
  running.catch(fail);
  const address = await Promise.race([firstLine(() => stdout.text()), failed]);
  const { origin } = new URL(address);
  const token = new URL(address).searchParams.get("token") ?? "";
  const get = (path: string, init: RequestInit = {}): Promise<Response> => {
    const headers = new Headers(init.headers);
    headers.set("Authorization", `Bearer ${token}`);
    return fetch(new URL(path, origin), { redirect: "manual", ...init, headers });
  };
  return {
    address,
    origin,
    token,
    get,
    log: () => stderr.text(),
    stop: async () => {
      controller.abort();
      await running;
      if (changes.pageFolder === undefined) await rm(folder, { recursive: true });
    },
  };
}

async function emptyPage(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "eventstore-page-"));
  await writeFile(
    join(folder, "index.html"),
    '<!doctype html><html data-nonce="{{nonce}}"><title>page</title>',
  );
  await writeFile(join(folder, "main.js"), "");
  return folder;
}

async function firstLine(text: () => string): Promise<string> {
  for (;;) {
    const [line, rest] = text().split("\n");
    if (rest !== undefined && line !== undefined) return line;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
