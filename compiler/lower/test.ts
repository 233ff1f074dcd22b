/** SQL of one test over one value. */
import type { Binding } from "../values/binding.js";
import type { NumberRange, NumberSet, PatternSet, TimeRange } from "../values/filter-values.js";
import { sparsePattern } from "../values/sparse-pattern.js";
import { valueType } from "../catalogue/columns.js";
import type { StoredField } from "../catalogue/model.js";
import { regexToPostgres } from "../literals/regex.js";
import { requiredPattern } from "../literals/trigrams.js";
import type { AtomTest, IpRelation, TimeTest } from "../tree.js";
import { join, placeholder, sql, type Fragment, type Placeholder } from "../sql/fragment.js";

/** Tests of one value; `exists` and `count` speak of the whole list instead. */
export type ValueTest = Exclude<AtomTest, { kind: "exists" | "count" }>;

interface AddressSql {
  /** The operator of ip4r between a stored range and one of the ranges, and the same with the sides changed. */
  readonly operator: string;
  readonly commuted: string;
  /** A list means the union of its ranges: ranges that touch count as one. */
  readonly union: boolean;
  /** A stored range that meets the test shares an address with one of the ranges, so an index of prefix tokens can look for it. */
  readonly sharesAddress: boolean;
}

/** SQL of the operators of addresses. */
export const ADDRESS_SQL: Readonly<Record<IpRelation, AddressSql>> = {
  in: { operator: "<<=", commuted: ">>=", union: true, sharesAddress: true },
  overlaps: { operator: "&&", commuted: "&&", union: true, sharesAddress: true },
  covers: { operator: ">>=", commuted: "<<=", union: false, sharesAddress: true },
  "=": { operator: "=", commuted: "=", union: false, sharesAddress: true },
};

/** A test with its placeholders, which are made once: a value printed several times in one expression is one parameter. */
export interface PreparedTest {
  /** The SQL of the test over the SQL of a value. */
  readonly holds: (value: Fragment) => Fragment;
  /** The values of a test for equality with one of several values, as an array of the type of the field's lists. */
  readonly array?: Placeholder;
  /** The test for some value of a list column in a quicker way than value by value, which `general` is. */
  readonly some?: (list: string, general: Fragment) => Fragment;
  /** The same test as an index of trigrams serves it: what it can look for, and the rest in a form that it leaves alone. */
  readonly indexed?: (value: Fragment) => Fragment;
}

/**
 * The SQL of `test` over a value of `field`. The value is never null where it is an array element; over a null column the result is null,
 * which counts as false.
 */
export function prepareTest(test: ValueTest, field: StoredField): PreparedTest {
  switch (test.kind) {
    case "word": {
      const words = placeholder({ kind: "words", set: test.set, fold: test.fold }, "text[]");
      return test.fold
        ? { holds: (value) => sql`${foldCase(value)} = any(${words})` }
        : { holds: (value) => sql`${value} = any(${words})`, array: words };
    }
    case "boolean": {
      const wanted = placeholder({ kind: "boolean", value: test.value }, "boolean");
      return { holds: (value) => sql`${value} = ${wanted}` };
    }
    case "number":
      return prepareNumber(test.set, valueType(field));
    case "time":
      return prepareTime(test, field);
    case "ip": {
      const { operator, commuted, union } = ADDRESS_SQL[test.relation];
      const ranges = placeholder({ kind: "ips", set: test.set, merge: union }, "iprange[]");
      return {
        holds: (value) => sql`${value} ${operator} any(${ranges})`,
        // A scan with a subquery for each row takes more than twice as long, and mostly one network is asked for.
        some: (list, general) =>
          sql`case when cardinality(${ranges}) = 1 then (${ranges})[1] ${commuted} any(${list}) else ${general} end`,
      };
    }
    case "family": {
      const families = placeholder({ kind: "points", points: test.set.points }, "bigint[]");
      return { holds: (value) => sql`family(${value}) = any(${families})` };
    }
    case "prefix-length": {
      // An argument of any size may be compared with a length.
      const length = prepareNumber(test.set, "bigint");
      return { holds: (value) => length.holds(prefixLengthOf(value)) };
    }
    case "under": {
      // "Recon." is a prefix of "Recon." and "Recon.Scanning." but not of "Reconnaissance.".
      const patterns = placeholder({ kind: "under", set: test.set, fold: test.fold }, "text[]");
      const fold = test.fold ? foldCase : (value: Fragment) => value;
      return { holds: (value) => sql`(${fold(value)} || '.') like any(${patterns})` };
    }
    case "pattern":
      return preparePattern(test.patterns, test.fold);
    case "regex": {
      const regex = placeholder({ kind: "text", value: regexToPostgres(test.regex) }, "text");
      const holds = (value: Fragment) => sql`${value} ~ ${regex}`;
      const required = requiredPattern(test.regex);
      if (required === null) return { holds };
      const pattern = placeholder({ kind: "text", value: sparsePattern(required) }, "text");
      const indexed = (value: Fragment) =>
        join([sql`${foldCase(value)} like ${pattern}`, holds(value)], "and");
      return { holds, indexed };
    }
  }
}

