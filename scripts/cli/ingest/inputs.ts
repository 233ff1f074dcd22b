/** What the arguments of `ingest` name: files, folders of files, standard input. */
import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { EVENT_FILE_NAME, systemReason } from "../../../runtime/events/read-events.js";
import type { CliContext } from "../context.js";

/** A source of events. */
export interface Input {
  /** Name in messages. */
  readonly name: string;
  /** Bytes; null when they are not known. */
  readonly size: number | null;
  readonly open: () => AsyncIterable<Uint8Array | string>;
}

/** An argument that names nothing that can be read. */
export interface MissingInput {
  readonly name: string;
  readonly reason: string;
}

/** The inputs of the arguments in their order, and what is missing. */
export interface Inputs {
  readonly inputs: readonly Input[];
  readonly missing: readonly MissingInput[];
}

/** Name of standard input in messages. */
const STDIN_NAME = "standard input";

/** Looks up what the arguments name; `-` is standard input, a folder stands for its event files in the order of their names. */
export async function findInputs(
  names: readonly string[],
  { stdin }: Pick<CliContext, "stdin">,
): Promise<Inputs> {
  const inputs: Input[] = [];
  const missing: MissingInput[] = [];
  for (const name of names) {
    if (name === "-") {
      inputs.push({ name: STDIN_NAME, size: null, open: () => stdin });
      continue;
    }
    try {
      const found = (await stat(name)).isDirectory() ? await folderFiles(name) : [await fileInput(name)];
      inputs.push(...found);
      if (found.length === 0)
        missing.push({ name, reason: "no .json, .ndjson, .jsonl or .idea file in this folder" });
    } catch (error) {
      missing.push({ name, reason: systemReason(error) });
    }
  }
  return { inputs, missing };
}

async function folderFiles(folder: string): Promise<Input[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => !entry.isDirectory() && EVENT_FILE_NAME.test(entry.name));
  return Promise.all(
    names
      .map(({ name }) => name)
      .sort()
      .map((name) => fileInput(join(folder, name))),
  );
}

async function fileInput(path: string): Promise<Input> {
  const { size } = await stat(path);
  return fileOfSize(path, size);
}

/** A file that is known to be there, as input. */
export function fileOfSize(path: string, size: number): Input {
  return { name: path, size, open: () => createReadStream(path) };
}
