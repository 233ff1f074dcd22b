/** The statements that look at the lists of the most frequent values: one look is one statement, so that all it says is of one snapshot. */
import type { Catalogue, StoredField } from "../../../compiler/catalogue/model.js";
import {
  column,
  nullable,
  operation,
  parameter,
  type OperationSpec,
} from "../../../compiler/sql/operation.js";
import { each, NUMBER } from "../../../compiler/sql/slots.js";
import { storeNames } from "../../../compiler/sql/store-names.js";
import type { SlotSpecs } from "../../../compiler/sql/template.js";
import {
  columnsSlot,
  dimensionSlot,
  eachColumn,
  itemsSlot,
  orderedSlot,
  rollupFields,
  typedSlot,
} from "../rollups/field-statements.js";
import { combinedFields } from "../rollups/combination-statements.js";
import {
  COMBINED,
  combinationTables,
  combinedLists,
  combinedSlot,
  staleMatches,
  UNREAD,
} from "./combination-statements.js";
import { DAY_LENGTH, dayVersions, ROWS, staleDaysOf } from "../rollups/hour-statements.js";
import { MAX_OTHERS, TOTAL_PANEL } from "./top-decision.js";

/** Whether values are counted on the days that don't list them. */
type Recount = "none" | "some";

/** Of which events: of all, or of those that a filter on combined fields matches. */
type Scope = "all" | "combined";

/** Looks at the lists, without and with a recount, and of several fields at once; none for a catalogue that has no field with such lists. */
export function topOperations(catalogue: Catalogue): readonly OperationSpec[] {
  const ofAll = rollupFields(catalogue, "top").slice(0, 1);
  const ofFilter = combinedFields(catalogue).slice(0, 1);
  const ways = (["none", "some"] as const).flatMap((recount) => [
    ...ofAll.map((field) => lookOperation(catalogue, field, recount, "all")),
    ...ofFilter.map((field) => lookOperation(catalogue, field, recount, "combined")),
  ]);
  return [...ways, ...summarizeCombinations(catalogue)];
}

const NAMES = {
  all: { none: "lookAtLists", some: "recountLists" },
  combined: { none: "lookAtCombinations", some: "recountCombinations" },
} as const;

const DESCRIPTIONS: Readonly<Record<Recount, string>> = {
  none: "What the lists of the most frequent values of a field say, with a scan of the days that have none where it is wanted",
  some: "What the lists say together with a count of some values on the days that don't list them",
};

function lookOperation(
  catalogue: Catalogue,
  { name }: StoredField,
  recount: Recount,
  scope: Scope,
): OperationSpec {
  const own: SlotSpecs =
    scope === "all"
      ? { dimension: dimensionSlot(catalogue), typed: typedSlot(catalogue) }
      : { ...COMBINED, combined: combinedSlot(catalogue), typed: orderedSlot(catalogue) };
  const condition = scope === "all" ? "true" : "{filter}";
  return operation({
    name: NAMES[scope][recount],
    operation: "aggregateEvents",
    description:
      scope === "all" ? DESCRIPTIONS[recount] : `${DESCRIPTIONS[recount]}, of a filter on combined fields`,
    cardinality: "many",
    parameters: [
      parameter("limit", "values that are wanted", "int8"),
      parameter("prefix", "values that are read of each list", "int4"),
      ...(recount === "none" ? [] : [parameter("values", "the values that are counted", "text[]")]),
    ],
    columns: LOOK_COLUMNS,
    text: lookText(catalogue, recount, scope),
    slots: {
      // True of all events that have one of the values that are counted.
      [scope === "all" ? "filter" : "wanted"]: { kind: "filter" },
      // Which partitions may be locked for the scan.
      ...ROWS,
      ...own,
      columns: columnsSlot(catalogue),
      items: itemsSlot(catalogue),
      scanned: each("", {
        lists: "select null::text as v, 0 as n where false",
        days: counted(catalogue, "stale", condition, "true"),
      }),
    },
    example: {
      ...(scope === "all" ? { dimension: name } : { combined: name }),
      columns: name,
      items: name,
      typed: name,
      scanned: [{ part: "days" }],
    },
  });
}

