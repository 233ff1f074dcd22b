/** The SQL of a look at the lists of the most frequent values: one statement, so that all it says is of one snapshot. */
import { valueType } from "../../../compiler/catalogue/columns.js";
import { identifier } from "../../../compiler/sql/fragment.js";
import { DAY_LENGTH, dayVersions } from "../rollups/days.js";
import { dimensionOf, rollupTables } from "../rollups/hours.js";
import type { Layout } from "../layout.js";
import type { CountedField } from "./field-values.js";
import { MOST_OTHERS } from "./top-verdict.js";

/** What a statement does beside reading lists. */
export interface LookShape {
  /** Scan the days without a valid list. */
  readonly scan: boolean;
  /** A condition that is true of all events with one of the values of $3, which are to be counted; null where none are. */
  readonly recount: string | null;
}

/**
 * Rows of: days listed, days stale, bound of what is in no list, total, and a candidate's value, count and gap, which are null in the one row where
 * there is no candidate. Parameters: $1 values wanted, $2 values read of each list, with `recount` $3 the values to count, then those of the
 * condition.
 */
export function lookText({ catalogue }: Layout, field: CountedField, { scan, recount }: LookShape): string {
  const tables = rollupTables(catalogue);
  const [part] = field.parts;
  const inOrder = `v::${part === undefined ? "text" : valueType(part)}`;
  const { events, time } = tables;
  const columns = field.parts.map(({ column }) => identifier(column)).join(", ");
  /** Occurrences `v`, `n` of the values of some days' events that meet a condition. */
  const counted = (days: string, condition: string, values: string): string =>
    `select u.v::text as v, count(*) as n from ${days} as d cross join lateral (select ${columns} from ${events} ` +
    `where ${time} >= d.day and ${time} < d.day + ${DAY_LENGTH} and ${condition} offset 0) as e ` +
    `${field.values("e", "u")} where ${values} group by u.v`;
  const parts = [
    dayVersions(tables),
    "lists as materialized (select day, total, missing, bound, top_values, top_counts, " +
      `coalesce(top_counts[$2::integer + 1], bound) as head_bound from ${tables.topDays} join versions using (day, version) ` +
      `where dimension = ${dimensionOf(field)})`,
    "stale as materialized (select day from versions except all select day from lists)",
    `scanned as materialized (${scan ? counted("stale", "true", "true") : "select null::text as v, 0 as n where false"})`,
    "facts as materialized (select (select count(*) from lists) as listed, (select count(*) from stale) as stale, " +
      "(select coalesce(sum(head_bound), 0) from lists) as unseen, " +
      "(select coalesce(sum(total), 0) from lists) + (select coalesce(sum(n), 0) from scanned) as total)",
    // The first values of all lists, and who among them can be one of the best.
    "heads as materialized (select day, u.v, u.n, head_bound from lists cross join lateral " +
      "unnest(top_values[:$2::integer], top_counts[:$2::integer]) as u(v, n))",
    "tally as materialized (select v, sum(n) as n, case when v is null then 0 else (select unseen from facts) - sum(bound) end as gap from (" +
      "select v, n, head_bound as bound from heads union all select null, missing, 0 from lists where missing > 0 " +
      "union all select v, n, 0 from scanned) as parts group by v)",
    "bar as materialized (select coalesce((select n from tally order by n desc offset $1::bigint - 1 limit 1), 0) as n)",
    `best as materialized (select * from tally where n >= (select n from bar) order by n desc, ${inOrder} nulls last limit $1::bigint)`,
    "others as (select * from tally where gap > 0 and n + gap >= (select n from bar) and v not in (select v from best where v is not null) " +
      `limit ${MOST_OTHERS + 1})`,
    "chosen as materialized (select * from best union all select * from others)",
    // Where the first values of a list lack a chosen one, it is in the rest of the list, or bounded, or counted. NOT IN looks into a hash
    // whatever the planner takes for the sizes, which it has no means to know.
    "missed as materialized (select l.day, c.v, l.bound from chosen as c join lists as l on c.gap > 0 and l.head_bound > 0 " +
      `where ${outside("heads", "l.day, c.v")})`,
    "tails as materialized (select m.day, m.v, u.n from lists as l cross join lateral " +
      "unnest(top_values[$2::integer + 1:], top_counts[$2::integer + 1:]) as u(v, n) join missed as m on m.day = l.day and m.v = u.v " +
      "where l.day = any (array(select distinct day from missed)))",
    `unlisted as materialized (select * from missed where bound > 0 and ${outside("tails", "day, v")})`,
    ...(recount === null ? [] : [`recounted as (${counted(UNLISTED_DAYS, recount, UNLISTED_VALUES)})`]),
    "found as (select v, sum(n) as n, sum(gap) as gap from (select v, n, 0 as gap, true as is_chosen from chosen " +
      "union all select v, n, 0, false from tails " +
      `union all select v, 0, bound, false from unlisted ${recount === null ? "" : "where v <> all ($3::text[]) union all select v, n, 0, false from recounted"}` +
      ") as parts group by v having bool_or(is_chosen))",
  ];
  return (
    `with ${parts.join(", ")} select facts.*, found.* from facts left join found on true ` +
    `order by n desc nulls last, ${inOrder} nulls last`
  );
}

/** True of a pair of day and value that a table lacks. */
function outside(table: string, pair: string): string {
  return `(${pair}) not in (select day, v from ${table})`;
}

const UNLISTED_DAYS = "(select distinct day from unlisted)";

/** The wanted values on the days that don't list them. */
const UNLISTED_VALUES = `u.v::text = any ($3::text[]) and ${outside("heads", "d.day, u.v::text")} and ${outside("tails", "d.day, u.v::text")}`;
