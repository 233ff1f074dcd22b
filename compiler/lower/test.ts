/** SQL of one test over one value. */
import type { Binding } from "../../runtime/codecs/binding.js";
import type { NumberRange, NumberSet, PatternSet, TimeRange } from "../../runtime/codecs/filter-values.js";
import { valueType } from "../catalogue/columns.js";
import type { StoredField } from "../catalogue/model.js";
import { regexToPostgres } from "../literals/regex.js";
import type { AtomTest, IpRelation, TimeTest } from "../tree.js";
import { join, placeholder, sql, type Fragment, type Placeholder } from "./fragment.js";

/** Tests of one value; `exists` and `count` speak of the whole list instead. */
export type ValueTest = Exclude<AtomTest, { kind: "exists" | "count" }>;

const IP_OPERATORS: Readonly<Record<IpRelation, string>> = {
  in: "<<=",
  overlaps: "&&",
  covers: ">>=",
  equals: "=",
};

/** A value printed several times in one expression is one parameter: the placeholders of a test are made once, here. */
export type PreparedTest = (value: Fragment) => Fragment;

/**
 * The SQL of `test` over a value of `field`, as a function of the SQL of that value. The value is never null where it is an array
 * element; over a null column the result is null, which counts as false.
 */
export function prepareTest(test: ValueTest, field: StoredField): PreparedTest {
  switch (test.kind) {
    case "word": {
      const words = placeholder({ kind: "words", set: test.set, fold: test.fold }, "text[]");
      return (value) => sql`${test.fold ? foldCase(value) : value} = any(${words})`;
    }
    case "boolean": {
      const wanted = placeholder({ kind: "boolean", value: test.value }, "boolean");
      return (value) => sql`${value} = ${wanted}`;
    }
    case "number":
      return prepareNumber(test.set, valueType(field));
    case "time":
      return prepareTime(test, field);
    case "ip": {
      const ranges = placeholder({ kind: "ips", set: test.set, merge: isUnion(test.relation) }, "iprange[]");
      return (value) => sql`${value} ${IP_OPERATORS[test.relation]} any(${ranges})`;
    }
    case "family": {
      const families = placeholder({ kind: "points", points: test.set.points }, "integer[]");
      return (value) => sql`family(${value}) = any(${families})`;
    }
    case "prefix-length": {
      const length = prepareNumber(test.set, "integer");
      return (value) => length(prefixLengthOf(value));
    }
    case "under": {
      // "Recon." is a prefix of "Recon." and "Recon.Scanning." but not of "Reconnaissance.".
      const patterns = placeholder({ kind: "under", set: test.set }, "text[]");
      return (value) => sql`(${value} || '.') like any(${patterns})`;
    }
    case "pattern":
      return preparePattern(test.patterns, test.fold);
    case "regex": {
      const regex = placeholder({ kind: "text", value: regexToPostgres(test.regex) }, "text");
      return (value) => sql`${value} ~ ${regex}`;
    }
  }
}

/** Lists of these relations mean the union of their ranges. */
export function isUnion(relation: IpRelation): boolean {
  return relation === "in" || relation === "overlaps";
}

/** Up to so many patterns are compared one by one: a trigram index serves `like $1`, but not `like any(…)`. */
const SINGLE_PATTERNS = 8;

function preparePattern({ values, slots }: PatternSet, fold: boolean): PreparedTest {
  const single = (set: PatternSet) => placeholder({ kind: "pattern", set, fold }, "text");
  const wanted =
    values.length + slots.length <= SINGLE_PATTERNS
      ? [
          ...values.map((value) => single({ values: [value], slots: [] })),
          ...slots.map((slot) => single({ values: [], slots: [slot] })),
        ]
      : [sql`any(${placeholder({ kind: "patterns", set: { values, slots }, fold }, "text[]")})`];
  return (value) => {
    const text = fold ? foldCase(value) : value;
    return join(
      wanted.map((pattern) => sql`${text} like ${pattern}`),
      "or",
    );
  };
}

/** In collation "C" only ASCII letters have a lower case, as in memory. */
export function foldCase(value: Fragment): Fragment {
  return sql`lower(${value} collate "C")`;
}

/** ip4r's own `masklen` has no counterpart in the compatibility schema; the text form is the same in both. */
function prefixLengthOf(value: Fragment): Fragment {
  return sql`case when is_cidr(${value}) then coalesce(nullif(split_part(${value}::text, '/', 2), '')::integer, case family(${value}) when 4 then 32 else 128 end) end`;
}

function prepareNumber(set: NumberSet, type: string): PreparedTest {
  const tests: PreparedTest[] = [];
  const { points, ranges } = set;
  const multirange =
    type !== "double precision" && (ranges.length > 1 || (ranges.length === 1 && points.length > 0));
  if (multirange) {
    // Any mixture of numbers and ranges is one parameter, so its size does not change the text.
    const wanted = placeholder({ kind: "multirange", set }, "int8multirange");
    return (value) => sql`${value}::bigint <@ ${wanted}`;
  }
  if (points.length > 0) {
    const wanted = placeholder({ kind: "points", points }, `${type}[]`);
    tests.push((value) => sql`${value} = any(${wanted})`);
  }
  for (const range of ranges)
    tests.push(prepareNumberRange(range, type === "double precision" ? type : "bigint"));
  return (value) =>
    join(
      tests.map((test) => test(value)),
      "or",
    );
}

function prepareNumberRange(range: NumberRange, type: string): PreparedTest {
  const bound = (value: NumberRange["low"]): Placeholder | null =>
    value === null ? null : placeholder({ kind: "number", value }, type);
  return between(
    { bound: bound(range.low), operator: range.lowInclusive ? ">=" : ">" },
    { bound: bound(range.high), operator: range.highInclusive ? "<=" : "<" },
  );
}

function prepareTime(test: TimeTest, field: StoredField): PreparedTest {
  const interval = field.type === "duration";
  const bound = (value: TimeRange["from"]): Placeholder | null => {
    if (value === null) return null;
    const binding: Binding = { kind: interval ? "interval" : "instant", bound: value };
    return placeholder(binding, interval ? "interval" : "timestamptz");
  };
  const tests = test.set.ranges.map(({ from, to }) =>
    between({ bound: bound(from), operator: ">=" }, { bound: bound(to), operator: "<" }),
  );
  return (value) =>
    join(
      tests.map((one) => one(value)),
      "or",
    );
}

interface End {
  readonly bound: Placeholder | null;
  readonly operator: string;
}

function between(...ends: readonly End[]): PreparedTest {
  return (value) => {
    const tests = ends.flatMap(({ bound, operator }) => (bound ? [sql`${value} ${operator} ${bound}`] : []));
    return tests.length === 0 ? sql`${value} is not null` : join(tests, "and");
  };
}
