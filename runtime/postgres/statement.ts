/**
 * What the generator emits and the executor runs: a prepared statement as plain data.
 *
 * A statement's `text` is fixed when it is generated. One that has slots is a {@link StatementTemplate}: a function of what goes into them, such as
 * the compiled filter's boolean expression, so equal filter shapes still give equal text and share one server-side plan.
 */
import type { Buffer } from "node:buffer";
import type { FilterSource } from "../../compiler/sql/template.js";

export type { FilterSlot, FilterSource } from "../../compiler/sql/template.js";

/** How many rows a statement yields, and so what running it returns. */
export type Cardinality = "one" | "optional" | "many" | "count" | "none";

/** A value in text format, `null` for NULL. */
export type WireValue = string | null;

/** A value of a placeholder: in text format, or as bytes in the binary format of its type, which for bytes takes half the room. */
export type SentValue = WireValue | Buffer;

/** One row in text format, in the order of the columns. */
export type WireRow = readonly WireValue[];

/** A prepared statement. `Params` is the object its caller passes, `Row` what one row is mapped to, `C` how many rows there are. */
export interface Statement<Params, Row, C extends Cardinality = Cardinality> {
  /** Operation name for logs and metrics: `fetchEvent`. */
  readonly operation: string;
  /** Server-side name: a hash of the text, at most 63 bytes. */
  readonly name: string;
  /** SQL with `$1` … for its values. */
  readonly text: string;
  /** How many rows it gives. */
  readonly cardinality: C;
  /** True when running it twice has the effect of running it once: it may be retried after a lost connection. */
  readonly idempotent: boolean;
  /**
   * `fixed`: planned once for all values, from the first call on, through an index wherever one serves. `values`: planned for the values of each
   * call, and kept nowhere. Absent: the server decides.
   */
  readonly plan?: "fixed" | "values" | undefined;
  /** Positional values of the placeholders. */
  readonly encode: (params: Params) => readonly SentValue[];
  /** Positional row mapper. */
  readonly decode: (row: WireRow) => Row;
}

/** A statement with slots, a filter's or others. `Slots` is what goes into them. */
export interface StatementTemplate<Params, Row, C extends Cardinality = Cardinality, Slots = FilterSource> {
  /** Operation name for logs and metrics. */
  readonly operation: string;
  /** How many rows it gives. */
  readonly cardinality: C;
  /** The text with the places of its slots. */
  readonly text: string;
  /** The statement with the slots filled. @throws RangeError for what does not go into a slot */
  readonly fill: (slots: Slots) => Statement<Params, Row, C>;
  /** The same in two steps, for what is filled again and again: first all slots but the filters, then these. */
  readonly shape: <Filters extends keyof Slots>(
    slots: Omit<Slots, Filters>,
  ) => (filters: Pick<Slots, Filters>) => Statement<Params, Row, C>;
}

/** What running a statement returns, by its cardinality. */
export type Result<C extends Cardinality, Row> = C extends "one"
  ? Row
  : C extends "optional"
    ? Row | null
    : C extends "many"
      ? Row[]
      : C extends "count"
        ? number
        : undefined;

/** Options of every operation. */
export interface CallOptions {
  /** Aborting it ends the work on the server and rejects with QueryCanceledError. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds, enforced by the server (statement_timeout); rejects with QueryTimeoutError. 0 means none. */
  readonly timeoutMs?: number | undefined;
  /** A name under which `queriesStatus`, `queryStatus` and `queryCancel` find the query while it runs. Any text. */
  readonly name?: string | undefined;
}
