/**
 * Filters put together from parts: `andFilters(policy, userText)`.
 *
 * Each part is compiled by itself, so no text can reach beyond its own part (`severity = low) or (true` is a syntax error of that part,
 * with spans in its own text), and parameters that come with a part are that part's own. What is put together is the typed trees.
 */
import { sameCatalogue } from "./catalogue/same.js";
import { createCaches } from "./compile-cache.js";
import { compileFilter, compiledFrom, type CompiledFilter, type FilterOptions } from "./compile.js";
import { renameParameters, renameUses } from "./compose-parameters.js";
import type { ParameterUse } from "./resolve/context.js";
import { FilterOptionError } from "./filter-option-error.js";
import { optimise } from "./passes/index.js";
import { compileSaved, isSaved, type FilterDefinition } from "./saved-filter.js";
import type { Condition } from "./tree.js";
import type { Arguments } from "./values/execution.js";

/** A filter as text, compiled, generated, or composed. */
export type Filter = string | CompiledFilter | FilterDefinition | ComposedFilter;

/** A part with arguments of its own: its `$parameters` take their values from `args` alone. */
export interface FilterWithArguments {
  /** The filter as text, compiled or composed. */
  readonly filter: Filter;
  /** Values of its `$parameters`. */
  readonly args?: Arguments | undefined;
}

/** A part of a composed filter. Parameters of a part without `args` take their values from the arguments of the call. */
export type FilterPart = Filter | FilterWithArguments;

/** Filters joined by a logical operator: plain data, compiled where it is used. */
export interface ComposedFilter {
  /** Tells it from a compiled filter. */
  readonly kind: "composed";
  /** `not` has one part. */
  readonly operator: "and" | "or" | "not";
  /** What is combined. */
  readonly parts: readonly FilterPart[];
}

/**
 * The filter that every part has to meet; without parts, every event.
 *
 * @example
 * const visible = andFilters({ filter: "abuse_group in $groups", args: { groups } }, textOfTheUser);
 * await storage.searchEvents({ filter: visible });
 */
export function andFilters(...parts: readonly FilterPart[]): ComposedFilter {
  return { kind: "composed", operator: "and", parts };
}

/** The filter that at least one part has to meet; without parts, no event. */
export function orFilters(...parts: readonly FilterPart[]): ComposedFilter {
  return { kind: "composed", operator: "or", parts };
}

/** The filter that the part must not meet: its exact complement. */
export function notFilter(part: FilterPart): ComposedFilter {
  return { kind: "composed", operator: "not", parts: [part] };
}

/** Whether a value is a {@link ComposedFilter}. */
export function isComposed(filter: unknown): filter is ComposedFilter {
  return typeof filter === "object" && filter !== null && "kind" in filter && filter.kind === "composed";
}

/** A composed filter, compiled, with the arguments of its parts beside those of the call. */
export interface BoundComposition {
  readonly compiled: CompiledFilter;
  readonly args: Arguments;
}

/**
 * Compiles a composed filter. The same compiled parts in the same arrangement give the same compiled filter, whatever their arguments.
 *
 * @throws FilterError with the text and the diagnostics of the part that does not compile
 * @throws FilterOptionError when two parts use one parameter of the call in different ways, or a part is no filter
 */
export function composeFilter(
  composed: ComposedFilter,
  args: Arguments = {},
  options: FilterOptions = {},
): BoundComposition {
  const gathering: Gathering = { options, leaves: [], args: ofTheCall(args) };
  const arrangement = arrange(composed, null, gathering);
  const { leaves } = gathering;
  const compiled = compositions(
    leaves.map((leaf) => leaf.compiled),
    "",
  ).get(JSON.stringify(arrangement), () => build(arrangement, gathering));
  return { compiled, args: gathering.args };
}

/**
 * Compiles a text, and takes a filter that is compiled as it is.
 *
 * @throws FilterError when the text does not compile
 * @throws FilterOptionError when the filter was compiled for another catalogue, or the value is no filter
 */
export function compileSimple(part: unknown, options: FilterOptions): CompiledFilter {
  if (typeof part === "string") return compileFilter(part, options);
  if (isSaved(part)) return compileSaved(part, options);
  if (typeof part !== "object" || part === null || !("condition" in part))
    throw new FilterOptionError(
      `a filter is a text, a compiled or composed filter, or as a part { filter, args }, not ${describe(part)}`,
    );
  const compiled = part as CompiledFilter;
  const { catalogue = compiled.catalogue } = options;
  if (sameCatalogue(compiled.catalogue, catalogue)) return compiled;
  const [theirs, ours] = [compiled.catalogue, catalogue];
  throw new FilterOptionError(
    theirs.name === ours.name
      ? `the filter "${compiled.source}" was compiled for a catalogue "${theirs.name}" with the table "${theirs.table.name}", which is not the ` +
          `catalogue of this store (table "${ours.table.name}")`
      : `the filter "${compiled.source}" was compiled for the catalogue "${theirs.name}", not for "${ours.name}" of this store`,
  );
}

