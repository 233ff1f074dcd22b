/** The statements of steps, which are made once for the same tables: of a search that is made again only the filter's values differ. */
import type { SearchEventsSlots } from "../../../generated/index.js";
import type { Statement, StatementTemplate } from "../../postgres/statement.js";
import type { Partition } from "./days.js";
import { stepSlots, type PageShape } from "./step-slots.js";
import type { SearchStep } from "./steps.js";

/** The filters of a step. */
export type StepFilters = Pick<SearchEventsSlots, "all" | "rows" | "within" | "span">;

type Shaped = (filters: StepFilters) => Statement<never, never, "many">;

/** What was made for the partitions of one list, by the look of the step. */
export type StepShapes = Map<string, Shaped>;

const shapes = new WeakMap<readonly Partition[], StepShapes>();
/** Steps of one list that are kept; where there are more, it begins anew. */
const KEPT = 64;

/** The memory of a list of partitions. */
export function shapesOf(partitions: readonly Partition[]): StepShapes {
  const known = shapes.get(partitions) ?? new Map<string, Shaped>();
  shapes.set(partitions, known);
  return known;
}

/** A step, and how it is asked. */
interface StepRequest {
  readonly shape: PageShape;
  readonly step: SearchStep;
  /** It is after the key of a page. */
  readonly isKeyed: boolean;
  readonly filters: StepFilters;
}

/** The statement of a step from one of the templates, which have the same slots. */
export function stepStatement<P, R>(
  template: StatementTemplate<P, R, "many", SearchEventsSlots>,
  { shape, step, isKeyed, filters }: StepRequest,
  memory: StepShapes | null,
): Statement<P, R, "many"> {
  if (memory === null) return template.shape<keyof StepFilters>(stepSlots(shape, step))(filters);
  const look = lookOf(shape, step, isKeyed);
  const known = memory.get(look) as ((filters: StepFilters) => Statement<P, R, "many">) | undefined;
  if (known !== undefined) return known(filters);
  const made = template.shape<keyof StepFilters>(stepSlots(shape, step));
  if (memory.size >= KEPT) memory.clear();
  memory.set(look, made as unknown as Shaped);
  return made(filters);
}

/** What tells the statement of a step of one list of partitions: days are neighbours there, and those outside are all of them or none. */
function lookOf({ sort, descending, ghost, texts }: PageShape, step: SearchStep, isKeyed: boolean): string {
  const { recent, recentOnly, isAll, days, outside } = step;
  const tables = days.reduce((text, { whole }) => text + (whole ? "w" : "c"), days[0]?.name ?? "");
  const flags = [descending, ghost, texts, isKeyed, recentOnly, isAll].reduce(
    (text, flag) => text + (flag ? "1" : "0"),
    "",
  );
  return `${sort} ${flags} ${recent.length} ${outside.length} ${tables}`;
}
