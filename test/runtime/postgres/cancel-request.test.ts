/** The protocol's request to cancel, as a pooler sees it. */
import { createServer, type AddressInfo, type Socket } from "node:net";
import { expect, it } from "vitest";
import { requestCancel } from "../../../runtime/postgres/cancel-request.js";
import type { ConnectedClient } from "../../../runtime/postgres/connect.js";

/** A server that keeps the line for a while after the request; the second list says when the asker left. */
async function slowServer(
  keptMs: number,
): Promise<{ client: ConnectedClient; seen: string[]; stop: () => void }> {
  const seen: string[] = [];
  const lines: Socket[] = [];
  const server = createServer({ allowHalfOpen: true }, (line) => {
    lines.push(line);
    line.on("data", (bytes) => {
      seen.push(bytes.toString("hex"));
      setTimeout(() => line.end(() => seen.push("closed by the server")), keptMs).unref();
    });
    line.on("end", () => seen.push("closed by the asker"));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const client = { host: "127.0.0.1", port, processID: 7, secretKey: -2, ssl: false };
  return {
    client: client as unknown as ConnectedClient,
    seen,
    stop: () => {
      for (const line of lines) line.destroy();
      server.close();
    },
  };
}

const REQUEST = "0000001004d2162e00000007fffffffe";

it("leaves the line to whoever takes the request", async () => {
  const { client, seen, stop } = await slowServer(30);
  expect(await requestCancel(client, 5_000)).toBe(true);
  expect(seen.slice(0, 2)).toEqual([REQUEST, "closed by the server"]);
  stop();
});

it("leaves it also when nobody waits any longer, and says that the request may still strike", async () => {
  const { client, seen, stop } = await slowServer(60_000);
  expect(await requestCancel(client, 50)).toBe(false);
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(seen).toEqual([REQUEST]);
  stop();
});

it("rejects where there is nobody to ask", async () => {
  const { client, stop } = await slowServer(0);
  stop();
  await expect(requestCancel(client, 5_000)).rejects.toThrow(/ECONNREFUSED/u);
});
