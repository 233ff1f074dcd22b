/** The SQL of the legacy search parameters: `build_query` of the Python module, through the same typed tree as every filter. */
import { IDEA_CATALOGUE } from "../../../compiler/catalogue/idea.js";
import {
  searchParametersToSyntax,
  type ConvertedParameters,
  type SearchParameters,
} from "../../../compiler/convert/search-parameters.js";
import type { Catalogue } from "../../../compiler/catalogue/model.js";
import { compileFilter } from "../../../compiler/compile.js";
import { durationMicros, readDurationLiteral } from "../../../compiler/literals/duration.js";
import { identifier } from "../../../compiler/sql/fragment.js";
import { deleteEventsText } from "../../../compiler/operations/events.js";
import { storeTables } from "../../../compiler/catalogue/tables.js";
import { indexCatalogue } from "../../../compiler/catalogue/lookup.js";
import { printSyntax } from "../../../grammar/print.js";
import { DataError } from "../../postgres/errors.js";
import { countedField } from "../dashboards/field-values.js";
import { ghostColumns } from "../../events/ghost.js";
import { layoutOf, type Layout } from "../layout.js";

const OPERATION = "buildQuery";

/** What a query is for. `select_ghost` leaves the JSON out. */
export type QueryType = "select" | "select_ghost" | "count" | "delete" | "aggregate" | "timeline";

const QUERY_TYPES: readonly QueryType[] = [
  "select",
  "select_ghost",
  "count",
  "delete",
  "aggregate",
  "timeline",
];

/** A statement with its values, ready for `query(text, values, { name })`. */
export interface BuiltQuery {
  readonly text: string;
  readonly values: readonly string[];
  /** The given query name: passed beside the text, never put into it. */
  readonly name?: string;
}

const DEFAULT_AGGREGATE_LIMIT = 20;
const DEFAULT_STEP = "1h";

/**
 * Builds the statement for legacy search parameters (operations.md §4).
 *
 * @throws FilterError for an unknown parameter, with the nearest right one, and for wrong values
 * @throws DataError for parameters that are no object, an unknown query type or step, and a deletion without any condition
 */
export function buildQuery(
  parameters: SearchParameters = {},
  qtype: QueryType = "select",
  qname?: string,
  catalogue: Catalogue = IDEA_CATALOGUE,
): BuiltQuery {
  if (!QUERY_TYPES.includes(qtype))
    throw new DataError(`${OPERATION}: unknown query type "${qtype}"; use ${QUERY_TYPES.join(", ")}`, {
      operation: OPERATION,
    });
  if (!isObject(parameters))
    throw new DataError(
      `${OPERATION}: the parameters are an object such as { source_addrs: ["192.0.2.0/24"] }`,
      {
        operation: OPERATION,
      },
    );
  const converted = searchParametersToSyntax(parameters, catalogue);
  const compiled = compileFilter(converted.syntax === null ? "" : printSyntax(converted.syntax), {
    catalogue,
  });
  if (qtype === "delete" && compiled.condition.kind === "constant" && compiled.condition.value)
    throw new DataError(`${OPERATION}: a deletion needs a condition; these parameters have none`, {
      operation: OPERATION,
    });
  const { text: condition, values } = compiled.sql();
  const built = BUILDERS[qtype]({ layout: layoutOf(catalogue), condition, converted, values: [...values] });
  return qname === undefined ? built : { ...built, name: qname };
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

interface Request {
  readonly layout: Layout;
  readonly condition: string;
  readonly converted: ConvertedParameters;
  /** Those of the condition; builders add their own behind them. */
  readonly values: string[];
}

const BUILDERS: Readonly<Record<QueryType, (request: Request) => BuiltQuery>> = {
  select: (request) => {
    const { layout, values } = request;
    const event = `(select j.event from ${layout.json} j where j.seq = hit.seq and j.${layout.time.column} = hit.${layout.time.column})`;
    return {
      text: `select hit.${layout.id.column}, ${event} as event from (${page(request, "*")}) as hit`,
      values,
    };
  },
  select_ghost: (request) => ({
    text: page(request, ghostColumns(request.layout.catalogue).map(identifier).join(", ")),
    values: request.values,
  }),
  count: ({ layout, condition, values }) => ({
    text: `select count(*) from ${layout.events} where ${condition}`,
    values,
  }),
  delete: ({ layout, condition, values }) => ({
    text: deleteEventsText(storeTables(layout.catalogue), condition),
    values,
  }),
  aggregate: (request) => {
    const { layout, condition, converted, values } = request;
    if (converted.aggregate === null)
      throw new DataError(`${OPERATION}: an aggregation needs the parameter aggr_set`, {
        operation: OPERATION,
      });
    const field = countedField(converted.aggregate, layout.catalogue, OPERATION);
    const limit = bound(values, converted.limit ?? DEFAULT_AGGREGATE_LIMIT, "bigint");
    return {
      text:
        `select u.v as set, count(*) as count from (select * from ${layout.events} where ${condition}) as e ` +
        `${field.values("e", "u")} group by u.v order by count(*) desc, u.v nulls last limit ${limit}`,
      values,
    };
  },
  timeline: ({ layout, condition, converted, values }) => {
    const step = bound(values, stepInterval(converted.step ?? DEFAULT_STEP), "interval");
    const bucket = `date_bin(${step}, ${layout.time.column}, timestamptz '2000-01-01 00:00:00Z')`;
    return {
      text: `select ${bucket} as bucket, count(*) as count from ${layout.events} where ${condition} group by 1 order by 1`,
      values,
    };
  },
};

/** Adds a value and returns its placeholder. */
function bound(values: string[], value: number | string, type: string): string {
  values.push(String(value));
  return `$${values.length}::${type}`;
}

function page({ layout, condition, converted, values }: Request, columns: string): string {
  const sort = converted.sort ?? { field: layout.time.name, direction: "desc" as const };
  const field = indexCatalogue(layout.catalogue).fields.get(sort.field);
  const column = identifier(field?.kind === "stored" ? field.column : layout.time.column);
  const order = `order by ${column} ${sort.direction}, ${layout.id.column} ${sort.direction}`;
  const limit = converted.limit === null ? "" : ` limit ${bound(values, converted.limit, "bigint")}`;
  const skipped = ((converted.page ?? 1) - 1) * (converted.limit ?? 0);
  const offset = skipped === 0 ? "" : ` offset ${bound(values, skipped, "bigint")}`;
  return `select ${columns} from ${layout.events} where ${condition} ${order}${limit}${offset}`;
}

/** `5m` as PostgreSQL reads it: there `m` is a month. @throws DataError for steps that the calendar makes of different lengths */
function stepInterval(step: string): string {
  const literal = readDurationLiteral(step);
  const micros = literal.kind === "value" ? durationMicros(literal.value) : null;
  if (micros === null || micros === 0n)
    throw new DataError(
      `${OPERATION}: "${step}" is no step of a timeline; write a length from 1ms to weeks such as 5m; timelineEvents has months and years`,
      { operation: OPERATION },
    );
  return `${micros} microseconds`;
}
