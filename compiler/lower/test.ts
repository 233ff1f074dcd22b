/** SQL of one test over one value. */
import type { Binding } from "../values/binding.js";
import type { NumberRange, NumberSet, TimeRange } from "../values/filter-values.js";
import { columnTypeOf } from "../catalogue/column-types.js";
import { valueType } from "../catalogue/columns.js";
import type { Catalogue, StoredField } from "../catalogue/model.js";
import type { ClockTest, TimeTest } from "../tree.js";
import { familyOf, prefixLengthOf, prepareAddress } from "./addresses.js";
import type { PreparedTest, ValueTest } from "./prepared-test.js";
import { foldCase, preparePattern, prepareRegex, prepareWords, textOf } from "./texts.js";
import { join, placeholder, sql, type Fragment, type Placeholder } from "../sql/fragment.js";

/**
 * The SQL of `test` over a value of `field`. The value is never null where it is an array element; over a null column the result is null,
 * which counts as false.
 */
function prepareTest(test: ValueTest, field: StoredField, catalogue: Catalogue): PreparedTest {
  switch (test.kind) {
    case "word":
      return prepareWords(test, field);
    case "boolean": {
      const wanted = placeholder({ kind: "boolean", value: test.value }, "boolean");
      return { holds: (value) => sql`${value} = ${wanted}` };
    }
    case "number":
      return prepareNumber(test.set, valueType(field));
    case "time":
      return prepareTime(test, field);
    case "clock": {
      const part = prepareNumber(test.set, "bigint");
      return { holds: (value) => part.holds(clockPart(test, value, field)) };
    }
    case "ip":
      return prepareAddress(test, field, catalogue);
    case "family": {
      const families = placeholder({ kind: "points", points: test.set.points }, "bigint[]");
      return { holds: (value) => sql`${familyOf(value, field, catalogue)} = any(${families})` };
    }
    case "prefix-length": {
      // An argument of any size may be compared with a length.
      const length = prepareNumber(test.set, "bigint");
      return { holds: (value) => length.holds(prefixLengthOf(value, field, catalogue)) };
    }
    case "under": {
      // "Recon." is a prefix of "Recon." and "Recon.Scanning." but not of "Reconnaissance.".
      const patterns = placeholder({ kind: "under", set: test.set, fold: test.fold }, "text[]");
      const text = (value: Fragment) => (test.fold ? foldCase(textOf(value, field)) : textOf(value, field));
      return { holds: (value) => sql`(${text(value)} || '.') like any(${patterns})` };
    }
    case "pattern":
      return preparePattern(test, field);
    case "regex":
      return prepareRegex(test, field);
  }
}

/** What clocks of the zone show at an instant, as a whole number. A zone of a fixed offset is an interval: as a name its sign is the other way. */
function clockPart({ part, zone }: ClockTest, value: Fragment, field: StoredField): Fragment {
  const isOffset = /^[+-]/.test(zone);
  const name = placeholder(
    { kind: "text", value: isOffset ? offsetText(zone) : zone },
    isOffset ? "interval" : "text",
  );
  // A timestamp without zone is in UTC.
  const instant = columnTypeOf(field) === "timestamp" ? sql`(${value} at time zone 'UTC')` : value;
  return sql`extract(${part === "hour" ? "hour" : "isodow"} from ${instant} at time zone ${name})::bigint`;
}

/** `+02`, `+0200`, `+02:00` as an interval. */
function offsetText(zone: string): string {
  const [, sign = "+", hours = "0", minutes = "0"] = /^([+-])(\d\d):?(\d\d)?$/.exec(zone) ?? [];
  return `${sign}${hours} hours ${sign}${minutes} minutes`;
}

/** The SQL of a test over a value of a field, see {@link prepareTest}. */
export type Prepare = (test: ValueTest, field: StoredField) => PreparedTest;

/** A {@link Prepare} over a catalogue that remembers: the same test over values of the same type has the same placeholders. */
export function rememberingPrepare(catalogue: Catalogue): Prepare {
  const known = new Map<ValueTest, Map<string, PreparedTest>>();
  return (test, field) => {
    // Prefilters follow the index, too.
    const index =
      field.type === "ip" || field.indexOn !== undefined ? ` ${field.index} ${field.indexOn}` : "";
    const type = `${field.type} ${columnTypeOf(field)}${index}`;
    const byType = known.get(test) ?? new Map<string, PreparedTest>();
    const prepared = byType.get(type) ?? prepareTest(test, field, catalogue);
    known.set(test, byType.set(type, prepared));
    return prepared;
  };
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
  return range !== undefined && ranges.length + points.length === 1 && range.cycle !== true
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
    // Read as a timestamp without zone, the text of an instant, which is in UTC, loses its zone only.
    return placeholder(binding, valueType(field));
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
