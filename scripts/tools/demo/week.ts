/** The events of the demonstration: a week with days, nights and an attack. */
import type { IdeaEvent } from "../../../runtime/events/idea-event.js";
import { generateEvents } from "./generate-events.js";

/** Events to be generated, oldest first. */
export interface DemoWeek {
  readonly count: number;
  readonly days: number;
  readonly events: Iterable<IdeaEvent>;
}

const DAYS = 7;
const HOUR_MS = 3_600_000;

/** Events of an hour: few at night, many by day. About 30 on average. */
function usual(hourOfDay: number): number {
  return Math.round(30 - 22 * Math.cos(((hourOfDay - 3) / 24) * 2 * Math.PI));
}

/** Hours before the end in which something goes on, with the events that it adds. */
const ATTACK = [
  { hoursAgo: 53, added: 60 },
  { hoursAgo: 52, added: 120 },
  { hoursAgo: 51, added: 90 },
  { hoursAgo: 50, added: 30 },
] as const;

/** The week before `now`. The hour of `now` decides which events they are. */
export function demoWeek(now: Date): DemoWeek {
  const end = Math.floor(now.getTime() / HOUR_MS) * HOUR_MS;
  const hours = Array.from({ length: DAYS * 24 }, (_, index) => {
    const hoursAgo = DAYS * 24 - index;
    const from = new Date(end - hoursAgo * HOUR_MS);
    const added = ATTACK.find((phase) => phase.hoursAgo === hoursAgo)?.added ?? 0;
    return {
      seed: index + 1,
      from,
      to: new Date(from.getTime() + HOUR_MS),
      count: usual(from.getUTCHours()) + added,
    };
  });
  return {
    count: hours.reduce((sum, { count }) => sum + count, 0),
    days: DAYS,
    events: (function* () {
      for (const hour of hours) yield* generateEvents(hour);
    })(),
  };
}
