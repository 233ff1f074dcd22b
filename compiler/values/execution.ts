/** What a filter is executed with. */

/** Run-time arguments by parameter name. */
export type Arguments = Readonly<Record<string, unknown>>;

/** What the values of one execution depend on. */
export interface Execution {
  readonly args: Arguments;
  /** The one reading of the clock: microseconds since 1970-01-01T00:00:00Z. */
  readonly now: bigint;
}
