/** Events as a Parquet file: a row an event, a column a field; written in groups of rows, so that memory stays bounded. */
import type { EventWriter, WriterOptions } from "./event-writer.js";
import { eventColumns } from "./event-columns.js";
import { CliError, UsageError } from "./errors.js";

/** Rows of a group, which are held in memory. */
const GROUP = 10_000;

/**
 * The writer of a Parquet file. All columns are texts; the values of a list are joined by `;`, and an absent value is null.
 *
 * @throws UsageError without a file or for an unknown column; CliError where the package is not installed
 */
export async function parquetWriter(
  path: string | undefined,
  { columns = [], catalogue }: Pick<WriterOptions, "columns" | "catalogue">,
): Promise<EventWriter> {
  if (path === undefined) throw new UsageError("--format parquet is no text: name a file with --out FILE");
  const read = eventColumns(columns, catalogue, { kind: "iso" });
  const { ParquetWriter, fileWriter } = await loadLibrary();
  const writer = new ParquetWriter({
    writer: await openFile(path, fileWriter),
    schema: [
      { name: "events", num_children: columns.length },
      ...columns.map((name) => ({
        name,
        type: "BYTE_ARRAY" as const,
        converted_type: "UTF8" as const,
        repetition_type: "OPTIONAL" as const,
      })),
    ],
  });
  let rows: (string | null)[][] = [];
  const flush = async (): Promise<void> => {
    if (rows.length === 0) return;
    const columnData = columns.map((name, at) => ({ name, data: rows.map((row) => row[at] ?? null) }));
    rows = [];
    await writer.write({ columnData });
  };
  return {
    page: async (events) => {
      for (const text of events) {
        const event: unknown = JSON.parse(text);
        rows.push(
          read.map((column) => {
            const values = column.read(event);
            return values.length === 0 ? null : values.join(";");
          }),
        );
      }
      if (rows.length >= GROUP) await flush();
    },
    end: async () => {
      await flush();
      await writer.finish();
    },
  };
}

async function loadLibrary(): Promise<typeof import("hyparquet-writer")> {
  try {
    return await import("hyparquet-writer");
  } catch (cause) {
    throw new CliError(
      "--format parquet needs the package hyparquet-writer",
      "install it beside this one: npm install hyparquet-writer",
      { cause },
    );
  }
}

async function openFile<T>(path: string, open: (path: string) => T): Promise<T> {
  try {
    return open(path);
  } catch (cause) {
    throw new CliError(`--out: ${path} cannot be written`, undefined, { cause });
  }
}
