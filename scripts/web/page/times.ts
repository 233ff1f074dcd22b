/** Times as the page shows them. */
import { formatDate } from "../../cli/render/time.js";

/** `2024-05-01 08:00:00` in the zone; the text itself when it is no time. */
export function clockText(iso: string, zone: string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? iso : formatDate(date, zone);
}

/** Zones to choose from: UTC, the browser's own, all that it knows. */
export function knownZones(current: string): readonly string[] {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return [...new Set(["UTC", own, current, ...Intl.supportedValuesOf("timeZone")])];
}
