/**
 * The protocol's own way to cancel: a connection of its own that says which one is meant. A pooler passes it on to the server that works
 * for that connection at this moment; a process number would mean nothing, as it may by then work for somebody else.
 */
import { connect as connectSocket, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import type { ConnectedClient } from "./connect.js";

const CANCEL_CODE = 80_877_102;
const TLS_CODE = 80_877_103;

/** Asks the server of a client to cancel what it runs. Resolves when the request was taken; whether it struck shows on the client. */
export async function requestCancel(client: ConnectedClient, limitMs: number): Promise<void> {
  const { processID = 0, secretKey = 0 } = client;
  const socket = openSocket(client);
  socket.setTimeout(Math.max(1, limitMs), () =>
    socket.destroy(new Error("the request to cancel took too long")),
  );
  try {
    await once(socket, "connect");
    const line = client.ssl ? await secure(socket, client) : socket;
    line.end(integers(16, CANCEL_CODE, processID, secretKey));
    line.resume();
    await once(line, "close");
  } finally {
    socket.destroy();
  }
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
  const secured = connectTls({ ...(typeof ssl === "object" ? ssl : {}), socket, servername: host });
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