/** A {@link prepareTest} that remembers: the same test over values of the same type has the same placeholders. */
export function rememberingPrepare(): typeof prepareTest {
  const known = new Map<ValueTest, Map<string, PreparedTest>>();
  return (test, field) => {
    const type = `${field.type} ${valueType(field)}`;
    const byType = known.get(test) ?? new Map<string, PreparedTest>();
    const prepared = byType.get(type) ?? prepareTest(test, field);
    known.set(test, byType.set(type, prepared));
    return prepared;
  };
}

/** Up to so many patterns are compared one by one: a trigram index serves `like $1`, but not `like any(…)`. */
const SINGLE_PATTERNS = 8;

function preparePattern({ values, slots }: PatternSet, fold: boolean): PreparedTest {
  const likeAny = (value: Fragment, patterns: readonly (Placeholder | Fragment)[]): Fragment =>
    join(
      patterns.map((pattern) => sql`${fold ? foldCase(value) : value} like ${pattern}`),
      "or",
    );
  if (values.length + slots.length > SINGLE_PATTERNS) {
    const any = sql`any(${placeholder({ kind: "patterns", set: { values, slots }, fold }, "text[]")})`;
    return { holds: (value) => likeAny(value, [any]) };
  }
  const single: readonly PatternSet[] = [
    ...values.map((value) => ({ values: [value], slots: [] })),
    ...slots.map((slot) => ({ values: [], slots: [slot] })),
  ];
  const wanted = (kind: "pattern" | "sparse-pattern"): readonly Placeholder[] =>
    single.map((set) => placeholder({ kind, set, fold }, "text"));
  const whole = wanted("pattern");
  const holds = (value: Fragment): Fragment => likeAny(value, whole);
  if (!fold) return { holds };
  const sparse = wanted("sparse-pattern");
  // With IS TRUE the whole patterns are none for the index.
  const hidden = (value: Fragment): Fragment =>
    whole.length === 1 ? sql`(${holds(value)}) is true` : sql`${holds(value)} is true`;
  return { holds, indexed: (value) => join([likeAny(value, sparse), hidden(value)], "and") };
}

/** In collation "C" only ASCII letters have a lower case, as in memory. */
function foldCase(value: Fragment): Fragment {
  return sql`lower(${value} collate "C")`;
}

/** ip4r's own `masklen` has no counterpart in the compatibility schema; the text form is the same in both. */
function prefixLengthOf(value: Fragment): Fragment {
  return sql`case when is_cidr(${value}) then coalesce(nullif(split_part(${value}::text, '/', 2), '')::integer, case family(${value}) when 4 then 32 else 128 end) end`;
}

/** Numbers of a PostgreSQL type; any mixture of several numbers and ranges is one parameter, so its size does not change the text. */
export function prepareNumber({ points, ranges }: NumberSet, type: string): PreparedTest {
  if (ranges.length === 0) {
    const wanted = placeholder({ kind: "points", points }, `${type}[]`);
    return { holds: (value) => sql`${value} = any(${wanted})`, array: wanted };
  }
  if (type === "double precision") {
    const tests = ranges.map((range) => prepareNumberRange(range, type));
    return oneOf(points.length === 0 ? tests : [prepareNumber({ points, ranges: [] }, type), ...tests]);
  }
  // Of whole numbers; a list of them is compared as one type whatever that of the column.
  const [wide, multirange] = type === "numeric" ? ["numeric", "nummultirange"] : ["bigint", "int8multirange"];
  const wanted = placeholder({ kind: "multirange", set: { points, ranges } }, multirange);
  // A scan with a subquery for each row takes more than twice as long.
  const some = (list: string) => sql`${wanted} @> any(${list}::${wide}[])`;
  const [range] = ranges;
  return range !== undefined && ranges.length + points.length === 1
    ? { ...prepareNumberRange(range, wide), some }
    : { holds: (value) => sql`${value}::${wide} <@ ${wanted}`, some };
}

/** Some of the tests hold. */
function oneOf(tests: readonly PreparedTest[]): PreparedTest {
  return {
    holds: (value) =>
      join(
        tests.map((test) => test.holds(value)),
        "or",
      ),
  };
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
  return oneOf(tests);
}

interface End {
  readonly bound: Placeholder | null;
  readonly operator: string;
}

function between(...ends: readonly End[]): PreparedTest {
  return {
    holds: (value) => {
      const tests = ends.flatMap(({ bound, operator }) =>
        bound ? [sql`${value} ${operator} ${bound}`] : [],
      );
      return tests.length === 0 ? sql`${value} is not null` : join(tests, "and");
    },
  };
}
