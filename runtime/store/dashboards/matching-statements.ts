/**
 * The rows that match, gathered once to be counted in several ways. Workers of a cluster count equal rows, and the coordinator gathers one of each
 * with its number: gathered as they are, all that match would go to it.
 */
import type { Catalogue } from "../../../compiler/catalogue/model.js";
import { isSpread } from "../../../compiler/catalogue/spread.js";
import { storeNames } from "../../../compiler/sql/store-names.js";

/** SQL of these rows. */
export interface MatchingRows {
  /** Some columns of those that meet a condition. @param computed an expression with its name, that comes first */
  readonly select: (columns: string, condition: string, computed?: string) => string;
  /** How many events some of these rows are. */
  readonly count: string;
  /** A further column, with a comma before it, that a subquery over them has to hand on for `count`. */
  readonly carried: string;
}

/** Of a name that no catalogue gives a column. */
const TIMES = '"#times"';

/** Those of a store. */
export function matchingRows(catalogue: Catalogue): MatchingRows {
  const { events } = storeNames(catalogue);
  const first = (computed: string): string => (computed === "" ? "" : `${computed}, `);
  if (!isSpread(catalogue))
    return {
      select: (columns, condition, computed = "") =>
        `select ${first(computed)}${columns} from ${events} where ${condition}`,
      count: "count(*)",
      carried: "",
    };
  return {
    select: (columns, condition, computed = "") =>
      `select ${first(computed)}${columns}, count(*) as ${TIMES} from ${events} where ${condition} ` +
      `group by ${computed === "" ? "" : "1, "}${columns}`,
    count: `coalesce(sum(${TIMES}), 0)::bigint`,
    carried: `, ${TIMES}`,
  };
}
