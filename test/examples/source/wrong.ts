import { compileFilter, type EventStorage } from "idea-eventstore";

export const wrong = (): unknown => compileFilter("sorce.ip in 10.0.0.0/8");
export const doubtful = (): unknown => compileFilter("category = Recon.Scaning");
export const search = (storage: EventStorage): unknown =>
  storage.searchEvents({ filter: "severity >= high" });
