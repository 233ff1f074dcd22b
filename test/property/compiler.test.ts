/** Properties of what the compiler makes of filters: passes, SQL text, placeholders, shapes. */
import fc from "fast-check";
import { fingerprintSync, loadModule, parseSync } from "libpg-query";
import { beforeAll, describe, expect, it } from "vitest";
import { IDEA_CATALOGUE } from "../../compiler/catalogue/idea.js";
import { analyseFilter, compileFilter } from "../../compiler/compile.js";
import { prepareCondition } from "../../compiler/evaluate/evaluate.js";
import { lowerCondition } from "../../compiler/lower/condition.js";
import { render } from "../../compiler/sql/fragment.js";
import { cheapestFirst } from "../../compiler/lower/cheapest-first.js";
import { optimise, PASSES } from "../../compiler/passes/index.js";
import { timeBounds, withoutBounds } from "../../compiler/time-bounds.js";
import type { Condition } from "../../compiler/tree.js";
import type { Expr } from "../../grammar/ast.js";
import { parseSyntax } from "../../grammar/parse.js";
import { printSyntax } from "../../grammar/print.js";
import { formatIpRange, type IpRange } from "../../compiler/values/ip-range.js";
import { dateToMicros } from "../../compiler/values/time.js";
import {
  filterCalls,
  filters,
  filterSyntaxes,
  ideaEvents,
  POOL_NOW,
  referenceMatch,
  referenceMatcher,
} from "../testing/index.js";
import { mapValues } from "./map-values.js";
import { times } from "./support.js";

beforeAll(() => loadModule());

/** The typed tree before any pass. */
function written(text: string): Condition {
  const { written: condition } = analyseFilter(text);
  if (condition === null) throw new Error(`${text} has an error`);
  return condition;
}

const now = dateToMicros(POOL_NOW);
const answersOf = (
  condition: Condition,
  args: Readonly<Record<string, unknown>>,
  events: readonly unknown[],
) => events.map(prepareCondition(condition, IDEA_CATALOGUE)({ args, now }));

const events = fc.sample(
  fc.oneof(...(["valid", "untidy", "hostile"] as const).map((kind) => ideaEvents({ kind }))),
  {
    numRuns: 40,
    seed: 2024,
  },
);

describe("passes", () => {
  it.each([
    ...PASSES,
    ["all of them", optimise] as const,
    ["cheapest first", (condition: Condition) => cheapestFirst(optimise(condition))] as const,
  ])("%s: keeps what matches", (_, pass) => {
    fc.assert(
      fc.property(filterCalls(), ({ filter, args }) => {
        const reference = referenceMatcher(filter, { args, now: POOL_NOW });
        expect(answersOf(pass(written(filter)), args, events)).toEqual(events.map(reference));
      }),
      { numRuns: times(150) },
    );
  });

  it("all of them leave no constant below the root, and nothing to do for a second time", () => {
    fc.assert(
      fc.property(filterCalls(), ({ filter }) => {
        const { condition } = compileFilter(filter);
        expect(optimise(condition)).toEqual(condition);
        if (condition.kind !== "constant") expect(kindsIn(condition)).not.toContain("constant");
      }),
      { numRuns: times(300) },
    );
  });
});

describe("long lists", () => {
  /** Short ranges near one another: a list of them stays long when it is merged. */
  const near = fc
    .record({ family: fc.constantFrom(4 as const, 6 as const), at: fc.nat(600), width: fc.nat(3) })
    .map(({ family, at, width }): IpRange => {
      const first = (family === 4 ? 0x0a000000n : 0x20010db8n << 96n) + BigInt(at);
      return { family, first, last: first + BigInt(width) };
    });

  it("of addresses are searched through as short ones are read", () => {
    fc.assert(
      fc.property(
        fc.array(near, { minLength: 40, maxLength: 80 }),
        fc.constantFrom("in", "overlaps", "covers", "not in"),
        near,
        (listed, operator, stored) => {
          const filter = `source.ip ${operator} [${listed.map(formatIpRange).join(", ")}]`;
          const event = { Source: [{ [`IP${stored.family}`]: [formatIpRange(stored)] }] };
          expect(compileFilter(filter).matches(event)).toBe(referenceMatch(filter, event));
        },
      ),
      { numRuns: times(300) },
    );
  });
});

describe("time bounds", () => {
  const FIELD = "detect_time";
  const hours = fc.integer({ min: 0, max: 9 }).map((hour) => `2024-05-01T0${hour}:00:00Z`);
  const events = hours.chain((DetectTime) =>
    fc.constantFrom("low", "high").map((severity) => ({
      DetectTime,
      _CESNET: { EventSeverity: severity },
    })),
  );
  const { expression } = fc.letrec<{ atom: string; expression: string }>((tie) => ({
    atom: fc.oneof(
      fc.constant("severity = high"),
      fc
        .tuple(fc.constantFrom("=", "!=", "<", "<=", ">", ">="), hours)
        .map(([operator, hour]) => `${FIELD} ${operator} ${hour}`),
      fc
        .tuple(fc.constantFrom("in", "not in"), fc.uniqueArray(hours, { minLength: 2, maxLength: 2 }))
        .map(([operator, bounds]) => `${FIELD} ${operator} ${[...bounds].sort().join("..")}`),
    ),
    expression: fc.oneof(
      { withCrossShrink: true },
      tie("atom"),
      tie("expression").map((operand) => `not (${operand})`),
      fc
        .tuple(fc.constantFrom("and", "or", "xor"), tie("expression"), tie("expression"))
        .map(([operator, left, right]) => `(${left}) ${operator} (${right})`),
    ),
  }));

  it("hold every event that matches, and within them the rest of the condition decides", () => {
    fc.assert(
      fc.property(expression, fc.array(events, { minLength: 1, maxLength: 5 }), (filter, given) => {
        const { condition } = compileFilter(filter);
        const { from, to } = timeBounds(condition, FIELD, { args: {}, now });
        const [matches, restMatches] = [condition, withoutBounds(condition, FIELD)].map((tested) =>
          prepareCondition(tested, IDEA_CATALOGUE)({ args: {}, now }),
        );
        for (const event of given) {
          const time = dateToMicros(new Date(event.DetectTime));
          const within = (from === null || from <= time) && (to === null || time < to);
          expect(matches?.(event)).toBe(within && restMatches?.(event));
        }
      }),
      { numRuns: times(500) },
    );
  });
});

