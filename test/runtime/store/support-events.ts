/** Events for the tests of this folder; apart from the suites, for child processes. */

/** An event of the given id and time without remarks, with other keys over it. */
export function eventAt(
  id: string,
  detectTime: string,
  keys: Record<string, unknown> = {},
): Record<string, unknown> {
  return { Format: "IDEA0", ID: id, DetectTime: detectTime, Category: ["Test"], ...keys };
}

/** The instant this many seconds after a fixed noon: events of one day, one second apart. */
export function secondsAfterNoon(seconds: number, day = "2024-05-01"): string {
  return new Date(Date.parse(`${day}T12:00:00Z`) + seconds * 1000).toISOString();
}

/** Keys of an event with a severity. */
export function withSeverity(name: string): Record<string, unknown> {
  return { _CESNET: { EventSeverity: name } };
}
