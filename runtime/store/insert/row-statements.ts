/** The parts of statements that store the rows of events whose identifiers were taken. */
import { wrapped } from "../../../compiler/sql/operation.js";
import type { StoreNames } from "../../../compiler/sql/store-names.js";

/** Where the values of rows come from. */
export interface RowSource {
  /** Expression for the value of a column, or of `event`. */
  readonly value: (name: string) => string;
  /** What `value` refers to, together with `ids`: id, time and number of the events. */
  readonly from: string;
}

/** Lines of the common table expressions that store the searched rows and the JSON, with the end of the one before them. */
export function rowParts(
  { events, json, eventKey }: Pick<StoreNames, "events" | "json" | "eventKey">,
  columns: readonly string[],
  { value, from }: RowSource,
): readonly string[] {
  return [
    `), stored as (`,
    `  insert into ${events} (${wrapped(["seq", ...columns])})`,
    `  select ${wrapped(["ids.seq", ...columns.map(value)])}`,
    `  from ${from}`,
    `), texts as (`,
    `  insert into ${json} (${[...eventKey, "event"].join(", ")})`,
    `  select ${[...eventKey.map((key) => `ids.${key}`), value("event")].join(", ")} from ${from}`,
  ];
}