/** Kinds of the nodes; the condition of `has` may be the constant true: any element. */
function kindsIn(condition: Condition): readonly string[] {
  switch (condition.kind) {
    case "and":
    case "or":
    case "xor":
      return [condition.kind, ...condition.operands.flatMap(kindsIn)];
    case "not":
      return [condition.kind, ...kindsIn(condition.operand)];
    case "has":
      return condition.condition.kind === "constant" ? ["has"] : ["has", ...kindsIn(condition.condition)];
    case "atom":
    case "constant":
      return [condition.kind];
  }
}

describe("SQL text", () => {
  it("has placeholders $1 to $n, each used, and as many values", () => {
    fc.assert(
      fc.property(filterCalls(), fc.integer({ min: 1, max: 9 }), ({ filter, args }, firstParameter) => {
        const { text, values } = compileFilter(filter).sql(args, { firstParameter, now: POOL_NOW });
        const used = new Set([...text.matchAll(/\$(\d+)/g)].map(([, number]) => Number(number)));
        expect([...used].sort((a, b) => a - b)).toEqual(
          values.map((_, position) => firstParameter + position),
        );
      }),
      { numRuns: times(500) },
    );
  });

  it("never holds a value of the filter", () => {
    fc.assert(
      fc.property(
        filterSyntaxes(),
        fc.stringMatching(/^[qzx]{9}$/),
        fc.integer({ min: 41_000, max: 41_999 }),
        (syntax, word, number) => {
          const marked = mapValues(syntax.root!, { word, number });
          const { text } = compileFilter(printSyntax(marked)).sql({}, { now: POOL_NOW });
          expect(text).not.toContain(word);
          expect(text).not.toContain(String(number));
          // Whatever else the SQL quotes is fixed: the collation, an empty text, separators of hierarchies and prefix lengths, hexadecimal digits.
          expect(text.replaceAll(/'[/.x0]?'|'hex'|"C"/g, "")).not.toMatch(/['"]/);
        },
      ),
      { numRuns: times(500) },
    );
  });

  it("is the same for other values of the same kind", () => {
    fc.assert(
      fc.property(filterSyntaxes(), (syntax) => {
        const first = compileFilter(printSyntax(mapValues(syntax.root!, { word: "aaa", number: 41_001 })));
        const second = compileFilter(printSyntax(mapValues(syntax.root!, { word: "bbb", number: 41_002 })));
        expect(second.sql({}, { now: POOL_NOW }).text).toBe(first.sql({}, { now: POOL_NOW }).text);
        expect(second.shape).toBe(first.shape);
      }),
      { numRuns: times(500) },
    );
  });

  it("differs exactly where the shape does", () => {
    fc.assert(
      fc.property(filters(), filters(), (one, other) => {
        const [first, second] = [compileFilter(one), compileFilter(other)];
        expect(first.shape === second.shape).toBe(first.render().text === second.render().text);
      }),
      { numRuns: times(300) },
    );
  });

  it("is what PostgreSQL parses, with a fingerprint that depends on the shape only", () => {
    const fingerprints = new Map<string, string>();
    fc.assert(
      fc.property(filterCalls(), ({ filter }) => {
        const compiled = compileFilter(filter);
        const query = `select 1 from events where ${compiled.render().text}`;
        expect(parseSync(query).stmts).toHaveLength(1);
        const fingerprint = fingerprintSync(query);
        expect(fingerprints.get(compiled.shape) ?? fingerprint).toBe(fingerprint);
        fingerprints.set(compiled.shape, fingerprint);
      }),
      {
        // The parser is WebAssembly whose stack shrinks with every call: some 450 calls are its end.
        numRuns: times(100),
      },
    );
  });

  it("is the same when the syntax tree is the same: spelling and blanks do not matter", () => {
    fc.assert(
      fc.property(filters(), (text) => {
        const spaced = text
          .replaceAll(" and ", " && ")
          .replaceAll(" or ", "\n||\t")
          .replaceAll(" xor ", " ^^ ");
        fc.pre(sameTree(parseSyntax(text).syntax.root, parseSyntax(spaced).syntax.root));
        expect(compileFilter(spaced).render().text).toBe(compileFilter(text).render().text);
      }),
      { numRuns: times(200) },
    );
  });

  it("is a function of the condition", () => {
    fc.assert(
      fc.property(filters(), (text) => {
        const { condition } = compileFilter(text);
        expect(render(lowerCondition(condition, IDEA_CATALOGUE)).text).toBe(
          compileFilter(text).render().text,
        );
      }),
      { numRuns: times(200) },
    );
  });
});

function sameTree(one: Expr | null, other: Expr | null): boolean {
  return one !== null && other !== null && printSyntax(one) === printSyntax(other);
}
