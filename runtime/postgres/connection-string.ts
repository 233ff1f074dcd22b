/**
 * Connection strings as libpq reads them: URLs (`postgresql://user@host1,host2:5433/db?sslmode=require`) and lists of settings
 * (`host=h dbname=d`). More is forgiven: a password may hold any character unescaped, and a `%` without two digits stands for itself.
 */
import { StorageConnectionError } from "./errors.js";

/** Settings by libpq's names; `host` and `port` may be lists with commas. */
export type ConnectionSettings = ReadonlyMap<string, string>;

/**
 * Reads a connection string.
 * @throws StorageConnectionError `configuration_invalid`; the string is not repeated, as it cannot be known where its password is
 */
export function parseConnectionString(text: string): ConnectionSettings {
  const url = /^\s*postgres(?:ql)?:\/\/([^]*)$/iu.exec(text);
  if (url !== null) return parseUrl(url[1] ?? "");
  if (/^\s*[a-z_]+\s*=/iu.test(text)) return parseList(text);
  throw invalidConnection(
    "the connection string is not a PostgreSQL URL; its form is postgresql://user:password@host:5432/database",
  );
}

/** The refusal of connection settings. */
export function invalidConnection(message: string): StorageConnectionError {
  return new StorageConnectionError(message, { code: "configuration_invalid", retryable: false });
}

function parseUrl(rest: string): ConnectionSettings {
  const settings = new Map<string, string>();
  const set = (name: string, value: string): void => {
    if (value !== "") settings.set(name, value);
  };
  const end = endOfUser(rest);
  if (end >= 0) {
    const user = rest.slice(0, end);
    const colon = user.indexOf(":");
    set("user", decode(colon < 0 ? user : user.slice(0, colon)));
    if (colon >= 0) set("password", decode(user.slice(colon + 1)));
  }
  const place = rest.slice(end + 1);
  const [head = "", query = ""] = splitAt(place, "?");
  const [hosts = "", database = ""] = splitAt(head, "/");
  setHosts(hosts, set);
  set("dbname", decode(database));
  for (const part of query.split("&").filter((piece) => piece !== "")) {
    const [name = "", value = ""] = splitAt(part, "=");
    set(decode(name.trim()).toLowerCase(), decode(value.replaceAll("+", " ")));
  }
  return settings;
}

/** Where the user and password end: at the last `@` before the parameters, or of all where the password holds a `?`. */
function endOfUser(rest: string): number {
  const query = rest.indexOf("?");
  const end = rest.slice(0, query < 0 ? undefined : query).lastIndexOf("@");
  const [name = ""] = query < 0 ? [""] : splitAt(rest.slice(query), "=");
  return end < 0 && name.includes("@") ? rest.lastIndexOf("@") : end;
}

function setHosts(hosts: string, set: (name: string, value: string) => void): void {
  if (hosts === "") return;
  const places = hosts.split(",").map((place) => /^(\[[^\]]*\]|[^:]*)(?::([^]*))?$/u.exec(place.trim()));
  set("host", places.map((place) => decode(place?.[1] ?? "").replace(/^\[(.*)\]$/u, "$1")).join(","));
  if (places.some((place) => place?.[2] !== undefined))
    set("port", places.map((place) => place?.[2] ?? "").join(","));
}

/** `host=h password='a b'`; within quotes a backslash escapes. */
function parseList(text: string): ConnectionSettings {
  const settings = new Map<string, string>();
  const pair = /\s*([a-z_]+)\s*=\s*(?:'((?:[^'\\]|\\[^])*)'|((?:[^\s'\\]|\\[^])*))(?=\s|$)/giuy;
  for (let at = 0; at < text.trimEnd().length; at = pair.lastIndex) {
    pair.lastIndex = at;
    const found = pair.exec(text);
    if (found === null)
      throw invalidConnection("the connection string is not a list of name=value with blanks between");
    const value = (found[2] ?? found[3] ?? "").replace(/\\([^])/gu, "$1");
    if (value !== "") settings.set((found[1] ?? "").toLowerCase(), value);
  }
  return settings;
}

function splitAt(text: string, mark: string): readonly string[] {
  const at = text.indexOf(mark);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + mark.length)];
}

/** Percent escapes that are whole and UTF-8 are decoded, anything else stays as it is. */
function decode(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/giu, (escapes) => {
    try {
      return decodeURIComponent(escapes);
    } catch {
      return escapes;
    }
  });
}
