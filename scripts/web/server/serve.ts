/** Listens, and stops when it is told to. */
import type { Server } from "node:http";
import { createAdaptorServer } from "@hono/node-server";
import { CliError } from "../../cli/errors.js";
import { createApp, type AppOptions } from "./app.js";

/** A server that answers. */
export interface RunningExplorer {
  /** The first address to open, with the token. */
  readonly address: string;
  /** Ends what is under way and listens no more. */
  readonly stop: () => Promise<void>;
}

/** Where to listen. Port 0 takes a free one. */
export interface ListenOptions {
  readonly host: string;
  readonly port: number;
}

/** Milliseconds in which answers that are on their way may end. */
const PATIENCE_MS = 1_000;

/**
 * Starts the server; the application is made when the port is known.
 *
 * @throws CliError when the address cannot be listened on
 */
export async function serve(
  { host, port }: ListenOptions,
  optionsFor: (port: number) => AppOptions,
): Promise<RunningExplorer> {
  let app: ReturnType<typeof createApp> | null = null;
  const server = createAdaptorServer({
    fetch: (request) => app?.fetch(request) ?? new Response(null, { status: 503 }),
    // A request without a usable Host is refused by the application like any foreign one.
    hostname: "host.invalid",
  }) as Server;
  await listen(server, { host, port });
  const bound = server.address();
  const actual = typeof bound === "object" && bound !== null ? bound.port : port;
  const options = optionsFor(actual);
  app = createApp(options);
  const { base, token } = options.access;
  const name = host.includes(":") ? `[${host}]` : host === "0.0.0.0" ? "127.0.0.1" : host;
  return {
    address: `http://${host === "::" ? "[::1]" : name}:${actual}${base}?token=${token}`,
    stop: () => stop(server),
  };
}

function listen(server: Server, { host, port }: ListenOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const reason =
        error.code === "EADDRINUSE"
          ? `port ${port} is taken`
          : error.code === "EACCES"
            ? `port ${port} is not allowed to this user`
            : `${host}:${port} cannot be listened on (${error.code ?? error.message})`;
      reject(new CliError(reason, "choose another with --port; 0 takes a free one", { cause: error }));
    });
    server.listen(port, host, resolve);
  });
}

/** Requests under way are cut off after a moment, which cancels their queries. */
function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const patience = setTimeout(() => server.closeAllConnections(), PATIENCE_MS);
    server.close(() => {
      clearTimeout(patience);
      resolve();
    });
    server.closeIdleConnections();
  });
}
