/** Fastify: a service that answers a filter, and says what is wrong with a wrong one. */
import Fastify from "fastify";
import { FilterError, openStorage } from "idea-eventstore";

const storage = await openStorage({ connectionString: process.env["DATABASE_URL"], readOnly: true });
const service = Fastify();

service.get<{ Querystring: { filter?: string; after?: string } }>(
  "/events",
  async ({ query, raw }, reply) => {
    // A client that goes away ends its query on the server, too.
    const gone = new AbortController();
    raw.on("close", () => gone.abort());
    try {
      return await storage.searchEvents({ ...query, limit: 50, signal: gone.signal });
    } catch (error) {
      if (!(error instanceof FilterError)) throw error;
      return reply.code(400).send({ diagnostics: error.diagnostics });
    }
  },
);
service.addHook("onClose", () => storage.close());

// Instead of service.listen({ port: 8080 }): two requests.
const found = await service.inject({ url: "/events", query: { filter: "severity >= medium" } });
const wrong = await service.inject({ url: "/events", query: { filter: "sorce.ip exists" } });
await service.close();
const { events } = found.json<{ events: { ID: string }[] }>();
if (wrong.statusCode !== 400) throw new Error(wrong.body);
console.log(JSON.stringify(events.map(({ ID }) => ID)));
