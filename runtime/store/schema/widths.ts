/**
 * How wide new partitions are. Each partition costs files, locks and planning, and each makes the index of another smaller: with few events a day
 * wide ones are better, with many narrow ones.
 *
 * What a store was told is the comment of its searched table, so that it needs no table of its own and goes with a dump. A store without one was made by
 * a release that knew only days.
 */
import type { StoreTables } from "../../../compiler/catalogue/tables.js";
import { dayStart, type Day, type PartitionWidth } from "../../../compiler/schema/day.js";
import { identifier, stringLiteral } from "../../../compiler/sql/fragment.js";
import type { Session } from "../../postgres/session.js";

/** A width for all new partitions, or `auto`: by the number of events around their time. */
export type WidthChoice = "auto" | PartitionWidth;

/** All choices. */
export const WIDTHS: readonly WidthChoice[] = ["auto", "day", "week", "month"];

const PREFIX = "idea-eventstore partitions: ";

/** Days before and after a day whose events tell how many come. */
const AROUND_DAYS = 14;
/** Events a day below which a partition is a month, and a week. */
const MONTH_BELOW = 5_000;
const WEEK_BELOW = 50_000;

/** What was set for the store; `day` where nothing was said. */
export async function readWidths(session: Session, { events }: StoreTables): Promise<WidthChoice> {
  const { rows } = await session.query("select obj_description(to_regclass($1), 'pg_class') as comment", [
    identifier(events.name),
  ]);
  const comment = rows[0]?.["comment"];
  return WIDTHS.find((choice) => comment === PREFIX + choice) ?? "day";
}

/** The statement that tells it a store. */
export function writeWidths({ events }: StoreTables, choice: WidthChoice): string {
  return `comment on table ${identifier(events.name)} is ${stringLiteral(PREFIX + choice)}`;
}

/** The width of a new partition for a day: by the counters of the days around it, a week where there are none yet. */
export async function widthOf(
  session: Session,
  { hours }: StoreTables,
  day: Day,
  choice: WidthChoice,
): Promise<PartitionWidth> {
  if (choice !== "auto") return choice;
  const { rows } = await session.query(
    `select coalesce(sum(inserted), 0)::float8 as events, coalesce(extract(epoch from max(hour) - min(hour)) / 86400, 0)::float8 + 1 as days ` +
      `from ${identifier(hours.name)} where hour >= $1 and hour < $2`,
    [dayStart(day - AROUND_DAYS), dayStart(day + AROUND_DAYS + 1)],
  );
  const events = Number(rows[0]?.["events"] ?? 0);
  if (events === 0) return "week";
  const daily = events / Number(rows[0]?.["days"] ?? 1);
  if (daily < MONTH_BELOW) return "month";
  return daily < WEEK_BELOW ? "week" : "day";
}
