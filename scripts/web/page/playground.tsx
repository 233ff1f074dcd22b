/** The playground: the page with demo events inside, from a file, without server and worker. */
import { render } from "preact";
import "uplot/dist/uPlot.min.css";
import "./page.css";
import { generateEvents } from "../../tools/demo/generate-events.js";
import { App } from "./app.js";
import { localBackend } from "./local-backend.js";
import { localRemote, remoteLanguage } from "./remote.js";
import { workshop } from "./workshop.js";

/** Events of the playground, over the last week. */
const EVENTS = 5_000;
const WEEK_MS = 7 * 86_400_000;

async function start(): Promise<void> {
  const to = new Date();
  const events = [...generateEvents({ count: EVENTS, seed: 42, from: new Date(to.getTime() - WEEK_MS), to })];
  const options = { sets: { campus: ["198.18.0.0/15", "203.0.113.0/24", "2001:db8::/32"] } };
  const { signal } = new AbortController();
  const backend = await localBackend({ description: "demo events", events, options, problems: 0 }, signal);
  const remote = localRemote(workshop());
  render(
    <App backend={backend} remote={remote} language={remoteLanguage(remote)} />,
    document.getElementById("app")!,
  );
}

void start();
