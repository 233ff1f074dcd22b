/** A typed program over a table of flows, from its generated client: counts, pages, top values, saved filters. */
import { openStorage } from "idea-eventstore";
import { client, clients } from "./flows/index.js";

const storage = await openStorage({ client });
const args = { nets: ["10.0.1.0/24"], port: 5 };
const page = await storage.searchEvents({
  filter: clients,
  args,
  sort: "first_seen.asc",
  limit: 2,
});
const rest = await clients.search(storage, args, { sort: "first_seen.asc", after: page.next, limit: 100 });
const top = await storage.aggregateEvents({ by: "tags", filter: "dport = 22 or dport = 5" });
const table = await storage.pivotEvents({ row: "src", column: "dport", filter: clients, args });
await storage.close();

// @ts-expect-error the table has no such field
export const wrongField = () => storage.aggregateEvents({ by: "source.ip" });
// @ts-expect-error neither in a cross table
export const wrongColumn = () => storage.pivotEvents({ row: "src", column: "target.port" });
// @ts-expect-error nor such an order
export const wrongOrder = () => storage.searchEvents({ sort: "detect_time.desc" });
// @ts-expect-error the port is a number
export const wrongArgument = () => clients.count(storage, { nets: [], port: "ssh" });

console.log(JSON.stringify({ first: page.events, rest: rest.events.length, top, table }));
