/** The page of `eventstore serve`: asks the server, has a worker check filters and search files. */
import { render } from "preact";
import "uplot/dist/uPlot.min.css";
import "./page.css";
import { App } from "./app.js";
import { httpBackend } from "./http-backend.js";
import { remoteLanguage } from "./remote.js";
import { remoteOf } from "./rpc.js";

const remote = remoteOf(() => new Worker("worker.js"));
render(
  <App backend={httpBackend()} remote={remote} language={remoteLanguage(remote)} />,
  document.getElementById("app")!,
);
