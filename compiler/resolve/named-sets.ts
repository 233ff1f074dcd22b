/** Named sets among the values of a test: every `@name` is replaced by its members. */
import type { AtomValue, CompareTest, Item, NamedSet, RangeItem, Value } from "../../grammar/ast.js";
import { problem } from "../../grammar/codes.js";
import { formatIpRange } from "../values/ip-range.js";
import { PREDEFINED_SETS } from "../catalogue/predefined-sets.js";
import { didYouMean, nearest } from "../values/suggest.js";
import type { ResolveContext, SetMember } from "./context.js";
import { replacing } from "./values.js";

/** A value or range of a test, and where to report what is wrong with it. */
export interface Entry {
  readonly item: Exclude<Value, NamedSet> | RangeItem;
  /** For a member of a set: reports at the reference, for the member itself is not in the text. */
  readonly context: ResolveContext;
}

/** Members of one set that are complained about; a set read from a wrong file would flood the screen. */
const MAX_REPORTS = 3;

/**
 * The items with every `@name` replaced by the members of that set, each set once: a list means the union. Reports unknown
 * names (E107) and circles (E108); null after an error.
 *
 * @param ranges whether a member `a..b` is a range; false for fields whose words have no order
 */
export function expandItems(
  items: readonly Item[],
  context: ResolveContext,
  ranges: boolean,
): readonly Entry[] | null {
  const entries: Entry[] = [];
  const done = new Set<string>();
  let sound = true;
  for (const item of items) {
    if (item.kind !== "named-set") entries.push({ item, context });
    else if (!new Expansion(item, context, { ranges, done, entries }).add(item.name, [])) sound = false;
  }
  return sound ? entries : null;
}

/** Whether the set after a comparison has one member, which is the value; E319 where it has several. Unknown sets are reported later. */
export function isSingle(set: NamedSet, test: CompareTest, context: ResolveContext): boolean {
  const quiet: ResolveContext = { ...context, report: () => undefined };
  const members = expandItems([set], quiet, true)?.length ?? 1;
  if (members === 1) return true;
  const operator = test.op === "!=" ? "not in" : "in";
  context.report(problem("E319", { operator: test.op, name: set.name, members }), set.span, {
    fixes: [replacing(test.opSpan, operator)],
  });
  return false;
}

/** What the sets of one list come to; those that are done are not taken twice. */
interface Expanded {
  /** Whether a member may be a range. */
  readonly ranges: boolean;
  readonly done: Set<string>;
  readonly entries: Entry[];
}

/** One reference to a set. */
class Expansion {
  private readonly memberContext: ResolveContext;
  private reports = 0;

  constructor(
    private readonly reference: NamedSet,
    private readonly context: ResolveContext,
    private readonly expanded: Expanded,
  ) {
    const { name, span } = reference;
    this.memberContext = {
      ...context,
      report: ({ code, message }, _span, extra) => {
        this.reports++;
        if (this.reports <= MAX_REPORTS)
          context.report({ code, message: `in @${name}: ${message}` }, span, { notes: extra?.notes ?? [] });
      },
    };
  }

  /** Adds the members of a set and of the sets in it; false after an error. */
  add(name: string, trail: readonly string[]): boolean {
    const { context, reference } = this;
    const { done, entries } = this.expanded;
    if (trail.includes(name)) {
      const circle = [...trail.slice(trail.indexOf(name)), name];
      context.report(problem("E108.sets", { circle }), reference.span);
      return false;
    }
    if (done.has(name)) return true;
    const members = Object.hasOwn(context.sets, name) ? context.sets[name] : PREDEFINED_SETS.get(name);
    if (members === undefined) {
      const within = trail.at(-1);
      if (within === undefined) reportUnknownSet(reference, context);
      else context.report(problem("E107.noSetWithin", { within, name }), reference.span);
      return false;
    }
    let sound = true;
    for (const member of members) {
      const inner = typeof member === "string" ? /^@([\w.-]+)$/.exec(member)?.[1] : undefined;
      if (inner === undefined) entries.push({ item: this.itemOf(member), context: this.memberContext });
      else if (!this.add(inner, [...trail, name])) sound = false;
    }
    done.add(name);
    return sound;
  }

  private itemOf(member: SetMember): AtomValue | RangeItem {
    const { span } = this.reference;
    const atom = (text: string): AtomValue => ({ kind: "atom", text, span });
    if (typeof member === "number") return atom(String(member));
    if (typeof member !== "string") return atom(formatIpRange(member));
    const range = this.expanded.ranges ? RANGE.exec(member.trim()) : null;
    if (range === null) return atom(member);
    const [, low, exclusive, high] = range;
    return {
      kind: "range",
      low: low === undefined ? null : atom(low),
      high: high === undefined ? null : atom(high),
      exclusive: exclusive === "<",
      span,
    };
  }
}

/** `a..b`, `a..<b`, `a..`, `..b`; a single dot belongs to the value. */
const RANGE = /^(?=.*[^\s.<])([^\s.]+(?:\.[^\s.]+)*)?\s*\.\.(<?)\s*([^\s.<]+(?:\.[^\s.]+)*)?$/;

function reportUnknownSet({ name, span }: NamedSet, context: ResolveContext): void {
  if (Object.hasOwn(context.filters, name)) {
    context.report(problem("E107.isFilter", { name }), span, {
      notes: [`a saved filter is a condition by itself: and @${name}`],
    });
    return;
  }
  const guess = nearest(name, [...Object.keys(context.sets), ...PREDEFINED_SETS.keys()]);
  context.report(problem("E107.noSet", { name }), span, {
    notes: guess === undefined ? [] : [didYouMean(`@${guess}`)],
    fixes: guess === undefined ? [] : [{ title: `write @${guess}`, edits: [{ ...span, text: `@${guess}` }] }],
  });
}
