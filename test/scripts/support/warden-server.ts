/** A small Warden server: HTTPS with certificates of its own, and `getEvents` of the protocol. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { TLSSocket } from "node:tls";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A request that came. */
export interface WardenRequest {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** Common name of the client's certificate. */
  readonly certificate: string | null;
}

/** The server, and what it was asked. */
export interface WardenServer {
  readonly url: string;
  readonly folder: string;
  readonly requests: WardenRequest[];
  /** Texts of the events, in order; the identifier of an event is its position, from 1. */
  readonly events: string[];
  /** Statuses of the next answers, instead of what is asked for. */
  readonly failures: number[];
  readonly close: () => Promise<void>;
}

const SECRET = "SeCrEt";

/** Certificates in a folder: an authority, one for the server, one for the client and one that nobody signed. */
function makeCertificates(folder: string): void {
  const openssl = (...args: string[]): void =>
    void execFileSync("openssl", args, { cwd: folder, stdio: "ignore" });
  const key = ["-newkey", "rsa:2048", "-nodes", "-days", "2"];
  openssl("req", "-x509", ...key, "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=test authority");
  for (const name of ["server", "client"]) {
    openssl(
      "req",
      ...key.slice(0, 3),
      "-keyout",
      `${name}.key`,
      "-out",
      `${name}.csr`,
      "-subj",
      `/CN=${name}`,
    );
    writeFileSync(join(folder, `${name}.ext`), "subjectAltName = DNS:localhost, IP:127.0.0.1\n");
    openssl(
      ...["x509", "-req", "-in", `${name}.csr`, "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial"],
      ...["-out", `${name}.pem`, "-days", "2", "-extfile", `${name}.ext`],
    );
  }
  openssl("req", "-x509", ...key, "-keyout", "stranger.key", "-out", "stranger.pem", "-subj", "/CN=stranger");
}

/** Starts a server. */
export async function startWarden(): Promise<WardenServer> {
  const folder = mkdtempSync(join(tmpdir(), "eventstore-warden-"));
  makeCertificates(folder);
  const requests: WardenRequest[] = [];
  const events: string[] = [];
  const failures: number[] = [];
  const file = (name: string): Buffer => readFileSync(join(folder, name));
  const server: Server = createServer(
    {
      cert: file("server.pem"),
      key: file("server.key"),
      ca: file("ca.pem"),
      requestCert: true,
      rejectUnauthorized: true,
    },
    (request, response) => {
      const url = new URL(request.url ?? "/", "https://localhost");
      const query = Object.fromEntries(url.searchParams);
      const { socket } = request;
      const certificate = socket instanceof TLSSocket ? String(socket.getPeerCertificate().subject.CN) : null;
      requests.push({ path: url.pathname, query, certificate });
      const answer = (status: number, body: string): void =>
        void response.writeHead(status, { "content-type": "application/json" }).end(body);
      const failure = failures.shift();
      if (failure !== undefined)
        return answer(failure, '{"errors":[{"error":500,"message":"out of order"}]}');
      if (query["secret"] !== SECRET || query["client"] !== "org.example.client")
        return answer(
          403,
          '{"method":"getEvents","errors":[{"error":403,"message":"I am watching. Authenticate."}]}',
        );
      const from = Number(query["id"] ?? 0);
      const given = events.slice(from, from + Number(query["count"] ?? 1_000));
      answer(200, `{"lastid":${from + given.length},"events":[${given.join(",")}]}`);
    },
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `https://localhost:${port}/warden3`,
    folder,
    requests,
    events,
    failures,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true });
    },
  };
}
