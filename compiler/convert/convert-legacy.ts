/** Converts the conditions of a legacy tree and gathers what changes their meaning. */
import type { Expr, Span } from "../../grammar/ast.js";
import * as build from "./build.js";
import { convertComparison } from "./comparisons.js";
import type { ConversionContext, Remedy } from "./context.js";
import { presenceOf, resolveCounted, type CountedUse, type FieldUse } from "./fields.js";
import { fold } from "./fold.js";
import type { LegacyDefault, LegacyLogical, LegacyNode, LegacyPath, LegacyUnary } from "./legacy-tree.js";
import { reasonsOf, refuse, type Reason } from "./refusal.js";
import type { ReportCode } from "./reports.js";

/** A change of meaning; `fix` exchanges one node of the converted tree. */
export interface LegacyReport {
  readonly code: ReportCode;
  readonly span: Span;
  readonly notes: readonly string[];
  readonly fix: { readonly title: string; readonly node: Expr; readonly replacement: Expr } | null;
}

/** What converting a tree gave. */
export interface LegacyConversion {
  readonly expr: Expr;
  readonly reports: readonly LegacyReport[];
  /** Why parts could not be converted; `expr` is of no use unless this is empty. */
  readonly reasons: readonly Reason[];
}

/** What is fixed for a whole conversion. */
export type Setting = Omit<ConversionContext, "report" | "need">;

interface Gathered {
  readonly reports: LegacyReport[];
  readonly reasons: Reason[];
  /** Fields that the old filter needed, in ransack those of the whole filter, for one report. */
  readonly needed: CountedUse[];
}

/** Converts a tree. Never throws a refusal: all of them are returned. */
export function convertTree(root: LegacyNode, setting: Setting): LegacyConversion {
  const gathered: Gathered = { reports: [], reasons: [], needed: [] };
  const { expr } = convertCondition(root, setting, gathered, new Set());
  if (setting.dialect.missing === "fails") reportNeeded(gathered);
  return { expr, reports: gathered.reports, reasons: gathered.reasons };
}

/** ransack failed where one of its fields was missing: said once for the whole filter. */
function reportNeeded({ reports, needed }: Gathered): void {
  const [first] = needed;
  if (first === undefined) return;
  const names = [...new Set(needed.map(({ field }) => field.name))].join(", ");
  reports.push({ code: "C03", span: first.span, notes: [`fields that may be missing: ${names}`], fix: null });
}

interface Converted {
  readonly expr: Expr;
  /** Fields without which the old condition was neither true nor false. */
  readonly needs: readonly CountedUse[];
}

/** Paths that are known to be there where a condition is evaluated: an earlier operand of the same `and` asked for them. */
type Guards = ReadonlySet<string>;

function convertCondition(node: LegacyNode, setting: Setting, gathered: Gathered, guards: Guards): Converted {
  switch (node.kind) {
    case "or":
    case "xor":
    case "and":
      return convertLogical(node, setting, gathered, guards);
    case "not":
      return convertNegation(node, setting, gathered, guards);
    case "exists":
      // pynspect gives back what it is applied to: a path is true when it has values, a condition is itself.
      if (node.operand.kind !== "path") return convertCondition(node.operand, setting, gathered, guards);
      return convertAtom({ node, span: node.span, negated: false }, setting, gathered, guards);
    default:
      return convertAtom({ node, span: node.span, negated: false }, setting, gathered, guards);
  }
}

function convertLogical(
  node: LegacyLogical,
  setting: Setting,
  gathered: Gathered,
  guards: Guards,
): Converted {
  const known = new Set(guards);
  const operands = node.operands.map((operand) => {
    const converted = convertCondition(operand, setting, gathered, known);
    const guarded = guardedPath(operand, node.kind);
    if (guarded !== null) known.add(guarded);
    return converted;
  });
  return {
    expr: build.joined(
      node.kind,
      operands.map(({ expr }) => expr),
    ),
    needs: operands.flatMap(({ needs }) => needs),
  };
}

/** `F?? and …` and `not F?? or …` go on only where F is there. */
function guardedPath(node: LegacyNode, kind: LegacyLogical["kind"]): string | null {
  const test = kind === "or" && node.kind === "not" ? node.operand : node;
  if (kind === "xor" || (kind === "or" && node.kind !== "not")) return null;
  if (test.kind === "default" && test.otherwise === null) return test.path.name;
  if (test.kind === "exists" && test.operand.kind === "path") return test.operand.name;
  return test.kind === "path" ? test.name : null;
}

function convertNegation(node: LegacyUnary, setting: Setting, gathered: Gathered, guards: Guards): Converted {
  let inner: LegacyNode = node;
  let negated = false;
  while (inner.kind === "not" || (inner.kind === "exists" && inner.operand.kind !== "path")) {
    if (inner.kind === "not") negated = !negated;
    inner = inner.operand;
  }
  if (inner.kind !== "or" && inner.kind !== "xor" && inner.kind !== "and")
    return convertAtom({ node: inner, span: node.span, negated }, setting, gathered, guards);
  const group = convertCondition(inner, setting, gathered, guards);
  if (!negated) return group;
  const expr = build.negate(group.expr);
  if (setting.dialect.missing === "never matches")
    reportNegation({ expr, needs: group.needs }, node.span, gathered, [
      "in a group the old result hung on the order of the operands, so the fix is not exact",
    ]);
  return { expr, needs: group.needs };
}