const LOOK_COLUMNS = [
  column("listed", "days with a valid list", "int8", "number"),
  column("stale", "days without", "int8", "number"),
  nullable(column("staleDays", "these days, numbered from 1970", "text", "wire")),
  column(
    "unseen",
    "how often a value can occur at most that is in no list, as far as they were read",
    "numeric",
    "number",
  ),
  column("total", "occurrences of all values, events without one included", "numeric", "number"),
  nullable(column("value", "a value that may be among the best; null for the events without one", "text")),
  nullable(
    column("count", "how often it occurs at least; null where there is no such value", "numeric", "number"),
  ),
  nullable(column("gap", "how much more often it may occur", "numeric", "number")),
];

/** Occurrences `v`, `n` of the values of some days' events that meet a condition. */
function counted(catalogue: Catalogue, days: string, condition: string, values: string): string {
  const { events, time, fence } = storeNames(catalogue);
  return (
    `select u.v::text as v, count(*) as n from ${days} as d cross join lateral (select {columns} from ${events} ` +
    `where ${time} >= d.day and ${time} < d.day + ${DAY_LENGTH} and {rows} and ${condition}${fence}) as e ` +
    `left join lateral {items} as u(v) on true where ${values} group by u.v`
  );
}

/** The lists of all events, and the days without one. */
function ownLists(catalogue: Catalogue): readonly string[] {
  const { topDays } = storeNames(catalogue);
  return [
    dayVersions(catalogue),
    "lists as materialized (select day, total, missing, bound, top_values, top_counts, " +
      `coalesce(top_counts[$2::integer + 1], bound) as head_bound from ${topDays} join versions using (day, version) ` +
      `where dimension = {dimension})`,
    "stale as materialized (select day from versions except all select day from lists)",
  ];
}

function lookText(catalogue: Catalogue, recount: Recount, scope: Scope): string {
  const wanted = scope === "all" ? "{filter}" : "({filter} and {wanted})";
  const recounted =
    recount === "none"
      ? []
      : [`recounted as (${counted(catalogue, UNLISTED_DAYS, wanted, UNLISTED_VALUES)})`];
  const parts = [
    ...(scope === "all" ? ownLists(catalogue) : [combinationTables(catalogue), combinedLists(catalogue)]),
    `scanned as materialized ({scanned})`,
    ...mergedLists(recounted),
  ];
  return `with ${parts.join(", ")} select ${FOUND}`;
}

/** What the statement of a look returns, see {@link LOOK_COLUMNS}. */
const FOUND =
  "facts.*, found.* from facts left join found on true order by n desc nulls last, {typed} nulls last";

