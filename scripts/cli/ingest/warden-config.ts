/** The configuration of a Warden client: that of Warden's own client, as JSON. */
import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { utf8Problem } from "../../../runtime/events/utf8.js";
import { isUtf8 } from "node:buffer";
import { CliError } from "../errors.js";
import { parseJsonText } from "../json-text.js";

/** What a client needs to know. Paths in the file are relative to it. */
export interface WardenConfig {
  /** Base URL of the server, `https://warden.example.org/warden3`. */
  readonly url: string;
  readonly name: string;
  readonly secret: string | undefined;
  readonly cert: Buffer;
  readonly key: Buffer;
  readonly ca: Buffer | undefined;
  /** File that holds the identifier of the last event that was stored. */
  readonly idStore: string;
  /** Most events in an answer. */
  readonly count: number;
  readonly timeoutMs: number;
  /** Milliseconds between requests while there is nothing new. */
  readonly pollMs: number;
  readonly filters: Readonly<Record<string, readonly string[]>>;
}

const FILTERS = ["cat", "nocat", "tag", "notag", "group", "nogroup"] as const;

const EXAMPLE =
  '{"url": "https://warden.example.org/warden3", "name": "org.example.client", "secret": "…", "certfile": "cert.pem", "keyfile": "key.pem", ' +
  '"cafile": "ca.pem", "idstore": "client.id"}';

/** Reads the file and the certificates that it names. @throws CliError that names what is missing or wrong */
export async function readWardenConfig(path: string): Promise<WardenConfig> {
  const given = parseConfig(await readBytes(path, "--warden"), path);
  const fail = (key: string, problem: string): CliError =>
    new CliError(`--warden: ${path}: ${key}: ${problem}`, EXAMPLE);
  const text = (key: string): string | undefined => {
    const value = given[key];
    if (value === undefined || value === null) return undefined;
    if (typeof value !== "string") throw fail(key, "is no text");
    return value;
  };
  const needed = (key: string): string => {
    const value = text(key);
    if (value === undefined || value === "") throw fail(key, "missing");
    return value;
  };
  const number = (key: string, otherwise: number): number => {
    const value = given[key] ?? otherwise;
    if (typeof value !== "number" || !(value > 0)) throw fail(key, "is no number above 0");
    return value;
  };
  const folder = dirname(resolve(path));
  const file = (key: string, name: string): Promise<Buffer> =>
    readBytes(resolve(folder, name), `--warden: ${key}`);
  const url = needed("url");
  if (!/^https:\/\/\S+$/.test(url))
    throw fail("url", "is no https URL; a client certificate is only sent over HTTPS");
  const certificate = needed("certfile");
  const authority = text("cafile");
  return {
    url,
    name: needed("name"),
    secret: text("secret"),
    cert: await file("certfile", certificate),
    key: await file("keyfile", text("keyfile") ?? certificate),
    ca: authority === undefined ? undefined : await file("cafile", authority),
    idStore: resolve(folder, text("idstore") ?? `${needed("name")}.id`),
    count: number("count", 1_000),
    timeoutMs: number("timeout", 60) * 1000,
    pollMs: number("poll_time", 5) * 1000,
    filters: Object.fromEntries(
      FILTERS.map((key) => [key, textList(given[key], () => fail(key, "is no list of texts"))]),
    ),
  };
}

function textList(value: unknown, error: () => CliError): readonly string[] {
  if (value === undefined || value === null) return [];
  const list: unknown = typeof value === "string" ? [value] : value;
  if (!Array.isArray(list) || !list.every((part) => typeof part === "string")) throw error();
  return list;
}

function parseConfig(bytes: Buffer, path: string): Readonly<Record<string, unknown>> {
  if (!isUtf8(bytes)) throw new CliError(`--warden: ${path}: ${utf8Problem(bytes)}`);
  // Configurations of Warden's own client may have comments on lines of their own.
  const text = bytes.toString("utf8").replace(/^\s*(?:#|\/\/).*$/gm, "");
  const config = parseJsonText(text, `--warden: ${path}`, EXAMPLE);
  if (typeof config !== "object" || config === null || Array.isArray(config))
    throw new CliError(`--warden: ${path} is no object`, EXAMPLE);
  return config as Readonly<Record<string, unknown>>;
}

async function readBytes(path: string, what: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new CliError(`${what}: ${path} cannot be read`, undefined, { cause: error });
  }
}
