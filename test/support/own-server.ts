/** A PostgreSQL of a test's own, over TCP with TLS and over a socket, where a test needs more than the shared servers have. */
import { spawn, spawnSync } from "node:child_process";
import { chown, mkdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { clusterFolder } from "./folder.js";
import { freePort } from "./free-port.js";

/** A server that runs. */
export interface OwnServer {
  /** A folder for the test's files; it belongs to the user of the server. */
  readonly folder: string;
  /** Port on localhost, where TLS is required. */
  readonly port: number;
  /** Address of a database over the socket, as superuser. */
  readonly socketUrl: (database: string) => string;
  /** Runs SQL in the database `postgres`. */
  readonly run: (text: string) => Promise<void>;
  /** Runs a program of PostgreSQL against its socket, as the user of the server. @throws Error with what it printed when it fails */
  readonly program: (name: "pg_dump" | "pg_restore", ...args: readonly string[]) => void;
  readonly dispose: () => Promise<void>;
}

/** A certificate that signs itself, and its key. */
export interface Certificate {
  readonly certificate: string;
  readonly key: string;
}

/** Makes a certificate for a common name, which is its only DNS name too. */
export async function makeCertificate(folder: string, name: string): Promise<Certificate> {
  const made = { certificate: join(folder, `${name}.crt`), key: join(folder, `${name}.key`) };
  const what = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];
  const whose = ["-subj", `/CN=${name}`, "-addext", `subjectAltName=DNS:${name}`];
  succeed("openssl", ["req", "-x509", ...what, ...whose, "-keyout", made.key, "-out", made.certificate]);
  const { uid, gid } = await stat(folder);
  await Promise.all([chown(made.certificate, uid, gid), chown(made.key, uid, gid)]);
  return made;
}

/**
 * Starts one with PostgreSQL's programs of another server that is reached over a socket, as the same user.
 *
 * @param connectionString of the other server
 * @param settings of the server; by what they name, files in the given folder may be made first
 */
export async function startOwnServer(
  connectionString: string,
  settings: (folder: string) => Promise<Readonly<Record<string, string>>>,
): Promise<OwnServer> {
  const { bin, uid, gid } = await installationOf(connectionString);
  const as = process.getuid?.() === 0 ? { uid, gid } : {};
  const folder = await clusterFolder("eventstore-own-");
  await chown(folder, uid, gid);
  const data = join(folder, "data");
  succeed(
    join(bin, "initdb"),
    ["-D", data, "-U", "postgres", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"],
    as,
  );
  const port = await freePort();
  const all = {
    listen_addresses: "localhost",
    port: String(port),
    unix_socket_directories: folder,
    fsync: "off",
    ...(await settings(folder)),
  };
  const options = Object.entries(all).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const child = spawn(join(bin, "postgres"), ["-D", data, ...options], { ...as, cwd: "/", stdio: "ignore" });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const socketUrl = (database: string) =>
    `postgresql:///${database}?host=${folder}&port=${port}&user=postgres`;
  const run = async (text: string): Promise<void> => {
    const client = new pg.Client({ connectionString: socketUrl("postgres") });
    await client.connect();
    await client.query(text).finally(() => client.end());
  };
  for (;;) {
    const isReady = await run("select 1").then(
      () => true,
      () => false,
    );
    if (isReady) break;
    if (child.exitCode !== null) throw new Error(`the server in ${folder} did not start`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return {
    folder,
    port,
    socketUrl,
    run,
    program: (name, ...args) =>
      succeed(join(bin, name), ["-h", folder, "-p", String(port), "-U", "postgres", ...args], as),
    dispose: async () => {
      child.kill("SIGQUIT");
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Where the programs of a server are, and whom it runs as. */
async function installationOf(connectionString: string) {
  const client = new pg.Client({ connectionString });
  await client.connect();
  const { rows } = await client
    .query<{ bin: string }>("select setting as bin from pg_config where name = 'BINDIR'")
    .finally(() => client.end());
  const socket = new URL(connectionString).searchParams.get("host");
  if (socket === null || rows[0] === undefined) throw new Error("the server is not reached over a socket");
  const { uid, gid } = await stat(socket);
  return { bin: rows[0].bin, uid, gid };
}

function succeed(program: string, args: readonly string[], as: object = {}): void {
  const { status, stderr, error } = spawnSync(program, args, { ...as, cwd: "/", encoding: "utf8" });
  if (status !== 0) throw new Error(`${program} failed: ${error?.message ?? stderr}`);
}

/** Mounts a small file system in memory, and gives its path; undefined, with a line that says so, where this is not allowed. */
export async function mountSmall(folder: string, megabytes: number): Promise<SmallDisk | undefined> {
  const { uid, gid } = await stat(folder);
  const path = join(folder, "small");
  await mkdir(path);
  const options = `size=${megabytes}m,mode=0700,uid=${uid},gid=${gid}`;
  const { status, stderr, error } = spawnSync("mount", ["-t", "tmpfs", "-o", options, "none", path], {
    encoding: "utf8",
  });
  if (status === 0) return { path, unmount: () => succeed("umount", ["-l", path]) };
  console.warn(`A full disk is not tested: mounting is refused here (${(error?.message ?? stderr).trim()})`);
  return undefined;
}

/** A file system that is full soon. */
export interface SmallDisk {
  readonly path: string;
  readonly unmount: () => void;
}
