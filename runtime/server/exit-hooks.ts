import { leaveCluster, type RunningServer } from "./private-server.js";
import { signalPostmaster } from "./postmaster.js";

/** Signals that ask a process to end. */
const endingSignals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Servers that end with this process. */
const servers = new Set<RunningServer>();

/** Ends the servers, then this process in the way the signal would have ended it. */
function onSignal(signal: NodeJS.Signals): void {
  // A program that handles the signal itself ends in its own way, and reaches `onExit` then.
  if (process.listenerCount(signal) > 1) return;
  void Promise.allSettled([...servers].map(leaveCluster)).then(() => {
    servers.clear();
    removeHooks();
    process.kill(process.pid, signal);
  });
}

/** The last moment: only a signal can be sent. The server shuts down by itself; the lock of a process that is gone holds nobody up. */
function onExit(): void {
  for (const server of servers) signalPostmaster(server.postmaster.process.pid);
}

function removeHooks(): void {
  for (const signal of endingSignals) process.off(signal, onSignal);
  process.off("exit", onExit);
}

/** Lets a server end with this process, however it ends short of SIGKILL. */
export function stopAtExit(server: RunningServer): void {
  if (!server.isOurs) return;
  if (servers.size === 0) {
    for (const signal of endingSignals) process.on(signal, onSignal);
    process.on("exit", onExit);
  }
  servers.add(server);
}

/** Undoes {@link stopAtExit}. */
export function forgetAtExit(server: RunningServer): void {
  servers.delete(server);
  if (servers.size === 0) removeHooks();
}