/** Common table expressions `facts` and `found`, from `lists`, `stale` and `scanned`; and from what the table `recounted` counted, where there is one. */
function mergedLists(recounted: readonly string[]): readonly string[] {
  return [
    "facts as materialized (select (select count(*) from lists) as listed, (select count(*) from stale) as stale, " +
      `${staleDaysOf("day")} as stale_days, ` +
      "(select coalesce(sum(head_bound), 0) from lists) as unseen, " +
      "(select coalesce(sum(total), 0) from lists) + (select coalesce(sum(n), 0) from scanned) as total)",
    // The first values of all lists, and who among them can be one of the best.
    "heads as materialized (select day, u.v, u.n, head_bound from lists cross join lateral " +
      "unnest(top_values[:$2::integer], top_counts[:$2::integer]) as u(v, n))",
    "tally as materialized (select v, sum(n) as n, case when v is null then 0 else (select unseen from facts) - sum(bound) end as gap from (" +
      "select v, n, head_bound as bound from heads union all select null, missing, 0 from lists where missing > 0 " +
      "union all select v, n, 0 from scanned) as parts group by v)",
    "bar as materialized (select coalesce((select n from tally order by n desc offset $1::bigint - 1 limit 1), 0) as n)",
    `best as materialized (select * from tally where n >= (select n from bar) order by n desc, {typed} nulls last limit $1::bigint)`,
    "others as (select * from tally where gap > 0 and n + gap >= (select n from bar) and v not in (select v from best where v is not null) " +
      `limit ${MAX_OTHERS + 1})`,
    "chosen as materialized (select * from best union all select * from others)",
    // Where the first values of a list lack a chosen one, it is in the rest of the list, or bounded, or counted. NOT IN looks into a hash
    // whatever the planner takes for the sizes, which it has no means to know.
    "missed as materialized (select l.day, c.v, l.bound from chosen as c join lists as l on c.gap > 0 and l.head_bound > 0 " +
      `where ${outside("heads", "l.day, c.v")})`,
    "tails as materialized (select m.day, m.v, u.n from lists as l cross join lateral " +
      "unnest(top_values[$2::integer + 1:], top_counts[$2::integer + 1:]) as u(v, n) join missed as m on m.day = l.day and m.v = u.v " +
      "where l.day = any (array(select distinct day from missed)))",
    `unlisted as materialized (select * from missed where bound > 0 and ${outside("tails", "day, v")})`,
    ...recounted,
    "found as (select v, sum(n) as n, sum(gap) as gap from (select v, n, 0 as gap, true as is_chosen from chosen " +
      "union all select v, n, 0, false from tails " +
      `union all select v, 0, bound, false from unlisted ${recounted.length === 0 ? "" : "where v <> all ($3::text[]) union all select v, n, 0, false from recounted"}` +
      ") as parts group by v having bool_or(is_chosen))",
  ];
}

/** The lists of several fields of a filter on combined fields: the combinations are looked at once, and the rows of other days read once. */
function summarizeCombinations(catalogue: Catalogue): readonly OperationSpec[] {
  const [field] = combinedFields(catalogue);
  if (field === undefined) return [];
  const tables = `${combinationTables(catalogue)}, rows as materialized (select e.* from ${staleMatches(catalogue, "{columns}")})`;
  const panel = [
    combinedLists(catalogue),
    "scanned as materialized (select u.v::text as v, count(*) as n from rows as e left join lateral {items} as u(v) on true group by u.v)",
    ...mergedLists([]),
  ];
  return [
    operation({
      name: "summarizeCombinations",
      operation: "summarizeEvents",
      description:
        "What the lists of several fields say of a filter on combined fields, with the rows of the days that have none",
      cardinality: "many",
      parameters: [
        parameter("limit", "values that are wanted", "int8"),
        parameter("prefix", "values that are read of each list", "int4"),
      ],
      columns: [
        column(
          "panel",
          `position of the field; ${TOTAL_PANEL} in the row of all events, whose stale days are those that are neither counted nor read`,
          "int4",
          "number",
        ),
        ...LOOK_COLUMNS,
      ],
      text:
        `with ${tables} select ${TOTAL_PANEL}, 0::bigint, ${UNREAD}, ${staleDaysOf("day")}, 0::numeric, ` +
        `coalesce((select sum(n) from wanted), 0) + (select count(*) from rows), null::text, null::numeric, null::numeric union all {panels}`,
      slots: {
        ...COMBINED,
        columns: eachColumn(catalogue),
        panels: each(" union all ", {
          panel: {
            text: `(with ${panel.join(", ")} select {number}, ${FOUND})`,
            slots: {
              number: NUMBER,
              combined: combinedSlot(catalogue),
              typed: orderedSlot(catalogue),
              items: itemsSlot(catalogue),
            },
          },
        }),
      },
      example: {
        columns: [{ part: "column", column: field.column }],
        panels: [{ part: "panel", number: 0, combined: field.name, typed: field.name, items: field.name }],
      },
    }),
  ];
}

/** True of a pair of day and value that a table lacks. */
function outside(table: string, pair: string): string {
  return `(${pair}) not in (select day, v from ${table})`;
}

const UNLISTED_DAYS = "(select distinct day from unlisted)";

/** The wanted values on the days that don't list them. */
const UNLISTED_VALUES = `u.v::text = any ($3::text[]) and ${outside("heads", "d.day, u.v::text")} and ${outside("tails", "d.day, u.v::text")}`;
