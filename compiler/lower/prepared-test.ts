/** A test of one value, ready to be put as SQL. */
import type { Fragment, Placeholder } from "../sql/fragment.js";
import type { AtomTest } from "../tree.js";

/** Tests of one value; `exists`, `count` and `size` speak of the whole list instead. */
export type ValueTest = Exclude<AtomTest, { kind: "exists" | "count" | "size" }>;

/** What columns that cover the addresses of a list say of a test. */
export interface CoverTests {
  /** Holds wherever the test does for some address. */
  readonly prefilter: Fragment;
  /** Holds wherever it does for an IPv4-mapped one; null where the columns can't tell. */
  readonly mapped: Fragment | null;
}

/** A test with its placeholders, which are made once: a value printed several times in one expression is one parameter. */
export interface PreparedTest {
  /** The SQL of the test over the SQL of a value. */
  readonly holds: (value: Fragment) => Fragment;
  /** The values of a test for equality with one of several values, as an array of the type of the field's lists. */
  readonly array?: Placeholder;
  /** The test for some value of a list column in a quicker way than value by value, which `general` is. */
  readonly some?: (list: string, general: Fragment, covers: CoverTests | null) => Fragment;
  /** The same test as an index of trigrams serves it: what it can look for, and the rest in a form that it leaves alone. */
  readonly indexed?: (value: Fragment) => Fragment;
  /** A condition over a scalar column that holds wherever the test does, and that the column's index serves where it does not serve the test. */
  readonly prefilter?: (column: string) => Fragment;
}
