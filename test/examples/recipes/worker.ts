/** Worker threads: events are matched in memory beside the main thread. A filter travels as its text and is compiled where it runs. */
import { openStorage, compileFilter, type IdeaEvent } from "idea-eventstore";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";

interface Task {
  readonly filter: string;
  readonly events: readonly IdeaEvent[];
}

/** The identifiers of those events that match, found by a worker. */
function matchBeside(task: Task): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: task });
    worker.once("message", resolve);
    worker.once("error", reject);
  });
}

if (isMainThread) {
  const storage = await openStorage({ connectionString: process.env["DATABASE_URL"] });
  const { events } = await storage.searchEvents();
  await storage.close();
  console.log(JSON.stringify(await matchBeside({ filter: "severity >= medium", events })));
} else {
  const { filter, events } = workerData as Task;
  const matches = compileFilter(filter).matcher();
  parentPort?.postMessage(events.filter((event) => matches(event)).map((event) => event["ID"]));
}
