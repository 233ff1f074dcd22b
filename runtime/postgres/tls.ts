/** TLS as libpq's `sslmode` asks for it. */
import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { ConnectionOptions } from "node:tls";
import { invalidConnection, type ConnectionSettings } from "./connection-string.js";

/** How one attempt to connect is to be secured: not at all, or with these options of Node. */
export type TlsAttempt = false | ConnectionOptions;

const MODES = ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"] as const;

/**
 * The attempts at one host, in order: with `prefer`, the default, one with TLS and then one without.
 *
 * @param place where to connect; over a socket there is no TLS. Its certificate is for the name
 * @throws StorageConnectionError `configuration_invalid` for an unknown mode, or a certificate that can't be read
 */
export function tlsAttempts(
  settings: ConnectionSettings,
  { host, name }: { readonly host: string; readonly name: string },
): readonly TlsAttempt[] {
  const mode = modeOf(settings);
  if (host.startsWith("/") || mode === "disable") return [false];
  const options = { ...tlsOptions(settings, mode), ...(name === host ? {} : { servername: name }) };
  if (mode === "allow") return [false, options];
  return mode === "prefer" ? [options, false] : [options];
}

type Mode = (typeof MODES)[number];

function modeOf(settings: ConnectionSettings): Mode {
  const ssl = settings.get("ssl");
  // libpq: the system's authorities, which sign for anybody, are of use only with the name of the host.
  const isSystem = settings.get("sslrootcert") === "system";
  const usual = isSystem || ssl === "true" || ssl === "1" ? "verify-full" : "prefer";
  const given = settings.get("sslmode") ?? usual;
  if (isSystem && given !== "verify-full")
    throw invalidConnection("sslrootcert=system needs sslmode=verify-full");
  // `no-verify` is what node-postgres calls libpq's `require`.
  const mode = MODES.find((known) => known === (given === "no-verify" ? "require" : given));
  if (mode !== undefined) return mode;
  throw invalidConnection(`sslmode is one of ${MODES.join(", ")}`);
}

function tlsOptions(settings: ConnectionSettings, mode: Mode): ConnectionOptions {
  const root = settings.get("sslrootcert");
  const own = join(homedir(), ".postgresql");
  const rootFile = root ?? (existsSync(join(own, "root.crt")) ? join(own, "root.crt") : undefined);
  const ca = rootFile === undefined || rootFile === "system" ? undefined : readCertificates(rootFile);
  const ours = ["postgresql.crt", "postgresql.key"].map((name) => join(own, name));
  // As libpq does, where both are there and nothing else is said.
  const [ownCert, ownKey] = settings.has("sslcert") || !ours.every(existsSync) ? [] : ours;
  const cert = settings.get("sslcert") ?? ownCert;
  const key = settings.get("sslkey") ?? ownKey;
  if (cert !== undefined && key === undefined) throw invalidConnection("sslcert needs its key: sslkey=FILE");
  // libpq: a root certificate makes `require` as strict as `verify-ca`.
  const checksRoot =
    mode === "verify-ca" || mode === "verify-full" || (mode === "require" && ca !== undefined);
  if (mode === "verify-ca" && ca === undefined)
    throw invalidConnection("sslmode=verify-ca needs the certificate of the authority: sslrootcert=FILE");
  return {
    rejectUnauthorized: checksRoot,
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert: read(cert, "sslcert") }),
    ...(key === undefined ? {} : { key: read(key, "sslkey") }),
    ...(settings.has("sslpassword") ? { passphrase: settings.get("sslpassword") } : {}),
    ...(mode === "verify-full" ? {} : { checkServerIdentity: () => undefined }),
  };
}

function readCertificates(path: string): string {
  const text = read(path, "sslrootcert");
  if (!/-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----/u.test(text))
    throw invalidConnection(`sslrootcert: the file ${path} has no certificate`);
  return text;
}

function read(path: string, name: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    throw invalidConnection(`${name}: the file ${path} can't be read`);
  }
}
