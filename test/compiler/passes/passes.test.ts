import { describe, expect, it } from "vitest";
import { optimise, PASSES, passSteps } from "../../../compiler/passes/index.js";
import type { Condition } from "../../../compiler/tree.js";
import { prepareCondition } from "../../../compiler/evaluate/evaluate.js";
import { IDEA_CATALOGUE } from "../../../compiler/catalogue/idea.js";
import { indexCatalogue } from "../../../compiler/catalogue/lookup.js";
import { wholeContext } from "../../../compiler/resolve/context.js";
import { resolveExpr } from "../../../compiler/resolve/resolve.js";
import { DEFAULT_LIMITS } from "../../../compiler/limits.js";
import { parseSyntax } from "../../../grammar/parse.js";
import { compiled } from "../language/support.js";
import { conditionText } from "../../../compiler/explain/condition-text.js";

/** The typed tree before any pass. */
function resolved(text: string): Condition {
  const { syntax } = parseSyntax(text);
  const condition =
    syntax.root &&
    resolveExpr(
      syntax.root,
      wholeContext(
        {
          index: indexCatalogue(IDEA_CATALOGUE),
          sets: {},
          filters: {},
          parse: parseSyntax,
          timeZone: "UTC",
          limits: DEFAULT_LIMITS,
        },
        ({ code, message }) => {
          if (code.startsWith("E")) throw new Error(`${text}: ${code} ${message}`);
        },
        text,
      ),
    );
  if (!condition) throw new Error(`no condition in ${text}`);
  return condition;
}

const FILTERS = [
  "not (severity = high and not (target.port = 22 or source.ip in 0.0.0.0/0))",
  "not (severity = high xor not target.port = 22 xor true)",
  "severity = high and severity = low",
  "severity = high or not severity = high",
  "severity = high xor severity = high xor tlp = red",
  "severity = high xor not severity = high xor tlp = red",
  "source.ip in [10.0.0.0/9, 10.128.0.0/9, ::/0]",
  "source.ip overlaps [0.0.0.0/0, ::/0]",
  "count(source.ip) >= 1 and count(target.ip) >= 0 or count(target.port) < 0",
  "source.port in 0..65535 and not target.port in []",
  "source has (port = 22 and port = 22 and not (ip in 10.0.0.0/8 or false))",
  "none source has (ip in ::/0) or all source has (true)",
  "any target.port != 22 and none target.port != 22",
  "confidence > 0.5 and confidence in [0.1, 0.2..0.5] or conn_count > 5 and conn_count <= 5",
  "true and (false or (true and severity = high))",
  "detect_time > 2024-05-02 and detect_time < 2024-05-01",
  "prefix_len(source.ip) > 128 or family(source.ip) in [4, 6]",
];

const EVENTS: readonly unknown[] = [
  {},
  { TLP: "RED", Confidence: 0.5, ConnCount: 5 },
  { _CESNET: { EventSeverity: "high" }, Target: [{ Port: [22] }], Source: [{ IP6: ["::1"], Port: [22] }] },
  {
    _CESNET: { EventSeverity: "low" },
    Target: [{ Port: [23, 22] }],
    Source: [{ IP4: ["10.1.2.3"], Port: [22] }],
  },
  {
    Target: [{ Port: [80] }],
    Source: [{ IP4: ["192.0.2.1-192.0.2.9"] }],
    Confidence: 0.2,
    DetectTime: "2024-05-01T12:00:00Z",
  },
];

/** The condition that a pass gets: what those before it leave. */
function before(pass: string, filter: string): Condition {
  const position = PASSES.findIndex(([name]) => name === pass);
  return PASSES.slice(0, position).reduce((tree, [, one]) => one(tree), resolved(filter));
}

describe.each(PASSES)("the pass %s", (name, pass) => {
  it.each(FILTERS)("keeps the meaning of %s", (filter) => {
    const given = before(name, filter);
    const execution = { args: {}, now: 0n };
    const holds = (tree: Condition) => EVENTS.map(prepareCondition(tree, IDEA_CATALOGUE)(execution));
    expect(holds(pass(given))).toEqual(holds(given));
  });

  it("does what its golden file shows", async () => {
    const changed = FILTERS.flatMap((filter) => {
      const given = before(name, filter);
      const [old, simplified] = [conditionText(given), conditionText(pass(given))];
      return old === simplified ? [] : [page(filter, old, simplified)];
    });
    expect(changed).not.toEqual([]);
    // A screen of examples is enough.
    await expect(changed.slice(0, 4).join("\n")).toMatchFileSnapshot(
      `../../golden/passes/${name.replaceAll(" ", "-")}.txt`,
    );
  });
});

function page(filter: string, old: string, simplified: string): string {
  const indented = (text: string) => text.replace(/^/gm, "  ");
  return `${filter}\n\nbefore\n${indented(old)}\nafter\n${indented(simplified)}\n`;
}

it("steps through the passes to what optimise leaves", () => {
  for (const filter of FILTERS) {
    const condition = resolved(filter);
    const steps = passSteps(condition);
    expect(steps.at(-1)?.condition).toEqual(optimise(condition));
    expect(steps.slice(0, PASSES.length).map(({ name }) => name)).toEqual(PASSES.map(([name]) => name));
  }
});

describe("all passes", () => {
  it.each([
    [
      FILTERS[0],
      "or\n  not severity word {set: {values: [high], slots: []}, fold: false}\n  any of target_port number {set: {points: [22], ranges: []}}\n  any of source_ip family {set: {points: [4], ranges: []}}",
    ],
    [FILTERS[2], "false"],
    [FILTERS[3], "true"],
    [FILTERS[4], "tlp word {set: {values: [RED], slots: []}, fold: false}"],
    [FILTERS[5], "not tlp word {set: {values: [RED], slots: []}, fold: false}"],
    [FILTERS[7], "any of source_ip exists"],
    [FILTERS[8], "any of source_ip exists"],
    [FILTERS[9], "any of source_port exists"],
    [FILTERS[13], "false"],
    [FILTERS[14], "severity word {set: {values: [high], slots: []}, fold: false}"],
    [FILTERS[15], "false"],
    [FILTERS[16], "any of source_ip exists"],
  ])("%s", (filter, tree) => expect(conditionText(compiled(filter ?? "").condition)).toBe(tree));

  it.each([
    // Found by the property: what stood twice below left a pair above.
    ["(tlp exists and tlp exists) xor tlp exists xor severity = high", "severity = high"],
    [
      "node has ((type exists and type exists xor type exists xor name = x) and type = Honeypot)",
      "node has (name = x and type = Honeypot)",
    ],
    ["(tlp exists and (tlp exists or (severity = low and severity = high))) xor tlp exists", "false"],
  ])("go on until nothing is left to do: %s", (filter, small) => {
    const tree = (text: string) => conditionText(compiled(text).condition);
    expect(tree(filter)).toBe(tree(small));
  });

  it("leave no negation but at the atoms and no constant but the whole", () => {
    const inner = (condition: Condition): readonly Condition[] =>
      condition.kind === "and" || condition.kind === "or" || condition.kind === "xor"
        ? condition.operands.flatMap((operand) => [operand, ...inner(operand)])
        : condition.kind === "has"
          ? inner(condition.condition)
          : [];
    for (const filter of FILTERS) {
      const { condition } = compiled(filter);
      expect(["not", "error"]).not.toContain(condition.kind);
      for (const { kind } of inner(condition)) expect(["not", "constant"], filter).not.toContain(kind);
    }
  });
});
