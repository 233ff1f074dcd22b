/** Hono: a service that answers a filter, and says what is wrong with a wrong one. */
import { Hono } from "hono";
import { FilterError, openStorage } from "idea-eventstore";

const storage = await openStorage({ connectionString: process.env["DATABASE_URL"], readOnly: true });
const service = new Hono();

service.get("/events", async (context) => {
  const { filter, after } = context.req.query();
  // A client that goes away ends its query on the server, too.
  const { signal } = context.req.raw;
  return context.json(await storage.searchEvents({ filter, after, limit: 50, signal }));
});
service.onError((error, context) => {
  if (error instanceof FilterError) return context.json({ diagnostics: error.diagnostics }, 400);
  throw error;
});

// Instead of serve(service) of @hono/node-server: two requests.
const found = await service.request("/events?filter=severity+>%3D+medium");
const wrong = await service.request("/events?filter=sorce.ip+exists");
await storage.close();
if (wrong.status !== 400) throw new Error(await wrong.text());
const { events } = (await found.json()) as { events: { ID: string }[] };
console.log(JSON.stringify(events.map(({ ID }) => ID)));
