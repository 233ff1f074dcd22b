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
import { timeBounds, type TimeBounds } from "../../../compiler/time-bounds.js";
import { isPlain, shown } from "../../../compiler/values/checks.js";
import { dateToMicros, formatMicros } from "../../../compiler/values/time.js";
import { printSyntax } from "../../../grammar/print.js";
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

/**
 * A statement with its values, ready for `query(text, values, { name })`. Its rows: `select` id, event and columns; `count`, and `aggregate` without
 * `aggr_set`, one count; `aggregate` set and count; `timeline` bucket (its start) and count, with `aggr_set` bucket, set and count.
 */
export interface BuiltQuery {
  /** SQL with `$1` … for its values. */
  readonly text: string;
  /** The values as text, in the order of the placeholders. */
  readonly values: readonly string[];
  /** The given query name: passed beside the text, never put into it. */
  readonly name?: string;
}

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
    throw argumentError(OPERATION, `unknown query type ${shown(qtype)}; use ${QUERY_TYPES.join(", ")}`);
  if (!isPlain(parameters))
    throw argumentError(
      OPERATION,
      `the parameters are an object such as { source_addrs: ["192.0.2.0/24"] }, not ${shown(parameters)}`,
    );
  if (qname !== undefined && typeof qname !== "string")
    throw argumentError(OPERATION, `the name of the query is a text, not ${shown(qname)}`);
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
  const bounds = timeBounds(compiled.condition, legacySortField(catalogue), execution);
  const built = BUILDERS[qtype]({ parts: { catalogue, condition }, converted, bounds, values: [...values] });
  return qname === undefined ? built : { ...built, name: qname };
}

interface Request {
  readonly parts: LegacyParts;
  readonly converted: ConvertedParameters;
  /** Those of the time that a timeline goes by. */
  readonly bounds: TimeBounds;
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
    if (converted.aggregate === null) return { text: countText(parts), values };
    const { name } = countedField(converted.aggregate, parts.catalogue, OPERATION);
    return { text: aggregateText(parts, name, limitOf(converted, values)), values };
  },
  timeline: ({ parts, converted, bounds, values }) => {
    const instant = (micros: bigint | null) =>
      micros === null ? null : bound(values, formatMicros(micros), "timestamptz");
    const { aggregate } = converted;
    const step = bound(values, stepInterval(converted.step ?? DEFAULT_STEP), "interval");
    // The end of the filter is exclusive, a microsecond after the parameter.
    const [from, to] = [instant(bounds.from), instant(bounds.to === null ? null : bounds.to - 1n)];
    const field = aggregate === null ? null : countedField(aggregate, parts.catalogue, OPERATION).name;
    const limit = field === null ? null : limitOf(converted, values);
    return { text: timelineText(parts, { step, from, to, field, limit }), values };
  },
};

function limitOf({ limit }: ConvertedParameters, values: string[]): string | null {
  return limit === null ? null : bound(values, limit, "bigint");
}

/** Adds a value and returns its placeholder. */
function bound(values: string[], value: number | bigint | string, type: string): string {
  values.push(String(value));
  return `$${values.length}::${type}`;
}

/** The largest OFFSET. */
const MAX_SKIPPED = 2n ** 63n - 1n;

function pageOf({ parts, converted, values }: Request): LegacyPage {
  const { field, direction } = converted.sort ?? {
    field: legacySortField(parts.catalogue),
    direction: "desc",
  };
  const limit = converted.limit === null ? null : bound(values, converted.limit, "bigint");
  const skipped = BigInt((converted.page ?? 1) - 1) * BigInt(converted.limit ?? 0);
  if (skipped > MAX_SKIPPED)
    throw argumentError(
      OPERATION,
      "page and limit lead beyond what a database can count: a page that far has no events",
    );
  return { field, direction, limit, offset: skipped === 0n ? null : bound(values, skipped, "bigint") };
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
