/** An event that a search has found. */
import { readText } from "../../postgres/wire.js";
import type { WireRow, WireValue } from "../../postgres/statement.js";
import { microsOf, type PagePosition } from "./key.js";

/** An event that was found: its place, where its JSON is, and the further columns that were asked for. `E`: how events are wanted. */
export interface FoundEvent<E> extends PagePosition {
  readonly seq: string;
  /** Value of the partitioning time, in microseconds. */
  readonly time: bigint;
  /** The event, where its JSON came along. */
  readonly event: E | null;
  readonly columns: WireRow;
}

/** What a row says of its event besides the further columns. */
interface FoundValues<E> {
  /** Number of the table within the step; 0 where there are no steps. */
  readonly part: number;
  readonly id: WireValue | undefined;
  readonly seq: WireValue | undefined;
  readonly time: WireValue | undefined;
  readonly sorted: WireValue | undefined;
  readonly event: E | null;
}

/** A found event as its row came. A class, whose times are read when they are asked for: that of the last event of a page is, most others never. */
export class FoundRow<E> implements FoundEvent<E> {
  readonly kind = "hit";
  readonly part: number;
  readonly id: string;
  readonly seq: string;
  readonly event: E | null;
  readonly columns: WireRow;
  readonly #time: string;
  readonly #sorted: string;

  constructor({ part, id, seq, time, sorted, event }: FoundValues<E>, columns: WireRow) {
    this.part = part;
    this.id = readText(id);
    this.seq = readText(seq);
    this.#time = readText(time);
    this.#sorted = readText(sorted);
    this.event = event;
    this.columns = columns;
  }

  get time(): bigint {
    return microsOf(this.#time);
  }

  get micros(): bigint {
    return microsOf(this.#sorted);
  }
}
