/** The server's manners, over a file: nothing of this needs a database. */
import { request } from "node:http";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { generateEvents } from "../../../scripts/tools/demo/generate-events.js";
import { startExplorer, type TestExplorer } from "./support.js";
import { HOSTILE_TEXTS, hostileSeed, someOf } from "../../support/hostile-values.js";
import { seeded } from "../../support/range-texts.js";
import { cli } from "../support/cli.js";

const events = [
  ...generateEvents({ count: 300, seed: 4, from: new Date("2024-05-01"), to: new Date("2024-05-08") }),
];
let folder: string;
let explorer: TestExplorer;
let file: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "eventstore-explorer-"));
  file = join(folder, "events.ndjson.gz");
  await writeFile(file, gzipSync(events.map((event) => JSON.stringify(event) + "\n").join("")));
  explorer = await startExplorer({ kind: "file", path: file });
});
afterAll(async () => {
  await explorer.stop();
  await rm(folder, { recursive: true });
});

/** A request with headers that fetch does not let one set. */
function raw(
  path: string,
  headers: Readonly<Record<string, string>>,
  method = "GET",
): Promise<{ readonly status: number; readonly headers: Readonly<Record<string, unknown>> }> {
  return new Promise((resolve, reject) => {
    request(new URL(path, explorer.origin), { headers, method }, (response) => {
      response.resume();
      resolve({ status: response.statusCode ?? 0, headers: response.headers });
    })
      .on("error", reject)
      .end();
  });
}

const json = async (path: string): Promise<unknown> => (await explorer.get(path)).json();

it("any text for any parameter is answered, or refused in a sentence", async () => {
  const random = seeded(hostileSeed());
  const { paths } = (await json("/api/openapi.json")) as {
    readonly paths: Readonly<
      Record<string, { readonly get?: { readonly parameters?: readonly { readonly name: string }[] } }>
    >;
  };
  for (const [path, { get }] of Object.entries(paths))
    for (const { name } of get?.parameters ?? [])
      for (const text of someOf(HOSTILE_TEXTS, random, 3)) {
        const value = encodeURIComponent(text.toWellFormed());
        const inPath = path.includes(`{${name}}`);
        const asked = inPath
          ? path.replace(`{${name}}`, value)
          : `${path.replace(/\{\w+\}/u, "a")}?${name}=${value}`;
        const response = await explorer.get(asked);
        expect([200, 400, 404, 413, 414, 422, 431], asked).toContain(response.status);
        if (response.status === 200) await response.body?.cancel();
        else expect(await response.text(), asked).not.toMatch(/undefined|\[object|\n {4}at /u);
      }
});

describe("who is let in", () => {
  const paths = ["/", "/api/count", "/api/openapi.json", "/main.js", "/metrics"];

  it.each(paths)("nobody without the token: %s", async (path) => {
    expect((await fetch(new URL(path, explorer.origin))).status).toBe(401);
    for (const tokens of ["token=wrong", `token=${explorer.token}&token=wrong`])
      expect(
        (await fetch(new URL(`${path}?${tokens}`, explorer.origin), { redirect: "manual" })).status,
      ).toBe(401);
    const { port } = new URL(explorer.origin);
    const headers = { Cookie: `eventstore-${port}=wrong` };
    expect((await fetch(new URL(path, explorer.origin), { headers })).status).toBe(401);
  });

  it("changes the token of the first address for a cookie", async () => {
    expect(explorer.token.length).toBeGreaterThanOrEqual(16);
    const first = await fetch(explorer.address, { redirect: "manual" });
    expect(first.status).toBe(303);
    expect(first.headers.get("location")).toBe("/");
    const cookie = first.headers.get("set-cookie") ?? "";
    expect(cookie).toMatch(/; HttpOnly/i);
    expect(cookie).toMatch(/; SameSite=Strict/i);
    expect(cookie).not.toContain(explorer.token);
    const headers = { Cookie: cookie.split(";")[0]! };
    const page = await fetch(explorer.origin, { headers });
    expect(page.status).toBe(200);
    expect((await fetch(new URL("/api/count", explorer.origin), { headers })).status).toBe(200);
  });

  it("takes the token in the address of what a program asks", async () => {
    for (const path of ["/api/count", "/metrics"])
      expect((await fetch(new URL(`${path}?token=${explorer.token}`, explorer.origin))).status).toBe(200);
  });

  it.each(["evil.example", "evil.example:80", "127.0.0.1", "127.0.0.1:1"])(
    "no foreign name: %j",
    async (host) => {
      for (const path of ["/", "/api/count"]) {
        const { status } = await raw(path, { Host: host, Authorization: `Bearer ${explorer.token}` });
        expect(status).toBeGreaterThanOrEqual(400);
        expect(status).toBeLessThan(500);
      }
    },
  );

  it("answers under every loopback name with its port", async () => {
    const { port } = new URL(explorer.origin);
    for (const name of ["127.0.0.1", "localhost", "[::1]"])
      expect(
        (await raw("/api/count", { Host: `${name}:${port}`, Authorization: `Bearer ${explorer.token}` }))
          .status,
      ).toBe(200);
  });

  it.each(["null", "https://evil.example", "http://127.0.0.1:1", "file://"])(
    "no foreign origin: %s",
    async (origin) => {
      const { status, headers } = await raw("/api/count", {
        Origin: origin,
        Authorization: `Bearer ${explorer.token}`,
      });
      expect(status).toBe(403);
      expect(headers["access-control-allow-origin"]).toBeUndefined();
    },
  );

  it("its own origin", async () => {
    const { status } = await raw("/api/count", {
      Origin: explorer.origin,
      Authorization: `Bearer ${explorer.token}`,
    });
    expect(status).toBe(200);
  });

  it.each(["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])("refuses %s", async (method) => {
    for (const path of ["/", "/api/search", "/api/events/x"])
      expect((await raw(path, { Authorization: `Bearer ${explorer.token}` }, method)).status).toBe(405);
  });

  it("answers HEAD as GET without what it would send, and lets go of a stream that nobody reads", async () => {
    for (const path of ["/", "/api/count", ...Array<string>(5).fill("/api/stream")])
      expect(
        await raw(path, { Authorization: `Bearer ${explorer.token}` }, "HEAD").then(({ status }) => status),
      ).toBe(200);
    expect(await json("/api/count")).toEqual({ count: 300 });
  });

  it("lets the page load nothing but its own", async () => {
    const policy = (await explorer.get("/")).headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toMatch(/script-src 'self'(?:;|$)/);
    expect(policy).not.toMatch(/unsafe/);
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1];
    expect(await (await explorer.get("/")).text()).not.toContain(nonce);
  });

  it("says whether it works without a token", async () => {
    expect(await (await fetch(new URL("/healthz", explorer.origin))).json()).toEqual({ status: "ok" });
  });
});

