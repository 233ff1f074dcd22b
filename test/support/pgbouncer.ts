/** A real PgBouncer before a test server. */
import { spawn, spawnSync } from "node:child_process";
import { chown, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { createConnection } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "./free-port.js";

/** Whether this machine has the program. */
export const hasPgBouncer = spawnSync("pgbouncer", ["--version"]).status === 0;

/** How a pooler pools. */
export interface PgBouncerOptions {
  readonly mode: "session" | "transaction" | "statement";
  /** Connections to the server. */
  readonly size: number;
  /** Takes `options` at the start of a session, and drops them. */
  readonly ignoresOptions?: boolean;
  /** Further lines of the configuration: `server_reset_query_always = 1`. */
  readonly settings?: readonly string[];
}

/** A pooler that runs. */
export interface PgBouncer {
  /** The database behind the pooler. */
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** Starts PgBouncer before a database that is reached over a socket. */
export async function startPgBouncer(
  connectionString: string,
  options: PgBouncerOptions,
): Promise<PgBouncer> {
  const target = new URL(connectionString);
  const folder = await mkdtemp(join(tmpdir(), "eventstore-pgbouncer-"));
  const host = target.searchParams.get("host") ?? target.hostname;
  const port = await freePort();
  const lines = [
    "[databases]",
    `* = host=${host} port=${target.searchParams.get("port") ?? (target.port || "5432")} user=postgres`,
    "[pgbouncer]",
    "listen_addr = 127.0.0.1",
    `listen_port = ${port}`,
    "unix_socket_dir =",
    "auth_type = any",
    `pool_mode = ${options.mode}`,
    `default_pool_size = ${options.size}`,
    "server_login_retry = 1",
    options.ignoresOptions === true ? "ignore_startup_parameters = options,extra_float_digits" : "",
    ...(options.settings ?? []),
  ];
  const file = join(folder, "pgbouncer.ini");
  await writeFile(file, lines.join("\n") + "\n");
  // It refuses to run as root, and the socket is open to its owner only.
  const { uid, gid } = await stat(host.startsWith("/") ? host : folder);
  await Promise.all([chown(folder, uid, gid), chown(file, uid, gid)]);
  const isRoot = process.getuid?.() === 0;
  const child = spawn("pgbouncer", ["-q", file], {
    stdio: "ignore",
    cwd: "/",
    ...(isRoot ? { uid, gid } : {}),
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  await listening(port);
  target.searchParams.delete("host");
  target.searchParams.delete("port");
  target.searchParams.delete("user");
  const url = `postgresql://postgres@127.0.0.1:${port}${target.pathname}${target.search}`;
  return {
    url,
    stop: async () => {
      child.kill("SIGKILL");
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Resolves when something takes connections there; the test's own time limit ends a vain wait. */
async function listening(port: number): Promise<void> {
  for (;;) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = createConnection(port, "127.0.0.1");
      socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
      socket.once("close", () => undefined);
      socket.setTimeout(1_000, () => socket.destroy());
      socket.once("connect", () => socket.end());
    });
    if (isOpen) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
