/** The explorer over HTTP: who is let in, the page, the API. */
import { Hono } from "hono";
import { checkAccess, checkNames, type AccessOptions, type AccessVariables } from "./access.js";
import type { Api } from "./api-context.js";
import { apiHandlers } from "./api.js";
import type { Metrics } from "./metrics.js";
import type { PageFiles } from "./page-files.js";
import { problemOf, RequestError } from "./problem.js";

/** What the server is made of. */
export interface AppOptions {
  readonly access: AccessOptions;
  readonly api: Api;
  readonly files: PageFiles;
  readonly metrics: Metrics;
  /** Whether events can be asked. */
  readonly isHealthy: () => Promise<boolean>;
  /** Told of errors that are no one's mistake. */
  readonly onError: (error: unknown) => void;
}

export type ExplorerApp = Hono<{ Variables: AccessVariables }>;

/** What a page may do: load scripts and styles of its own, ask its own server, nothing else. */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    // CodeMirror makes its style sheet at run time.
    `style-src 'self' 'nonce-${nonce}'`,
    // CodeMirror underlines mistakes with images of its own.
    "img-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** The application; `fetch` of it answers requests. */
export function createApp({ access, api, files, metrics, isHealthy, onError }: AppOptions): ExplorerApp {
  const app: ExplorerApp = new Hono({ getPath: (request) => pathWithin(access.base, request.url) });
  app.onError((error) => {
    const { status, ...problem } = problemOf(error);
    if (status === 500) onError(error);
    return new Response(JSON.stringify(problem), {
      status,
      headers: { "Content-Type": "application/json", ...(status === 405 ? { Allow: "GET, HEAD" } : {}) },
    });
  });
  app.use(async (context, next) => {
    await next();
    const { headers } = context.res;
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("X-Frame-Options", "DENY");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    if (!headers.has("Content-Security-Policy"))
      headers.set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    if (!headers.has("Cache-Control")) headers.set("Cache-Control", "no-store");
  });
  app.use(async (context, next) => {
    const { method } = context.req;
    if (method !== "GET" && method !== "HEAD")
      throw new RequestError(405, "method_refused", "this server only shows: it takes GET and HEAD");
    await next();
    // Nobody reads what HEAD leaves out, so a stream would wait for its reader and keep its place among the queries.
    if (method === "HEAD") await context.res.body?.cancel();
  });
  // Says nothing but whether it works, so whoever watches over the server needs no name and no token.
  app.get("/healthz", async (context) =>
    (await isHealthy()) ? context.json({ status: "ok" }) : context.json({ status: "unavailable" }, 503),
  );
  app.use(checkNames(access));
  app.use(checkAccess(access));
  app.get("/", ({ html, header }) => {
    const { html: page, nonce } = files.page();
    header("Content-Security-Policy", contentSecurityPolicy(nonce));
    return html(page);
  });
  for (const [path, handler] of Object.entries(apiHandlers(api))) app.get(path, handler);
  app.get("/metrics", async (context) => {
    if (!context.get("hasToken"))
      throw new RequestError(403, "token_missing", "the metrics are shown to who has the token");
    return context.body(await metrics.text(), 200, { "Content-Type": metrics.contentType });
  });
  app.get("/:file", (context) => {
    const file = files.file(context.req.param("file"));
    if (file === undefined) throw new RequestError(404, "path_unknown", "there is nothing at this address");
    const headers = { "Content-Type": file.type, ETag: file.etag, "Cache-Control": "no-cache" };
    if (context.req.header("if-none-match") === file.etag) return context.body(null, 304, headers);
    return context.body(file.body, 200, headers);
  });
  app.all("*", () => {
    throw new RequestError(404, "path_unknown", "there is nothing at this address");
  });
  return app;
}

/** The path within the base, whether the proxy in front leaves the base in or takes it away. */
function pathWithin(base: string, address: string): string {
  const { pathname } = new URL(address);
  return pathname.startsWith(base) ? `/${pathname.slice(base.length)}` : pathname;
}