describe("answers", () => {
  it("pages of events by key", async () => {
    const first = (await json("/api/search?limit=7")) as {
      events: { ID: string }[];
      next: string;
      hasMore: boolean;
    };
    expect(first.events).toHaveLength(7);
    expect(first.hasMore).toBe(true);
    const second = (await json(
      `/api/search?limit=7&after=${encodeURIComponent(first.next)}`,
    )) as typeof first;
    const ids = [...first.events, ...second.events].map(({ ID }) => ID);
    expect(new Set(ids).size).toBe(14);
    expect(await json(`/api/events/${encodeURIComponent(ids[3]!)}`)).toMatchObject({ ID: ids[3] });
    expect((await explorer.get("/api/events/nothing")).status).toBe(404);
  });

  it("counts, tops and timelines that agree", async () => {
    const filter = encodeURIComponent("category under Recon");
    const { count } = (await json(`/api/count?filter=${filter}`)) as { count: number };
    const { buckets, total } = (await json(`/api/timeline?filter=${filter}&step=1d`)) as {
      buckets: { count: number }[];
      total: number;
    };
    expect(total).toBe(count);
    expect(buckets.reduce((sum, bucket) => sum + bucket.count, 0)).toBe(count);
    const top = (await json(`/api/top/severity?filter=${filter}&limit=50`)) as { count: number }[];
    expect(top.reduce((sum, row) => sum + row.count, 0)).toBe(count);
    expect(await json(`/api/summary?filter=${filter}&by=severity&limit=50`)).toMatchObject({
      total: count,
      panels: { severity: top },
    });
  });

  it("within the time that is asked for", async () => {
    const range = "from=2024-05-02T00:00:00Z&to=2024-05-03T00:00:00Z";
    const expected = events.filter(({ DetectTime }) => DetectTime.startsWith("2024-05-02")).length;
    expect(await json(`/api/count?${range}`)).toEqual({ count: expected });
    expect(await json(`/api/timeline?${range}&step=1h`)).toMatchObject({
      total: expected,
      buckets: { length: 24 },
    });
  });

  it("streams", async () => {
    const response = await explorer.get(`/api/stream?filter=${encodeURIComponent("severity = high")}`);
    expect(response.headers.get("content-type")).toContain("ndjson");
    const lines = (await response.text()).trim().split("\n");
    expect(
      lines.map((line) => (JSON.parse(line) as { _CESNET: { EventSeverity: string } })._CESNET.EventSeverity),
    ).toEqual(lines.map(() => "high"));
    const csv = await (await explorer.get("/api/stream?format=csv&limit=3&columns=id,severity")).text();
    expect(csv.split("\n")[0]).toBe("id,severity");
    expect(csv.trim().split("\n")).toHaveLength(4);
  });

  it("describes itself", async () => {
    const document = (await json("/api/openapi.json")) as {
      openapi: string;
      paths: Record<string, Record<string, unknown>>;
    };
    expect(document.openapi).toMatch(/^3\./);
    for (const path of Object.values(document.paths)) expect(Object.keys(path)).toEqual(["get"]);
    const fields = (await json("/api/fields")) as { fields: { name: string }[] };
    expect(fields.fields.map(({ name }) => name)).toContain("source.ip");
    expect(await json("/api/status")).toMatchObject({ events: 300 });
    expect(await json("/api/explain?filter=severity%20%3D%20high")).toMatchObject({
      words: "severity is high",
    });
    expect(await (await explorer.get("/metrics")).text()).toContain("eventstore_query_duration_seconds");
  });

  it("a wrong filter with its diagnostics", async () => {
    const response = await explorer.get("/api/search?filter=nod.name%20%3D%20x");
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: "filter_invalid", diagnostics: [{ code: "E101" }] });
  });

  it.each([
    "/api/search?limit=0",
    "/api/search?limit=x",
    "/api/search?limit=100000",
    "/api/search?after=nonsense",
    "/api/search?sort=id",
    "/api/search?unknown=1",
    "/api/search?limit=1&limit=2",
    "/api/timeline?step=5x",
    "/api/timeline?step=1s&from=2024-01-01&to=2025-01-01",
    "/api/timeline?from=2024-05-02&to=2024-05-01",
    "/api/timeline?zone=Nowhere",
    "/api/timeline?by=nothing",
    "/api/count?from=true%20or%20true",
    "/api/top/nothing",
    "/api/top/severity?limit=0",
    "/api/summary",
    "/api/count?filter=severity%20%3D%20%24least",
    "/api/stream?format=xml",
    "/api/nothing",
    "/nothing",
    "/../package.json",
    "/%2e%2e/package.json",
    "/api/tail",
  ])("refuses %s", async (path) => {
    const { status } = await explorer.get(path);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
  });

  it("logs who asked what, on one line", async () => {
    await explorer.get(`/api/count?filter=${encodeURIComponent('description = "\\u{1b}[31m"\n')}`);
    expect(explorer.log()).toContain('count user="-" rows=1');
    expect(explorer.log()).not.toContain("\u001b[31m");
  });
});

