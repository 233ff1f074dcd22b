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
import { isEverything } from "../../../compiler/everything/is-everything.js";
import { argumentError } from "../../../compiler/values/errors.js";
import { dateToMicros } from "../../../compiler/values/time.js";
import { printSyntax } from "../../../grammar/print.js";
import { DataError } from "../../postgres/errors.js";
import { countedField } from "../dashboards/field-values.js";
import {
  aggregateText,
  countText,
  legacyDeleteText,
  legacySortField,
  selectGhostText,
  selectText,
  timelineText,
  type LegacyPage,
  type LegacyParts,
} from "./statements.js";

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
    throw argumentError(OPERATION, `unknown query type "${qtype}"; use ${QUERY_TYPES.join(", ")}`, {
      operation: OPERATION,
    });
  if (!isObject(parameters))
    throw new DataError(
      `${OPERATION}: the parameters are an object such as { source_addrs: ["192.0.2.0/24"] }`,
    );
  const converted = searchParametersToSyntax(parameters, catalogue);
  const compiled = compileFilter(converted.syntax === null ? "" : printSyntax(converted.syntax), {
    catalogue,
  });
  const execution = { args: {}, now: dateToMicros(new Date()) };
  if (qtype === "delete" && isEverything(compiled.condition, catalogue, execution))
    throw argumentError(
      OPERATION,
      "a deletion needs a condition that some events don't meet; these parameters have none",
    );
  const { text: condition, values } = compiled.sql();
  const built = BUILDERS[qtype]({ parts: { catalogue, condition }, converted, values: [...values] });
  return qname === undefined ? built : { ...built, name: qname };
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

interface Request {
  readonly parts: LegacyParts;
  readonly converted: ConvertedParameters;
  /** Those of the condition; builders add their own after them. */
  readonly values: string[];
}

const BUILDERS: Readonly<Record<QueryType, (request: Request) => BuiltQuery>> = {
  select: (request) => ({ text: selectText(request.parts, pageOf(request)), values: request.values }),
  select_ghost: (request) => ({
    text: selectGhostText(request.parts, pageOf(request)),
    values: request.values,
  }),
  count: ({ parts, values }) => ({ text: countText(parts), values }),
  delete: ({ parts, values }) => ({ text: legacyDeleteText(parts), values }),
  aggregate: ({ parts, converted, values }) => {
    if (converted.aggregate === null)
      throw argumentError(OPERATION, `an aggregation needs the parameter aggr_set`);
    const { name } = countedField(converted.aggregate, parts.catalogue, OPERATION);
    const limit = bound(values, converted.limit ?? DEFAULT_AGGREGATE_LIMIT, "bigint");
    return { text: aggregateText(parts, name, limit), values };
  },
  timeline: ({ parts, converted, values }) => {
    const step = bound(values, stepInterval(converted.step ?? DEFAULT_STEP), "interval");
    return { text: timelineText(parts, step), values };
  },
};

/** Adds a value and returns its placeholder. */
function bound(values: string[], value: number | string, type: string): string {
  values.push(String(value));
  return `$${values.length}::${type}`;
}

function pageOf({ parts, converted, values }: Request): LegacyPage {
  const { field, direction } = converted.sort ?? {
    field: legacySortField(parts.catalogue),
    direction: "desc",
  };
  const limit = converted.limit === null ? null : bound(values, converted.limit, "bigint");
  const skipped = ((converted.page ?? 1) - 1) * (converted.limit ?? 0);
  return { field, direction, limit, offset: skipped === 0 ? null : bound(values, skipped, "bigint") };
}

/** `5m` as PostgreSQL reads it: there `m` is a month. @throws DataError for steps that the calendar makes of different lengths */
function stepInterval(step: string): string {
  const literal = readDurationLiteral(step);
  const micros = literal.kind === "value" ? durationMicros(literal.value) : null;
  if (micros === null || micros === 0n)
    throw argumentError(
      OPERATION,
      `"${step}" is no step of a timeline; write a length from 1ms to weeks such as 5m; timelineEvents has months and years`,
    );
  return `${micros} microseconds`;
}
