/**
 * Files that commands write. One that takes the place of another does so only once there is something to write: a command that comes to nothing leaves
 * it as it was.
 */
import { open, type FileHandle } from "node:fs/promises";
import { CliError } from "./errors.js";

/** A file while it is open. */
export interface WrittenFile {
  readonly write: (text: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

/**
 * Opens a file whose first text, empty or not, takes the place of what was there.
 *
 * @param option that named the file, as it is typed
 * @throws CliError when it cannot be written
 */
export async function openReplaced(option: string, path: string): Promise<WrittenFile> {
  const file = await openForAppending(option, path);
  // What is no file, such as /dev/null, has nothing that could be taken out.
  let isOld = (await file.stat()).isFile();
  const write = async (text: string): Promise<void> => {
    if (isOld) await file.truncate();
    isOld = false;
    await file.writeFile(text);
  };
  return { write, close: () => file.close() };
}

/** Opens a file that grows; otherwise as {@link openReplaced}. */
export async function openGrowing(option: string, path: string): Promise<WrittenFile> {
  const file = await openForAppending(option, path);
  return { write: (text) => file.writeFile(text), close: () => file.close() };
}

function openForAppending(option: string, path: string): Promise<FileHandle> {
  return open(path, "a").catch((error: unknown) => {
    throw new CliError(`${option}: ${path} cannot be written`, undefined, { cause: error });
  });
}
