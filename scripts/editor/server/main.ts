/** Starts the language server on a pair of streams. */
import type { Readable, Writable } from "node:stream";
import { createConnection, ProposedFeatures, StreamMessageReader, StreamMessageWriter } from "./protocol.js";
import { serveLanguage, type LanguageServerOptions } from "./server.js";

export type { LanguageServerOptions as ServerOptions } from "./server.js";

/** Where an editor is. */
export interface EditorStreams {
  readonly input: Readable;
  readonly output: Writable;
  /** Ends the server. */
  readonly stop: AbortSignal;
}

/**
 * Serves until the input ends. The editor's `exit` ends the process: with code 0 after `shutdown`, else 1, as the protocol has it.
 */
export async function startLanguageServer(
  { input, output, stop }: EditorStreams,
  options: LanguageServerOptions,
): Promise<void> {
  const ended = new Promise<void>((resolve) => {
    input.once("end", resolve);
    input.once("close", resolve);
    // The editor is gone: there is nobody to answer.
    output.once("error", () => resolve());
    stop.addEventListener("abort", () => resolve());
  });
  const connection = createConnection(
    ProposedFeatures.all,
    new StreamMessageReader(input),
    new StreamMessageWriter(output),
  );
  serveLanguage(connection, options);
  connection.listen();
  await ended;
  connection.dispose();
}
