/** Telling whether a process is the server of a cluster, before it is asked anything or ended. */
import { readlink, realpath, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import type { ClusterLock } from "./lock-text.js";
import { folderUnusable, type Cluster } from "./cluster.js";
import { readPlainFile } from "./plain-file.js";
import { commandOf, isSameProcess, markProcess, type ProcessMark } from "./processes.js";

/** What `postmaster.pid` says. */
interface PidFile {
  readonly pid: number;
  readonly port: number;
  readonly socketFolder: string;
}

async function readPidFile(cluster: Cluster): Promise<PidFile | undefined> {
  const text = (await readPlainFile(join(cluster.data, "postmaster.pid")).catch(() => "")) ?? "";
  const [pid, , , port, socketFolder] = text.split("\n");
  const number = Math.abs(Number.parseInt(pid ?? "", 10));
  if (Number.isNaN(number) || number === 0) return undefined;
  return { pid: number, port: Number(port), socketFolder: socketFolder ?? "" };
}

/** The process number in `postmaster.pid`. It alone proves nothing, as it may have been given to another process since. */
export async function postmasterPid(cluster: Cluster): Promise<number | undefined> {
  return (await readPidFile(cluster))?.pid;
}

/**
 * Whether a process is the server of the cluster: a `postgres` that works in its data directory, or where the system doesn't tell where a
 * process works, was started with it. Numbers in files are not proof: the folder may have been copied from another machine.
 */
async function isServerOf(cluster: Cluster, pid: number): Promise<boolean> {
  // pg_ctl, which ends a server there, takes the data directory and no number.
  if (process.platform === "win32") return true;
  const command = await commandOf(pid);
  if (!/^postgres(\.exe)?$/.test(basename(command.split(/\s+-/)[0] ?? ""))) return false;
  const workingDirectory = await readlink(`/proc/${pid}/cwd`).catch(() => undefined);
  if (workingDirectory === undefined) return command.includes(cluster.data);
  return workingDirectory === (await realpath(cluster.data).catch(() => cluster.data));
}

/** The server that a lock speaks of, if it still runs and is the cluster's. */
export async function provenServer(
  cluster: Cluster,
  lock: ClusterLock | undefined,
): Promise<ProcessMark | undefined> {
  const recorded = lock?.server?.process;
  if (recorded === undefined || !(await isSameProcess(recorded))) return undefined;
  return (await isServerOf(cluster, recorded.pid)) ? recorded : undefined;
}

/** The server that runs on a data directory, whoever started it: also one whose owner was killed before it was recorded. */
export async function findOrphan(cluster: Cluster): Promise<ProcessMark | undefined> {
  const pid = await postmasterPid(cluster);
  if (pid === undefined) return undefined;
  const mark = await markProcess(pid);
  return (await isSameProcess(mark)) && (await isServerOf(cluster, pid)) ? mark : undefined;
}

/** Whether the lock's address is where the cluster's server says that it listens. */
export async function listensThere(cluster: Cluster, lock: ClusterLock): Promise<boolean> {
  const endpoint = lock.server?.endpoint;
  const said = await readPidFile(cluster);
  if (endpoint === undefined || said === undefined || said.port !== endpoint.port) return false;
  return endpoint.kind === "loopback" || said.socketFolder === endpoint.folder;
}

/** Removes a postmaster.pid whose process is gone or is another's, which could otherwise keep the server from starting. */
export async function removeStalePidFile(cluster: Cluster): Promise<void> {
  await rm(join(cluster.data, "postmaster.pid"), { force: true }).catch((error: unknown) => {
    throw folderUnusable(cluster.folder, error);
  });
}
