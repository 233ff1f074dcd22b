/** Names files that hold no text by their first bytes, with what makes a text of them. */
import { Buffer } from "node:buffer";

/** A kind of file: its first bytes, with their place where that is not the beginning. */
interface FileKind {
  readonly what: string;
  readonly starts: readonly string[];
  readonly at?: number;
  /** What to do instead. */
  readonly advice: string;
}

const pipe = (command: string): string => `unpack it first: \`${command} | eventstore ingest -\``;
const NO_EVENTS = "it holds no events that can be read";

/** First bytes as Latin-1 texts. What is packed differently than by gzip and zstd, and what is often taken for a file of events by mistake. */
const KINDS: readonly FileKind[] = [
  {
    what: "a ZIP archive",
    starts: ["PK\x03\x04", "PK\x05\x06", "PK\x07\x08"],
    advice: pipe("unzip -p FILE"),
  },
  { what: "a tar archive", starts: ["ustar"], at: 257, advice: pipe("tar -xOf FILE") },
  { what: "compressed by xz", starts: ["\xfd7zXZ\x00"], advice: pipe("xz -dc FILE") },
  { what: "compressed by bzip2", starts: ["BZh"], advice: pipe("bzip2 -dc FILE") },
  { what: "compressed by lz4", starts: ["\x04\x22\x4d\x18"], advice: pipe("lz4 -dc FILE") },
  { what: "compressed by lzip", starts: ["LZIP"], advice: pipe("lzip -dc FILE") },
  { what: "compressed by compress", starts: ["\x1f\x9d"], advice: pipe("zcat FILE") },
  { what: "compressed by Snappy", starts: ["\xff\x06\x00\x00sNaPpY"], advice: pipe("snzip -dc FILE") },
  { what: "a 7-Zip archive", starts: ["7z\xbc\xaf\x27\x1c"], advice: pipe("7z x -so FILE") },
  { what: "a RAR archive", starts: ["Rar!\x1a\x07"], advice: pipe("unrar p -inul FILE") },
  { what: "an archive of ar or a Debian package", starts: ["!<arch>\n"], advice: NO_EVENTS },
  { what: "a cpio archive", starts: ["070701", "070702", "070707"], advice: "unpack it first, with cpio" },
  {
    what: "UTF-32 text",
    starts: [
      "\xff\xfe\x00\x00",
      "\x00\x00\xfe\xff",
      "{\x00\x00\x00",
      "[\x00\x00\x00",
      "\x00\x00\x00{",
      "\x00\x00\x00[",
    ],
    advice: "convert it: `iconv -f utf-32 -t utf-8 FILE | eventstore ingest -`",
  },
  {
    what: "text encrypted by PGP",
    starts: ["-----BEGIN PGP MESSAGE"],
    advice: "decrypt it: `gpg -d FILE | eventstore ingest -`",
  },
  { what: "a PDF document", starts: ["%PDF-"], advice: NO_EVENTS },
  { what: "a PostScript document", starts: ["%!PS"], advice: NO_EVENTS },
  { what: "an Office document", starts: ["\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"], advice: NO_EVENTS },
  { what: "a picture", starts: ["\x89PNG\r\n", "\xff\xd8\xff", "GIF87a", "GIF89a"], advice: NO_EVENTS },
  {
    what: "a program",
    starts: ["\x7fELF", "MZ\x90\x00", "\xca\xfe\xba\xbe", "\xcf\xfa\xed\xfe"],
    advice: NO_EVENTS,
  },
  {
    what: "captured packets (pcap)",
    starts: ["\xd4\xc3\xb2\xa1", "\xa1\xb2\xc3\xd4", "\x4d\x3c\xb2\xa1", "\x0a\x0d\x0d\x0a"],
    advice: "give the alerts that Suricata or Zeek makes of them, with --from eve or --from zeek",
  },
  { what: "an SQLite database", starts: ["SQLite format 3\x00"], advice: NO_EVENTS },
  {
    what: "a dump of pg_dump",
    starts: ["PGDMP"],
    advice: "restore it into a database with pg_restore",
  },
  { what: "a Parquet file", starts: ["PAR1"], advice: "give the events as JSON" },
  { what: "an Avro file", starts: ["Obj\x01"], advice: "give the events as JSON" },
  { what: "an ORC file", starts: ["ORC\x08"], advice: "give the events as JSON" },
];

/** What an input is by its first bytes, and what to do, a phrase; null for texts and whatever is not known. */
export function binaryKind(head: Uint8Array): string | null {
  const text = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, HEAD_BYTES)).toString(
    "latin1",
  );
  const kind = KINDS.find(({ starts, at = 0 }) => starts.some((start) => text.startsWith(start, at)));
  return kind === undefined ? null : `it is ${kind.what}, not events as text; ${kind.advice}`;
}

/** So much is looked at. */
const HEAD_BYTES = 300;
