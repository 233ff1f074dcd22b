import { compileFilter, type EventStorage } from "idea-eventstore";

export const right = compileFilter("source.ip in $nets");
export const search = (storage: EventStorage): unknown =>
  storage.searchEvents({ filter: "severity >= high" });
