/** The file of rejected events. */
import { realpath } from "node:fs/promises";
import { UsageError } from "../errors.js";
import { openGrowing, openReplaced } from "../written-file.js";
import type { Rejection } from "./ingest.js";
import { rejectedRecord } from "./report.js";

/** Where rejections go, a line of JSON each. */
export interface RejectionFile {
  readonly add: (rejections: readonly Rejection[]) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Nowhere: they are only reported. */
const NOWHERE: RejectionFile = { add: () => Promise.resolve(), close: () => Promise.resolve() };

/**
 * Opens the file before anything is read, so that nothing is stored whose rejections could not be kept. `new`: they take the place of what an earlier
 * run has left, which stays where this one comes to nothing; `append` adds to what a service wrote before it was started again.
 *
 * @throws CliError when the file cannot be written; UsageError when it is one of the inputs, which would be lost
 */
export async function openRejections(
  path: string | undefined,
  mode: "new" | "append",
  inputs: readonly string[] = [],
): Promise<RejectionFile> {
  if (path === undefined) return NOWHERE;
  await refuseInput(path, inputs);
  const file = await (mode === "new" ? openReplaced("--rejected", path) : openGrowing("--rejected", path));
  const add = (rejections: readonly Rejection[]): Promise<void> =>
    file.write(rejections.map((rejection) => rejectedRecord(rejection) + "\n").join(""));
  return { add, close: file.close };
}

async function refuseInput(path: string, inputs: readonly string[]): Promise<void> {
  const own = await realpath(path).catch(() => null);
  if (own === null) return;
  for (const input of inputs)
    if ((await realpath(input).catch(() => null)) === own)
      throw new UsageError(
        `--rejected: ${path} is one of the files that are read, and would be overwritten`,
        "name another file",
      );
}
