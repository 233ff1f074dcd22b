/** Reports each query: who asked what, how many rows came, how long it took. */

/** A query that is about to run. */
export interface QueryEntry {
  readonly operation: string;
  readonly user: string | null;
  /** The filter as it was written. */
  readonly filter: string;
}

/** How a query ended. */
export interface QueryRecord extends QueryEntry {
  readonly rows: number;
  readonly durationMs: number;
  readonly error: unknown;
}

/** A query under way; the first report counts. */
export interface OpenEntry {
  readonly done: (rows: number) => void;
  readonly failed: (error: unknown) => void;
}

export interface QueryLog {
  readonly start: (entry: QueryEntry) => OpenEntry;
  /** Runs the work and reports how it ended. */
  readonly watch: <T extends { readonly rows: number }>(
    entry: QueryEntry,
    work: () => Promise<T>,
  ) => Promise<T>;
}

/** A log that hands each record on. */
export function createQueryLog(report: (record: QueryRecord) => void): QueryLog {
  const start = (entry: QueryEntry): OpenEntry => {
    const started = performance.now();
    let isOpen = true;
    const end = (rows: number, error: unknown): void => {
      if (!isOpen) return;
      isOpen = false;
      report({ ...entry, rows, durationMs: performance.now() - started, error });
    };
    return { done: (rows) => end(rows, null), failed: (error) => end(0, error) };
  };
  return {
    start,
    watch: async (entry, work) => {
      const open = start(entry);
      try {
        const result = await work();
        open.done(result.rows);
        return result;
      } catch (error) {
        open.failed(error);
        throw error;
      }
    },
  };
}

/** One line of a record, without anything that a terminal would obey. */
export function recordLine(
  { operation, user, filter, rows, durationMs, error }: QueryRecord,
  now: Date,
): string {
  const outcome =
    error === null
      ? `rows=${rows}`
      : `failed=${JSON.stringify(error instanceof Error ? error.name : "error")}`;
  return `${now.toISOString()} ${operation} user=${JSON.stringify(user ?? "-")} ${outcome} ms=${durationMs.toFixed(1)} filter=${JSON.stringify(filter)}`;
}
