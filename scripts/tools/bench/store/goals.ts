/** What the layout has to reach, by the name of a measurement. */

const NOT_SLOWER = "≥ 1 ×";

const GOALS: Readonly<Record<string, string>> = {
  "hot host": "≥ 50 ×",
  "medium host": "≥ 20 ×",
  "rare host inside the space": "≥ 20 ×",
  "dense /24, either side": "≥ 50 ×",
  "source /8": "≥ 50 ×",
  "/16 and one day": "≥ 15 ×",
  "count of a dense category": "≥ 5 ×",
  "top categories": "≥ 20 ×",
  "top sources": "≥ 5 ×",
  "timeline by hour": "≥ 20 ×",
  "page 501, by key": "≥ 50 ×",
  "one producer, each event": "≥ 2 ×",
  "256 producers, each event": "≥ 10 ×",
  "bulk load, each event": "≥ 8 ×",
  "retention of a day": "≥ 100 ×",
  "retention of a month": "≥ 3.5 ×",
  "bytes an event": "≥ 1.43 ×",
};

/** The goal of a measurement: nothing may be slower than the yardstick. */
export function goalOf(name: string): string {
  return GOALS[name] ?? NOT_SLOWER;
}
