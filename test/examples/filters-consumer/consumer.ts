/** What a project that uses generated filters looks like: typed arguments, over a bare session. */
import { openExecutor } from "idea-eventstore/runtime";
import { attacksFrom, noise, serious } from "./generated/index.js";

const session = openExecutor({ connectionString: process.env["DATABASE_URL"] });
try {
  const args = {
    nets: ["192.0.2.0/24", { family: 4, first: 1n, last: 2n }],
    least: "medium",
    since: new Date(0),
  } as const;
  const page = await attacksFrom.search(session, args, { limit: 1 });
  const rest = await attacksFrom.search(session, args, { limit: 10, after: page.next });
  const ids: string[] = [];
  for await (const id of attacksFrom.ids(session, args)) ids.push(id);
  const streamed: unknown[] = [];
  for await (const event of serious.stream(session)) streamed.push(event["ID"]);
  console.log(
    JSON.stringify({
      count: await attacksFrom.count(session, args),
      page: page.events.map((event) => event["ID"]),
      rest: rest.events.map((event) => event["ID"]),
      next: rest.next,
      ids,
      noise: await noise.count(session),
      streamed,
    }),
  );

  // @ts-expect-error: there is no such severity
  void (() => attacksFrom.count(session, { ...args, least: "worst" }));
  // @ts-expect-error: an argument is missing
  void (() => attacksFrom.count(session, { nets: [], least: "low" }));
  // @ts-expect-error: the argument has another name
  void (() => attacksFrom.count(session, { networks: [], least: "low", since: "" }));
} finally {
  await session.close();
}
