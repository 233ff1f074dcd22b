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

/** Blanks between values; also the record separator of RFC 7464. */
const isBlank = (byte: number | undefined): boolean =>
  byte === 0x20 || byte === 0x09 || byte === 0x0d || byte === NEWLINE || byte === 0x1e;

/** One of the bytes EF BB BF, which editors and `cat` leave before values. */
const isByteOrderMark = (byte: number): boolean => byte === 0xef || byte === 0xbb || byte === 0xbf;

/**
 * What is being read. `between`: no value; `nested`: a value in brackets; `bare`: a word, number or string, which is no event;
 * `seeking`: the rest of a broken value, up to a line that begins with `{`.
 */
type State = "between" | "nested" | "bare" | "seeking";

/** Bytes read a second time after broken values, as a multiple of the limit; from then on every line stands for itself. */
const MAX_REREAD = 4;

/** A splitter that leaves out values of more than `limit` bytes. */
export function jsonSplitter(limit: number): JsonSplitter {
  let data: Buffer = Buffer.alloc(0);
  let at = 0;
  let line = 1;
  let state: State = "between";
  let blank = true;
  /** Line of the `[` of a top-level list that is open, else 0. */
  let listLine = 0;
  /** A value outside lists ended on the line it began on: lines are events. */
  let oneLiners = false;
  let reread = 0;

  // The value that is being read.
  let start = 0;
  let startLine = 1;
  let depth = 0;
  let inString = false;
  let escaped = false;
  let discarding = false;
  /** Last byte outside strings that is no blank. */
  let last = 0;

  let pieces: JsonPiece[] = [];

  function begin(next: "nested" | "bare"): void {
    state = next;
    start = at;
    startLine = line;
    depth = 0;
    inString = false;
    escaped = false;
    discarding = false;
    last = 0;
  }

  /** The value ends before `end`. */
  function finish(end: number): void {
    if (!discarding) pieces.push({ kind: "value", bytes: data.subarray(start, end), line: startLine });
    if (listLine === 0 && line === startLine) oneLiners = true;
    state = "between";
  }

  /** The value has no end: goes back to the end of its first line. */
  function abandon(atEnd: boolean): void {
    state = "seeking";
    if (discarding) return;
    const newline = data.indexOf(NEWLINE, start);
    const end = newline < 0 ? data.length : newline;
    pieces.push({
      kind: "broken",
      bytes: data.subarray(start, at),
      line: startLine,
      atEnd: atEnd && !hasLaterObject(end),
    });
    reread += at - end;
    at = end;
    line = startLine;
    if (listLine === 0) oneLiners = true;
  }

  function hasLaterObject(from: number): boolean {
    return data.indexOf("\n{", from) >= 0;
  }

  /** Whether a line break within brackets shows that the value is broken off. */
  function breaksOff(): boolean {
    if (inString || reread > MAX_REREAD * limit) return true;
    const loneBrace = depth === 1 && last === OBJECT && !discarding;
    return listLine === 0 && oneLiners && !loneBrace;
  }

  /** Whether a `{` in the first column, within brackets, can only be the start of another event. */
  function startsAnew(): boolean {
    return discarding || !(last === COLON || last === COMMA || last === LIST);
  }

  function between(byte: number): void {
    if (byte === NEWLINE) line++;
    else if (byte === COMMA || isBlank(byte) || isByteOrderMark(byte)) return;
    else read(byte);
  }

  function read(byte: number): void {
    blank = false;
    if (byte === LIST && listLine === 0) listLine = line;
    else if (byte === LIST_END && listLine > 0) listLine = 0;
    else if (byte === OBJECT || byte === LIST) {
      begin("nested");
      nested(byte);
    } else {
      begin("bare");
      bare(byte);
    }
  }

  function nested(byte: number): void {
    if (byte === NEWLINE) {
      if (breaksOff()) {
        abandon(false);
        // The line break belongs to the search for the next event.
        at--;
      } else line++;
    } else if (inString) {
      if (escaped) escaped = false;
      else if (byte === BACKSLASH) escaped = true;
      else if (byte === QUOTE) inString = false;
    } else if (byte === OBJECT || byte === LIST) {
      if (byte === OBJECT && at > start && data[at - 1] === NEWLINE && startsAnew()) {
        const resumed = discarding;
        abandon(false);
        if (resumed) state = "between";
        at--;
        return;
      }
      depth++;
      last = byte;
    } else if (byte === OBJECT_END || byte === LIST_END) {
      last = byte;
      if (--depth === 0) finish(at + 1);
    } else if (byte === QUOTE) {
      inString = true;
      last = byte;
    } else if (!isBlank(byte)) last = byte;
  }

  function bare(byte: number): void {
    if (inString && byte !== NEWLINE) {
      if (escaped) escaped = false;
      else if (byte === BACKSLASH) escaped = true;
      else if (byte === QUOTE) inString = false;
    } else if (byte === NEWLINE || (listLine > 0 && (byte === COMMA || byte === LIST_END))) {
      finish(at);
      at--;
    } else if (byte === QUOTE) inString = true;
  }

  function seeking(byte: number): void {
    if (byte === NEWLINE) line++;
    else if (data[at - 1] === NEWLINE && (byte === OBJECT || (byte === LIST_END && listLine > 0))) {
      state = "between";
      between(byte);
    }
  }

  function scan(): void {
    const step = { between, nested, bare, seeking };
    for (; at < data.length; at++) {
      if (at - start >= limit && !discarding && (state === "nested" || state === "bare")) {
        pieces.push({ kind: "oversized", line: startLine });
        discarding = true;
      }
      step[state](data[at] ?? 0);
    }
  }

  function take(): readonly JsonPiece[] {
    const taken = pieces;
    pieces = [];
    return taken;
  }

  return {
    push(chunk) {
      // A value that is being kept stays in the buffer; of anything else only the last byte, which may be a line break.
      const keep =
        (state === "nested" || state === "bare") && !discarding ? start : Math.max(0, data.length - 1);
      data = Buffer.concat([data.subarray(keep), chunk]);
      at -= keep;
      start -= keep;
      scan();
      return take();
    },
    end() {
      while (state === "nested" || state === "bare") {
        if (state === "bare") finish(data.length);
        else abandon(true);
        scan();
      }
      if (blank) pieces.push({ kind: "empty", line });
      if (listLine > 0) pieces.push({ kind: "open-list", line: listLine });
      return take();
    },
  };
}