const compositions = createCaches<CompiledFilter>();

/** Arguments of a call, without names that only the parameters of parts have. */
function ofTheCall(args: Arguments): Record<string, unknown> {
  return Object.fromEntries(Object.entries(args).filter(([name]) => !name.includes(" ")));
}

/** A compiled part, and the label that keeps its parameters apart; null where they are those of the call. */
interface Leaf {
  readonly compiled: CompiledFilter;
  readonly label: string | null;
}

/** What {@link arrange} fills. */
interface Gathering {
  readonly options: FilterOptions;
  readonly leaves: Leaf[];
  /** Arguments of the call, and those of the parts under their own names. */
  readonly args: Record<string, unknown>;
}

/** How the leaves hang together: plain data that serves as a key. */
type Arrangement =
  | { readonly leaf: number; readonly label: string | null }
  | { readonly operator: ComposedFilter["operator"]; readonly operands: readonly Arrangement[] };

function arrange(part: FilterPart, label: string | null, gathering: Gathering): Arrangement {
  if (isComposed(part))
    return { operator: part.operator, operands: part.parts.map((inner) => arrange(inner, label, gathering)) };
  if (isWithArguments(part)) return arrangeWithArguments(part, label, gathering);
  const compiled = compileSimple(part, gathering.options);
  gathering.leaves.push({ compiled, label });
  return { leaf: gathering.leaves.length - 1, label };
}

function arrangeWithArguments(
  { filter, args }: FilterWithArguments,
  label: string | null,
  gathering: Gathering,
): Arrangement {
  if (args === undefined) return arrange(filter, label, gathering);
  const own = `of part ${gathering.leaves.length + 1}`;
  const arrangement = arrange(filter, own, gathering);
  for (const [name, value] of Object.entries(args)) gathering.args[`${name} ${own}`] = value;
  return arrangement;
}

function isWithArguments(part: FilterPart): part is FilterWithArguments {
  return typeof part === "object" && "filter" in part;
}

function describe(value: unknown): string {
  return value === null ? "null" : Array.isArray(value) ? "a list" : `a value of type ${typeof value}`;
}

function build(arrangement: Arrangement, { leaves, options }: Gathering): CompiledFilter {
  const uses = new Map<string, ParameterUse>();
  const renamed = leaves.map(({ compiled, label }) => {
    const rename = (name: string): string => (label === null ? name : `${name} ${label}`);
    for (const use of renameUses(compiled.parameterUses, rename)) addUse(uses, use);
    return label === null ? compiled.condition : renameParameters(compiled.condition, rename);
  });
  const [first] = leaves;
  return compiledFrom({
    source: print(arrangement, leaves),
    condition: optimise(conditionOf(arrangement, renamed)),
    parameterUses: [...uses.values()],
    warnings: leaves.flatMap(({ compiled }) => compiled.warnings),
    ...(first === undefined ? {} : { catalogue: first.compiled.catalogue }),
    ...(options.catalogue === undefined ? {} : { catalogue: options.catalogue }),
  });
}

function addUse(uses: Map<string, ParameterUse>, use: ParameterUse): void {
  const known = uses.get(use.name);
  if (known === undefined) uses.set(use.name, use);
  else if (known.type !== use.type || known.list !== use.list || known.enumeration !== use.enumeration)
    throw new FilterOptionError(
      `$${use.name} has different types in two parts of a composed filter; give one of them arguments of its own: { filter, args }`,
    );
}

/** Spans of the parts mean nothing outside their own texts. */
const SPAN = { start: 0, end: 0 } as const;

function conditionOf(arrangement: Arrangement, leaves: readonly Condition[]): Condition {
  if ("leaf" in arrangement) return leaves[arrangement.leaf]!;
  const operands = arrangement.operands.map((operand) => conditionOf(operand, leaves));
  switch (arrangement.operator) {
    case "not":
      return { kind: "not", operand: operands[0]!, span: SPAN };
    case "and":
    case "or":
      return operands.length === 0
        ? { kind: "constant", value: arrangement.operator === "and", span: SPAN }
        : { kind: arrangement.operator, operands, span: SPAN };
  }
}

/** The composition as a text to read. Never parsed. */
function print(arrangement: Arrangement, leaves: readonly Leaf[]): string {
  if ("leaf" in arrangement) return leaves[arrangement.leaf]!.compiled.source || "true";
  const operands = arrangement.operands.map((operand) => `(${print(operand, leaves)})`);
  if (arrangement.operator === "not") return `not ${operands.join("")}`;
  return operands.length === 0
    ? String(arrangement.operator === "and")
    : operands.join(` ${arrangement.operator} `);
}
