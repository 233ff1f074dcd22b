/** The file of rejected events. */
import { open } from "node:fs/promises";
import { CliError } from "../errors.js";
import type { Rejection } from "./ingest.js";
import { rejectedRecord } from "./report.js";

/** Writes a line of JSON for each rejection. @throws CliError when the file cannot be written */
export async function writeRejections(path: string, rejections: readonly Rejection[]): Promise<void> {
  const file = await open(path, "w").catch((error: unknown) => {
    throw new CliError(`--rejected: ${path} cannot be written`, undefined, { cause: error });
  });
  try {
    for (const rejection of rejections) await file.write(rejectedRecord(rejection) + "\n");
  } finally {
    await file.close();
  }
}
