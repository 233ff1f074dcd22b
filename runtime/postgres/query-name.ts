/**
 * How a query's name travels: in `application_name`, which every session sees in pg_stat_activity and which holds 63 bytes of printable
 * ASCII. A short name is written out, a long one as its start and a hash. Both are found by computing the tag of the asked name.
 */
import { createHash } from "node:crypto";

/** NAMEDATALEN − 1. */
const TAG_BYTES = 63;
const PLAIN = "query=";
const HASHED = "query~";
/** 22 characters of base64url are 132 bits. */
const HASH_LENGTH = 22;

/** What identifies a named query on the server. */
export interface QueryTag {
  /** Value of `application_name` while the query runs. */
  readonly applicationName: string;
  /** Key of the advisory lock that orders the end of the query and its cancellation; a bigint in decimal. */
  readonly lockKey: string;
}

/** The tag of a name; any text will do, equal names give equal tags. */
export function tagOf(name: string): QueryTag {
  // UTF-16 keeps lone surrogates apart, which UTF-8 would all turn into U+FFFD.
  const hash = createHash("sha256").update(name, "utf16le").digest();
  const wellFormed = Buffer.from(name, "utf8").toString("utf8");
  const encoded = encodeURIComponent(wellFormed);
  const plain = wellFormed === name && PLAIN.length + encoded.length <= TAG_BYTES;
  const head = `${HASHED}${hash.toString("base64url").slice(0, HASH_LENGTH)}~`;
  return {
    applicationName: plain ? PLAIN + encoded : head + encoded.slice(0, TAG_BYTES - head.length),
    lockKey: String(hash.readBigInt64BE(0)),
  };
}

/** The name in an `application_name`: whole, or its start and `…`; null when it is no tag. */
export function nameOf(applicationName: string): string | null {
  if (applicationName.startsWith(PLAIN)) return decode(applicationName.slice(PLAIN.length));
  if (!applicationName.startsWith(HASHED)) return null;
  const start = applicationName.slice(HASHED.length + HASH_LENGTH + 1);
  return `${decode(start) ?? ""}…`;
}

/** Decodes as much as is whole: the cut may fall inside an escape or inside a character of several bytes. */
function decode(encoded: string): string | null {
  for (let end = encoded.length; end >= Math.max(0, encoded.length - 12); end -= 1) {
    try {
      return decodeURIComponent(encoded.slice(0, end));
    } catch {
      continue;
    }
  }
  return null;
}
