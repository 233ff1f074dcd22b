/**
 * Cuts a stream of bytes into the JSON values it holds: one value a line, the elements of a top-level list, or values one
 * after the other over any number of lines. Knows only brackets and strings; what is cut out still has to be parsed.
 *
 * After a broken value reading goes on at the next line that begins with `{`, so that a truncated line costs one event.
 */

/** A part of the input, with the line (from 1) that it starts on. */
export type JsonPiece =
  /** A complete value, as far as brackets tell. */
  | { readonly kind: "value"; readonly bytes: Buffer; readonly line: number }
  /** A value that has no end, as far as it goes; `atEnd`: the input ends within it and no event follows. */
  | { readonly kind: "broken"; readonly bytes: Buffer; readonly line: number; readonly atEnd: boolean }
  /** A value longer than the limit, left out. */
  | { readonly kind: "oversized"; readonly line: number }
  /** The input ended within a top-level list. */
  | { readonly kind: "open-list"; readonly line: number }
  /** There was nothing but blanks. */
  | { readonly kind: "empty"; readonly line: number };

/** Takes chunks of any size and gives the pieces that they complete. Memory: one value, at most the limit, and a chunk. */
export interface JsonSplitter {
  /** Takes the next bytes, and gives the pieces that are complete with them. */
  push(chunk: Uint8Array): readonly JsonPiece[];
  /** There is no more input: gives what is left. */
  end(): readonly JsonPiece[];
}

const NEWLINE = 0x0a;
const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const LIST = 0x5b;
const BACKSLASH = 0x5c;
const LIST_END = 0x5d;
const OBJECT = 0x7b;
const OBJECT_END = 0x7d;

/** Blanks between values: those of JSON, the record separator of RFC 7464, the byte order mark that editors and `cat` leave. */
const BLANKS = byteTable([0x20, 0x09, 0x0d, NEWLINE, 0x1e, 0xef, 0xbb, 0xbf]);
/** Bytes within brackets that mean something, outside strings and inside. */
const SIGNS = byteTable([NEWLINE, QUOTE, LIST, LIST_END, OBJECT, OBJECT_END]);
const STRING_SIGNS = byteTable([NEWLINE, QUOTE, BACKSLASH]);

function byteTable(bytes: readonly number[]): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, byte) => (bytes.includes(byte) ? 1 : 0));
}

/**
 * What is being read. `between`: no value; `nested`: a value in brackets; `bare`: a word, number or string, which is no event;
 * `seeking`: the rest of a broken value, up to a line that begins with `{`.
 */
type State = "between" | "nested" | "bare" | "seeking";

/** Bytes read a second time after broken values, as a multiple of the limit; from then on every line stands for itself. */
const MAX_REREAD = 4;

/** What has been read so far, and the value that is being read. */
interface Scan {
  /** Longest value that is kept, in bytes. */
  readonly limit: number;
  pieces: JsonPiece[];
  data: Buffer;
  at: number;
  line: number;
  state: State;
  blank: boolean;
  /** There is no more input. */
  ended: boolean;
  /** Line of the `[` of a top-level list that is open, else 0. */
  listLine: number;
  /** A value outside lists ended on the line it began on: a line is an event. */
  oneLiners: boolean;
  reread: number;
  /** Where the value begins; without meaning while it is discarded. */
  start: number;
  startLine: number;
  depth: number;
  inString: boolean;
  /** The last byte was a backslash within a string. */
  escaped: boolean;
  discarding: boolean;
}

/** A splitter that leaves out values of more than `limit` bytes. */
export function jsonSplitter(limit: number): JsonSplitter {
  const scan = newScan(limit);
  return {
    push(chunk) {
      // A value that is being kept stays in the buffer; of anything else only the last byte, which may be a line break.
      const isKept = (scan.state === "nested" || scan.state === "bare") && !scan.discarding;
      const dropped = isKept ? scan.start : Math.max(0, scan.data.length - 1);
      scan.data = Buffer.concat([scan.data.subarray(dropped), chunk]);
      scan.at -= dropped;
      scan.start -= dropped;
      scanAll(scan);
      return takePieces(scan);
    },
    end() {
      scan.ended = true;
      while (scan.state === "nested" || scan.state === "bare") {
        if (scan.state === "bare") finish(scan);
        else abandon(scan);
        scanAll(scan);
      }
      if (scan.blank) scan.pieces.push({ kind: "empty", line: scan.line });
      if (scan.listLine > 0) scan.pieces.push({ kind: "open-list", line: scan.listLine });
      return takePieces(scan);
    },
  };
}

const newScan = (limit: number): Scan => ({
  limit,
  pieces: [],
  data: Buffer.alloc(0),
  at: 0,
  line: 1,
  state: "between",
  blank: true,
  ended: false,
  listLine: 0,
  oneLiners: false,
  reread: 0,
  start: 0,
  startLine: 1,
  depth: 0,
  inString: false,
  escaped: false,
  discarding: false,
});

function takePieces(scan: Scan): readonly JsonPiece[] {
  const taken = scan.pieces;
  scan.pieces = [];
  return taken;
}

const READERS: Readonly<Record<State, (scan: Scan) => void>> = {
  between: readBetween,
  nested: readNested,
  bare: readBare,
  seeking: readSeeking,
};

function scanAll(scan: Scan): void {
  while (scan.at < scan.data.length) READERS[scan.state](scan);
}