describe("behind a proxy", () => {
  it("answers under its path and its origin, for the person that it names, within the restriction", async () => {
    const behind = await startExplorer(
      { kind: "file", path: file },
      {
        base: "/events/",
        trustProxy: true,
        userHeader: "x-user",
        origins: ["https://events.example.org"],
        restrict: "severity = low and not description = $user",
      },
    );
    try {
      const { port } = new URL(behind.origin);
      const named = { Host: "events.example.org", "X-User": "alice", Origin: "https://events.example.org" };
      const asked = (path: string, headers: Readonly<Record<string, string>>) =>
        new Promise<{ readonly status: number; readonly text: string }>((resolve, reject) => {
          request({ host: "127.0.0.1", port, path, headers }, (response) => {
            let text = "";
            response.on("data", (chunk: Buffer) => (text += chunk.toString()));
            response.on("end", () => resolve({ status: response.statusCode ?? 0, text }));
          })
            .on("error", reject)
            .end();
        });
      const low = events.filter(
        (event) => (event["_CESNET"] as { EventSeverity: string }).EventSeverity === "low",
      );
      const high = events.find(
        (event) => (event["_CESNET"] as { EventSeverity: string }).EventSeverity === "high",
      );
      expect(await asked("/events/api/count", named)).toEqual({
        status: 200,
        text: JSON.stringify({ count: low.length }),
      });
      const open = encodeURIComponent("severity = low) or (true");
      expect((await asked(`/events/api/count?filter=${open}`, named)).status).toBe(400);
      const wide = encodeURIComponent("true or severity = high");
      expect((await asked(`/events/api/count?filter=${wide}`, named)).text).toBe(
        JSON.stringify({ count: low.length }),
      );
      expect((await asked(`/events/api/events/${String(high?.ID)}`, named)).status).toBe(404);
      expect((await asked(`/events/api/events/${String(low[0]?.ID)}`, named)).status).toBe(200);
      expect((await asked("/events/api/stream?format=csv", named)).text.trim().split("\n")).toHaveLength(
        low.length + 1,
      );
      expect(JSON.parse((await asked("/events/api/status", named)).text)).toMatchObject({
        events: low.length,
      });
      expect((await asked("/events/api/count", { Host: "events.example.org" })).status).toBe(401);
      expect((await asked("/events/metrics", named)).status).toBe(403);
      expect(behind.address).toContain("/events/?token=");
      expect(behind.log()).toContain('user="alice"');
    } finally {
      await behind.stop();
    }
  });
});

describe("the command", () => {
  it.each([
    [["--user-header", "X-User"], "goes with --trust-proxy"],
    [["--restrict", "severity = $least"], "no value for $least"],
    [["--restrict", "severity = $user"], "give --user-header"],
    [["--restrict", "severity ="], "expected a value"],
    [["--port", "99999"], "0 to 65535"],
    [["--origin", "example"], "https://events.example.org"],
  ])("refuses %j", async (args, message) => {
    const { code, stderr } = await cli(["serve", "--file", file, ...args]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});
