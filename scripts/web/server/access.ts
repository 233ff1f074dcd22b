/** Who may ask: the token of the printed address, the cookie that it is changed for, the names under which the server answers. */
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { Context, MiddlewareHandler } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { RequestError } from "./problem.js";

/** What decides who may ask. */
export interface AccessOptions {
  readonly token: string;
  readonly port: number;
  /** Names besides the loopback ones that the address has: `--host`. */
  readonly host: string;
  /** Path under which a proxy shows the server, with a slash at both ends. */
  readonly base: string;
  /** Origins of proxies: `https://events.example.org`. */
  readonly origins: readonly string[];
  /** A proxy in front sets the forwarded headers, and the user's name. */
  readonly trustProxy: boolean;
  /** Header with the name of whom the proxy let in; null: everybody needs the token. */
  readonly userHeader: string | null;
}

/** What the checks found out, for handlers and the log. */
export interface AccessVariables {
  /** Name from the proxy, null without one. */
  user: string | null;
  /** Whether the token was shown, itself or by its cookie. */
  hasToken: boolean;
}

/** A new token. */
export function createToken(): string {
  return randomBytes(24).toString("base64url");
}

/** Names of this machine for itself. */
const LOOPBACK = ["127.0.0.1", "localhost", "[::1]"];

/** Refuses a foreign Host, which is what DNS rebinding looks like, and a foreign Origin, which is another page asking. */
export function checkNames(options: AccessOptions): MiddlewareHandler {
  const hosts = new Set(
    [...LOOPBACK, options.host.includes(":") ? `[${options.host}]` : options.host].map((name) =>
      `${name}:${options.port}`.toLowerCase(),
    ),
  );
  // A browser leaves out the port that is usual for the scheme.
  if (options.port === 80) for (const name of [...hosts]) hosts.add(name.replace(/:80$/, ""));
  for (const origin of options.origins) hosts.add(new URL(origin).host);
  return async (context, next) => {
    const host = context.req.header("host")?.toLowerCase() ?? "";
    if (!hosts.has(host))
      throw new RequestError(
        421,
        "host_refused",
        "this server does not answer under that name; a proxy's own is given with --origin",
      );
    const origin = context.req.header("origin");
    if (origin !== undefined && !isOwnOrigin(origin, host, context, options))
      throw new RequestError(403, "origin_refused", "another page may not ask this server");
    await next();
  };
}

function isOwnOrigin(
  origin: string,
  host: string,
  { req }: Context,
  { origins, trustProxy }: AccessOptions,
): boolean {
  const [forwardedHost, proto] = [req.header("x-forwarded-host"), req.header("x-forwarded-proto")];
  const forwarded =
    trustProxy && forwardedHost !== undefined ? [`${proto ?? "https"}://${forwardedHost}`] : [];
  return [`http://${host}`, ...origins, ...forwarded].includes(origin.toLowerCase());
}

/** The value of the cookie: it gives away nothing about the token, and ends with the server. */
function cookieValue(token: string): string {
  return createHash("sha256").update(`eventstore cookie ${token}`).digest("base64url");
}

function isSame(given: string | undefined, expected: string): boolean {
  if (given === undefined) return false;
  const [a, b] = [given, expected].map((text) => createHash("sha256").update(text).digest());
  return timingSafeEqual(a!, b!);
}

/** The cookie's name: cookies do not tell ports apart, so servers on two of them must not share one. */
export function cookieName(port: number): string {
  return `eventstore-${port}`;
}

/**
 * Lets in who shows the token or its cookie, or whom the proxy names. The token in the page's address is changed for a cookie at once, so that it is
 * in no link that is passed on.
 */
export function checkAccess(options: AccessOptions): MiddlewareHandler<{ Variables: AccessVariables }> {
  const name = cookieName(options.port);
  return async (context, next) => {
    const { req } = context;
    const url = new URL(req.url);
    const given = url.searchParams.getAll("token");
    const user = options.userHeader === null ? null : (req.header(options.userHeader) ?? null);
    if (given.some((token) => !isSame(token, options.token))) throw refusal();
    if (given.length > 0 && req.path === "/") {
      setCookie(context, name, cookieValue(options.token), {
        httpOnly: true,
        sameSite: "Strict",
        path: options.base,
        secure: options.trustProxy && req.header("x-forwarded-proto") === "https",
      });
      url.searchParams.delete("token");
      return context.redirect(`${options.base}${url.search}`, 303);
    }
    const bearer = /^Bearer (.+)$/.exec(req.header("authorization") ?? "")?.[1];
    const hasToken =
      given.length > 0 ||
      isSame(getCookie(context, name), cookieValue(options.token)) ||
      isSame(bearer, options.token);
    if (!hasToken && (user === null || user === "")) throw refusal();
    context.set("user", user);
    context.set("hasToken", hasToken);
    return next();
  };
}

function refusal(): RequestError {
  return new RequestError(
    401,
    "token_missing",
    "open the address that eventstore serve printed: it has the token that lets you in",
  );
}