function begin(scan: Scan, next: "nested" | "bare"): void {
  scan.state = next;
  scan.start = scan.at;
  scan.startLine = scan.line;
  scan.depth = 0;
  scan.inString = false;
  scan.escaped = false;
  scan.discarding = false;
}

/** The value ends before `at`. */
function finish(scan: Scan): void {
  discardOversized(scan);
  if (!scan.discarding)
    scan.pieces.push({ kind: "value", bytes: scan.data.subarray(scan.start, scan.at), line: scan.startLine });
  if (scan.listLine === 0 && scan.line === scan.startLine) scan.oneLiners = true;
  scan.state = "between";
}

function discardOversized(scan: Scan): void {
  if (scan.discarding || scan.at - scan.start <= scan.limit) return;
  scan.pieces.push({ kind: "oversized", line: scan.startLine });
  scan.discarding = true;
}

/** The value has no end: goes back to the end of its first line. */
function abandon(scan: Scan): void {
  scan.state = "seeking";
  if (scan.listLine === 0) scan.oneLiners = true;
  if (scan.discarding) return;
  const newline = scan.data.indexOf(NEWLINE, scan.start);
  const end = newline < 0 ? scan.data.length : newline;
  const isLast = scan.ended && !scan.data.includes("\n{", end);
  scan.pieces.push({
    kind: "broken",
    bytes: scan.data.subarray(scan.start, scan.at),
    line: scan.startLine,
    atEnd: isLast,
  });
  scan.reread += scan.at - end;
  scan.at = end;
  scan.line = scan.startLine;
}

/** Whether the line break at `at`, within brackets, shows that the value is broken off. */
function breaksOff(scan: Scan): boolean {
  if (scan.inString || scan.reread > MAX_REREAD * scan.limit) return true;
  // Among lines that are events only a lone brace opens a value of several lines; its first line break decides.
  if (!scan.oneLiners || scan.listLine > 0 || scan.line > scan.startLine) return false;
  return scan.discarding || lastSign(scan) !== scan.start;
}

/** Whether the `{` at `at`, within brackets, can only be the start of another event: it is in the first column. */
function startsAnew(scan: Scan): boolean {
  if (scan.data[scan.at - 1] !== NEWLINE || scan.depth === 0) return false;
  if (scan.discarding) return true;
  const last = scan.data[lastSign(scan)];
  return !(last === COLON || last === COMMA || last === LIST);
}

/** Where the last byte before `at` is that is no blank; outside strings, in a value that is kept. */
function lastSign(scan: Scan): number {
  let index = scan.at - 1;
  while (index > scan.start && BLANKS[scan.data[index] ?? 0] === 1) index--;
  return index;
}

function readBetween(scan: Scan): void {
  const byte = scan.data[scan.at] ?? 0;
  if (byte === NEWLINE) scan.line++;
  if (byte === COMMA || BLANKS[byte] === 1) {
    scan.at++;
    return;
  }
  scan.blank = false;
  if (byte === LIST && scan.listLine === 0) {
    scan.listLine = scan.line;
    scan.at++;
  } else if (byte === LIST_END && scan.listLine > 0) {
    scan.listLine = 0;
    scan.at++;
  } else begin(scan, byte === OBJECT || byte === LIST ? "nested" : "bare");
}

/** Passes over the byte after a backslash; a line break counts all the same, because no text goes over it. */
function skipEscaped(scan: Scan): boolean {
  const skips = scan.escaped && scan.data[scan.at] !== NEWLINE;
  if (skips) scan.at++;
  scan.escaped = false;
  return skips;
}

function readNested(scan: Scan): void {
  if (skipEscaped(scan)) return;
  const signs = scan.inString ? STRING_SIGNS : SIGNS;
  // Most bytes are passed over here; local names make this loop several times faster.
  const { data } = scan;
  let index = scan.at;
  while (index < data.length && signs[data[index] ?? 0] === 0) index++;
  scan.at = index;
  discardOversized(scan);
  if (scan.at === scan.data.length) return;
  const byte = scan.data[scan.at];
  if (byte === NEWLINE && breaksOff(scan)) return abandon(scan);
  if (byte === OBJECT && startsAnew(scan)) return abandon(scan);
  scan.at++;
  if (byte === NEWLINE) scan.line++;
  else if (byte === QUOTE) scan.inString = !scan.inString;
  else if (byte === BACKSLASH) scan.escaped = true;
  else if (byte === OBJECT || byte === LIST) scan.depth++;
  else if (--scan.depth === 0) finish(scan);
}

function readBare(scan: Scan): void {
  if (skipEscaped(scan)) return;
  const byte = scan.data[scan.at];
  const isEnd =
    byte === NEWLINE || (scan.listLine > 0 && !scan.inString && (byte === COMMA || byte === LIST_END));
  if (isEnd) return finish(scan);
  if (byte === QUOTE) scan.inString = !scan.inString;
  scan.escaped = scan.inString && byte === BACKSLASH;
  scan.at++;
  discardOversized(scan);
}

function readSeeking(scan: Scan): void {
  const byte = scan.data[scan.at];
  if (scan.data[scan.at - 1] === NEWLINE && (byte === OBJECT || (byte === LIST_END && scan.listLine > 0))) {
    scan.state = "between";
    return;
  }
  const newline = scan.data.indexOf(NEWLINE, scan.at);
  if (newline >= 0) scan.line++;
  scan.at = newline < 0 ? scan.data.length : newline + 1;
}
