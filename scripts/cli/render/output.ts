/** A stream that the command writes to. */
import { toSequences } from "./marks.js";
import { foldLines, harmless } from "./text.js";
import { describeTerminal, type Environment, type Terminal, type TextStream } from "./terminal.js";

/** The reader of the output is gone (`| head`): thrown by a write to end the work quietly. */
export class OutputClosed extends Error {
  override readonly name = "OutputClosed";
}

/** A stream with what it can show. */
export interface Output extends Terminal {
  /**
   * Writes text and waits until the stream has taken it.
   *
   * @throws OutputClosed when nobody reads any more
   */
  readonly write: (text: string) => Promise<void>;
  /** {@link write} of lines, each with a line end. */
  readonly writeLines: (lines: readonly string[]) => Promise<void>;
}

/** Wraps a stream for data. From here on the stream's errors come out of `write` only. */
export function createOutput(stream: TextStream, env: Environment): Output {
  return outputOf(describeTerminal(stream, env), sender(stream), asItIs);
}

/** Wraps a stream for messages: what nobody reads is dropped, and the work goes on. On a terminal they are broken between words. */
export function createMessageOutput(stream: TextStream, env: Environment): Output {
  const terminal = describeTerminal(stream, env);
  const send = sender(stream);
  return outputOf(
    terminal,
    (text) => send(text).catch(() => undefined),
    (text) => foldLines(text, terminal.width),
  );
}

function sender(stream: TextStream): Output["write"] {
  let failure: Error | null = null;
  const fail = (error: Error & { readonly code?: string }): Error =>
    (failure ??=
      error.code === "EPIPE" || error.code === "ERR_STREAM_DESTROYED" ? new OutputClosed() : error);
  stream.on("error", fail);
  return (text) =>
    new Promise((resolve, reject) => {
      if (failure !== null) return reject(failure);
      stream.write(text, (error) => (error ? reject(fail(error)) : resolve()));
    });
}

function outputOf(terminal: Terminal, send: Output["write"], arrange: (text: string) => string): Output {
  // Whatever a text is made of, nothing in it steers the terminal but our own colours and progress line.
  const clean = terminal.isTerminal ? harmless : asItIs;
  const write: Output["write"] = (text) => send(toSequences(arrange(text), clean));
  return {
    ...terminal,
    write,
    writeLines: (lines) => (lines.length === 0 ? Promise.resolve() : write(lines.join("\n") + "\n")),
  };
}

function asItIs(text: string): string {
  return text;
}