/** C01, with the fix that asks for the fields. */
function reportNegation(
  { expr, needs }: Converted,
  span: Span,
  gathered: Gathered,
  notes: readonly string[] = [],
): void {
  const fields = [...new Map(needs.map((use) => [use.path, use])).values()];
  if (fields.length === 0) return;
  const replacement = build.joined("and", [...fields.map((use) => presenceOf(use, "exists")), expr]);
  const names = [...new Set(fields.map(({ field }) => field.name))].join(", ");
  gathered.reports.push({
    code: "C01",
    span,
    notes,
    fix: { title: `ask for ${names} to be there`, node: expr, replacement },
  });
}

/** A condition, whether it is negated, and its place, the negation included. */
interface PlacedNode {
  readonly node: LegacyNode;
  readonly span: Span;
  readonly negated: boolean;
}

/** Converts one condition; a refusal is kept, and the rest of the filter goes on. */
function convertAtom(
  { node, span, negated }: PlacedNode,
  setting: Setting,
  gathered: Gathered,
  guards: Guards,
): Converted {
  const needs: CountedUse[] = [];
  const pending: {
    readonly code: ReportCode;
    readonly span: Span;
    readonly note?: string;
    readonly remedy?: Remedy;
  }[] = [];
  const context: ConversionContext = {
    ...setting,
    report: (code, at, extra = {}) => pending.push({ code, span: at, ...extra }),
    need: (use) => {
      if (!use.always && !guards.has(use.path)) needs.push(use);
    },
  };
  try {
    const atom = readAtom(node, context);
    const isNegated = negated !== atom.negated;
    const expr = isNegated ? build.negate(atom.expr) : atom.expr;
    for (const { code, span: at, note, remedy } of pending) {
      const fix = remedy && {
        title: remedy.title,
        node: expr,
        replacement: isNegated ? build.negate(remedy.expr) : remedy.expr,
      };
      gathered.reports.push({ code, span: at, notes: note === undefined ? [] : [note], fix: fix ?? null });
    }
    if (atom.someDiffers !== null) reportSomeDiffers(expr, atom.someDiffers, { span, negated }, gathered);
    if (isNegated && setting.dialect.missing === "never matches")
      reportNegation({ expr, needs }, span, gathered);
    gathered.needed.push(...needs);
    return { expr, needs };
  } catch (error) {
    gathered.reasons.push(...reasonsOf(error));
    return { expr: build.constant(true), needs: [] };
  }
}

/** C02: `!=` of a list; under `not` it said that every element is equal. */
function reportSomeDiffers(
  expr: Expr,
  { use, all }: { readonly use: FieldUse; readonly all: Expr | null },
  { span, negated }: Omit<PlacedNode, "node">,
  gathered: Gathered,
): void {
  const different = all && build.joined("and", [presenceOf(use, "exists"), build.negate(all)]);
  const replacement = negated ? all : different;
  const title = negated ? "ask for all elements to be equal" : "ask for some element to differ";
  gathered.reports.push({
    code: "C02",
    span,
    notes: [],
    fix: replacement && { title, node: expr, replacement },
  });
}

type Atom = ReturnType<typeof convertComparison>;

function readAtom(node: LegacyNode, context: ConversionContext): Atom {
  switch (node.kind) {
    case "compare":
      return convertComparison(node, context);
    case "exists":
      return atomOf(existence(node.operand, context));
    case "default":
      return atomOf(defaultCondition(node, context));
    case "path":
      return atomOf(barePath(node, context));
    default:
      return atomOf(constantCondition(node, context));
  }
}

const atomOf = (expr: Expr): Atom => ({ expr, negated: false, someDiffers: null });

function existence(operand: LegacyNode, context: ConversionContext): Expr {
  if (operand.kind !== "path") return refuse("E604", "existence is converted for fields only", operand.span);
  return presenceOf(resolveCounted(operand, context.fields, context.catalogue), "exists");
}

function defaultCondition(node: LegacyDefault, context: ConversionContext): Expr {
  if (node.otherwise !== null)
    return refuse("E605", "a value alone is no condition", node.span, {
      proposal: "compare it with something",
    });
  context.report("C14", node.span);
  return presenceOf(resolveCounted(node.path, context.fields, context.catalogue), "exists");
}

function barePath(node: LegacyPath, context: ConversionContext): Expr {
  if (context.dialect.barePaths && (node.forced || !context.isContextName(node.name))) {
    const counted = resolveCounted(node, context.fields, context.catalogue);
    // A list of elements is true where there are some.
    if (counted.field.type === null) return presenceOf(counted, "exists");
  }
  const operand = fold(node, context);
  if (operand.kind !== "term" || !context.dialect.barePaths)
    return refuse("E605", `${node.name} alone is no condition`, node.span, {
      proposal: `write ${node.name}??`,
      replacement: `${node.name}??`,
    });
  const { use } = operand;
  const remedy = { title: "test whether it is true", expr: build.isTrue({ field: use.field.name }) };
  context.report("C19", node.span, use.field.type === "boolean" ? { remedy } : {});
  return presenceOf(use, "exists");
}

/** A constant alone: pynspect took it as Python does. */
function constantCondition(node: LegacyNode, context: ConversionContext): Expr {
  const operand = fold(node, context);
  if (operand.kind !== "constant" || !context.dialect.barePaths)
    return refuse(operand.kind === "constant" ? "E605" : "E604", "a value alone is no condition", node.span, {
      proposal: "compare it with something",
    });
  return build.constant(operand.constant.kind !== "number" || operand.constant.value !== 0);
}
