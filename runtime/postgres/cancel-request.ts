/**
 * The protocol's own way to cancel: a connection of its own that says which one is meant. A pooler passes it on to the server that works
 * for that connection at this moment; a process number would mean nothing, as it may by then work for somebody else.
 */
import { connect as connectSocket, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import type { ConnectedClient } from "./connect.js";

const CANCEL_CODE = 80_877_102;
const TLS_CODE = 80_877_103;

/** Milliseconds for a pooler that is busy to take a request whose result nobody waits for any more. */
const LINGER_MS = 60_000;

/**
 * Asks the server of a client to cancel what it runs. Whether it struck shows on the client. Resolves to false when the
 * request was not taken within `limitMs`, and may be later; rejects when it could not be sent.
 *
 * Whoever takes the request closes the line. We do not, not even our half of it: PgBouncer before 1.20 ends with all its clients when the one
 * who asked to cancel leaves before it has passed the request on.
 */
export async function requestCancel(client: ConnectedClient, limitMs: number): Promise<boolean> {
  const { processID = 0, secretKey = 0 } = client;
  const socket = openSocket(client);
  let asked = false;
  const ask = async (): Promise<true> => {
    await once(socket, "connect");
    const line = client.ssl ? await secure(socket, client) : socket;
    line.write(integers(16, CANCEL_CODE, processID, secretKey));
    asked = true;
    line.resume();
    await once(line, "close");
    return true;
  };
  const taken = ask().finally(() => socket.destroy());
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve, reject) => {
    timer = setTimeout(
      () => {
        if (asked) return resolve(false);
        socket.destroy();
        reject(new Error("the request to cancel took too long"));
      },
      Math.max(1, limitMs),
    );
  });
  try {
    const inTime = await Promise.race([taken, late]);
    if (!inTime) linger(socket);
    return inTime;
  } finally {
    clearTimeout(timer);
    taken.catch(() => undefined);
  }
}

/** Leaves a socket to the other side, for a while; it keeps no process alive. */
function linger(socket: Socket): void {
  socket.unref();
  setTimeout(() => socket.destroy(), LINGER_MS).unref();
}

function openSocket({ host, port }: ConnectedClient): Socket {
  return host.startsWith("/") ? connectSocket(`${host}/.s.PGSQL.${port}`) : connectSocket({ host, port });
}

/** The socket with TLS, where the server has it. */
async function secure(socket: Socket, { ssl, host }: ConnectedClient): Promise<Socket> {
  socket.write(integers(8, TLS_CODE));
  const answer = await new Promise<Buffer>((resolve, reject) => {
    socket.once("data", resolve);
    socket.once("error", reject);
  });
  if (answer.toString() !== "S") return socket;
  const secured = connectTls({ servername: host, ...(typeof ssl === "object" ? ssl : {}), socket });
  await once(secured, "secureConnect");
  return secured;
}

function integers(...values: readonly number[]): Buffer {
  const buffer = Buffer.alloc(4 * values.length);
  values.forEach((value, at) => buffer.writeInt32BE(value | 0, 4 * at));
  return buffer;
}

function once(socket: Socket, event: string): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once(event, () => resolve());
    socket.once("error", reject);
  });
}
