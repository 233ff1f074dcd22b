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
  push(chunk: Uint8Array): readonly JsonPiece[];
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

/** A splitter that leaves out values of more than `limit` bytes. */
export function jsonSplitter(limit: number): JsonSplitter {
  let pieces: JsonPiece[] = [];
  let data: Buffer = Buffer.alloc(0);
  let at = 0;
  let line = 1;
  let state: State = "between";
  let blank = true;
  /** Line of the `[` of a top-level list that is open, else 0. */
  let listLine = 0;
  /** A value outside lists ended on the line it began on: a line is an event. */
  let oneLiners = false;
  let reread = 0;

  // The value that is being read; `start` has no meaning while it is discarded.
  let start = 0;
  let startLine = 1;
  let depth = 0;
  let inString = false;
  /** The last byte was a backslash within a string. */
  let escaped = false;
  let discarding = false;

  function begin(next: "nested" | "bare"): void {
    state = next;
    start = at;
    startLine = line;
    depth = 0;
    inString = false;
    escaped = false;
    discarding = false;
  }

  /** The value ends before `at`. */
  function finish(): void {
    discardOversized();
    if (!discarding) pieces.push({ kind: "value", bytes: data.subarray(start, at), line: startLine });
    if (listLine === 0 && line === startLine) oneLiners = true;
    state = "between";
  }

  function discardOversized(): void {
    if (discarding || at - start <= limit) return;
    pieces.push({ kind: "oversized", line: startLine });
    discarding = true;
  }

  /** The value has no end: goes back to the end of its first line. */
  function abandon(atEnd: boolean): void {
    state = "seeking";
    if (listLine === 0) oneLiners = true;
    if (discarding) return;
    const newline = data.indexOf(NEWLINE, start);
    const end = newline < 0 ? data.length : newline;
    const isLast = atEnd && !data.includes("\n{", end);
    pieces.push({ kind: "broken", bytes: data.subarray(start, at), line: startLine, atEnd: isLast });
    reread += at - end;
    at = end;
    line = startLine;
  }

  /** Whether the line break at `at`, within brackets, shows that the value is broken off. */
  function breaksOff(): boolean {
    if (inString || reread > MAX_REREAD * limit) return true;
    // Among lines that are events only a lone brace opens a value of several lines; its first line break decides.
    if (!oneLiners || listLine > 0 || line > startLine) return false;
    return discarding || lastSign() !== start;
  }

  /** Whether the `{` at `at`, within brackets, can only be the start of another event: it is in the first column. */
  function startsAnew(): boolean {
    if (data[at - 1] !== NEWLINE || depth === 0) return false;
    if (discarding) return true;
    const last = data[lastSign()];
    return !(last === COLON || last === COMMA || last === LIST);
  }

  /** Where the last byte before `at` is that is no blank; outside strings, in a value that is kept. */
  function lastSign(): number {
    let index = at - 1;
    while (index > start && BLANKS[data[index] ?? 0] === 1) index--;
    return index;
  }

  function readBetween(): void {
    const byte = data[at] ?? 0;
    if (byte === NEWLINE) line++;
    if (byte === COMMA || BLANKS[byte] === 1) {
      at++;
      return;
    }
    blank = false;
    if (byte === LIST && listLine === 0) {
      listLine = line;
      at++;
    } else if (byte === LIST_END && listLine > 0) {
      listLine = 0;
      at++;
    } else begin(byte === OBJECT || byte === LIST ? "nested" : "bare");
  }

  /** Passes over the byte behind a backslash; a line break counts all the same, because no text goes over it. */
  function skipEscaped(): boolean {
    const skips = escaped && data[at] !== NEWLINE;
    if (skips) at++;
    escaped = false;
    return skips;
  }

  function readNested(): void {
    if (skipEscaped()) return;
    const signs = inString ? STRING_SIGNS : SIGNS;
    // Most bytes are passed over here; a local index makes this loop several times faster.
    let index = at;
    while (index < data.length && signs[data[index] ?? 0] === 0) index++;
    at = index;
    discardOversized();
    if (at === data.length) return;
    const byte = data[at];
    if (byte === NEWLINE && breaksOff()) return abandon(false);
    if (byte === OBJECT && startsAnew()) return abandon(false);
    at++;
    if (byte === NEWLINE) line++;
    else if (byte === QUOTE) inString = !inString;
    else if (byte === BACKSLASH) escaped = true;
    else if (byte === OBJECT || byte === LIST) depth++;
    else if (--depth === 0) finish();
  }

  function readBare(): void {
    if (skipEscaped()) return;
    const byte = data[at];
    const isEnd = byte === NEWLINE || (listLine > 0 && !inString && (byte === COMMA || byte === LIST_END));
    if (isEnd) return finish();
    if (byte === QUOTE) inString = !inString;
    escaped = inString && byte === BACKSLASH;
    at++;
    discardOversized();
  }

  function readSeeking(): void {
    const byte = data[at];
    if (data[at - 1] === NEWLINE && (byte === OBJECT || (byte === LIST_END && listLine > 0))) {
      state = "between";
      return;
    }
    const newline = data.indexOf(NEWLINE, at);
    if (newline >= 0) line++;
    at = newline < 0 ? data.length : newline + 1;
  }

  const readers = { between: readBetween, nested: readNested, bare: readBare, seeking: readSeeking };

  function scan(): void {
    while (at < data.length) readers[state]();
  }

  function take(): readonly JsonPiece[] {
    const taken = pieces;
    pieces = [];
    return taken;
  }

  return {
    push(chunk) {
      // A value that is being kept stays in the buffer; of anything else only the last byte, which may be a line break.
      const isKept = (state === "nested" || state === "bare") && !discarding;
      const dropped = isKept ? start : Math.max(0, data.length - 1);
      data = Buffer.concat([data.subarray(dropped), chunk]);
      at -= dropped;
      start -= dropped;
      scan();
      return take();
    },
    end() {
      while (state === "nested" || state === "bare") {
        if (state === "bare") finish();
        else abandon(true);
        scan();
      }
      if (blank) pieces.push({ kind: "empty", line });
      if (listLine > 0) pieces.push({ kind: "open-list", line: listLine });
      return take();
    },
  };
}
