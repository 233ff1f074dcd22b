/** A TCP proxy before a test server. */
import { createConnection, createServer, type AddressInfo, type Socket } from "node:net";

/** A line to the server that can fall silent without closing, as when a cable is cut. */
export interface Line {
  readonly url: string;
  /** Nothing comes through any more, either way. */
  readonly silence: () => void;
  /** The same once so many bytes of further answers have come through: in the middle of what the server says. */
  readonly silenceAfter: (bytes: number) => void;
  /** The same once the server has been sent this text, which it gets. */
  readonly silenceAt: (text: string) => void;
  /** What the server answers is lost, while it hears everything; until `mend`, after which new connections are whole. */
  readonly deafen: () => void;
  readonly mend: () => void;
  /** Answers of new connections take so many milliseconds. */
  readonly slow: (milliseconds: number) => void;
  readonly close: () => void;
}

/** Opens a line to the server of a connection string. */
export async function openLine(url: string): Promise<Line> {
  const target = new URL(url);
  const folder = target.searchParams.get("host");
  const { port: serverPort, hostname } = target;
  const connect = (): Socket =>
    folder === null
      ? createConnection(Number(serverPort), hostname)
      : createConnection(`${folder}/.s.PGSQL.${serverPort || target.searchParams.get("port") || "5432"}`);
  const sockets: Socket[] = [];
  let silent = false;
  let deaf = false;
  let bytesLeft = Infinity;
  let lastText: string | null = null;
  let delayMs = 0;
  const server = createServer((near) => {
    sockets.push(near);
    near.on("error", () => undefined);
    if (silent) return;
    const far = connect();
    sockets.push(far);
    far.on("error", () => undefined);
    near.on("data", (data) => {
      if (silent) return;
      far.write(data);
      if (lastText !== null && data.includes(lastText)) silent = true;
    });
    let isLost = false;
    const ownDelayMs = delayMs;
    far.on("data", (data) => {
      // A connection of which an answer is lost stays so: the rest would not be understood.
      isLost ||= deaf;
      if (silent || isLost) return;
      const heard = data.subarray(0, bytesLeft);
      bytesLeft -= heard.length;
      silent = bytesLeft === 0;
      if (ownDelayMs === 0) near.write(heard);
      else setTimeout(() => near.write(heard), ownDelayMs);
    });
    near.on("close", () => far.destroy());
    far.on("close", () => near.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  target.searchParams.delete("host");
  target.searchParams.delete("port");
  target.hostname = "127.0.0.1";
  target.port = String(port);
  return {
    url: target.href,
    silence: () => void (silent = true),
    silenceAfter: (bytes) => void (bytesLeft = bytes),
    silenceAt: (text) => void (lastText = text),
    deafen: () => void (deaf = true),
    mend: () => void (deaf = false),
    slow: (milliseconds) => void (delayMs = milliseconds),
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
