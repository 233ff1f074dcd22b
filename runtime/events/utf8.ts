/** Where a text is not UTF-8, and what it may be instead. */
import { isUtf8 } from "node:buffer";
import { DataError } from "../../compiler/values/errors.js";

/** Offset of the first byte that is not UTF-8; -1 where all are. */
export function invalidUtf8At(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length) {
    const length = sequenceLength(bytes, at);
    if (length === 0) return at;
    at += length;
  }
  return -1;
}

/** Bytes of the character at an offset; 0 where there is none. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  const length =
    first >= 0xc2 && first < 0xe0
      ? 2
      : first >= 0xe0 && first < 0xf0
        ? 3
        : first >= 0xf0 && first < 0xf5
          ? 4
          : 0;
  for (let index = 1; index < length; index++) {
    const byte = bytes[at + index] ?? 0;
    if (byte < 0x80 || byte > 0xbf) return 0;
  }
  const second = bytes[at + 1] ?? 0;
  // Longer than need be, half a surrogate pair, or beyond Unicode.
  if ((first === 0xe0 && second < 0xa0) || (first === 0xed && second > 0x9f)) return 0;
  if ((first === 0xf0 && second < 0x90) || (first === 0xf4 && second > 0x8f)) return 0;
  return length;
}

/** What is wrong with bytes that are not UTF-8, a phrase with the place: `not UTF-8: byte 0xe9 at offset 12; it looks like Latin-1`. */
export function utf8Problem(bytes: Uint8Array): string {
  const at = Math.max(invalidUtf8At(bytes), 0);
  const byte = (bytes[at] ?? 0).toString(16).padStart(2, "0");
  const isLatin = (bytes[at] ?? 0) >= 0xa0;
  const hint = isLatin ? "; it looks like Latin-1, which `iconv -f latin1 -t utf8` converts" : "";
  return `not UTF-8: byte 0x${byte} at offset ${at}${hint}`;
}

/**
 * The text of a file, without a mark of byte order.
 *
 * @param source what the bytes were read from, for the message
 * @throws DataError that names the source, the byte and its offset, when they are no UTF-8
 */
export function utf8Text(bytes: Uint8Array, source: string): string {
  if (!isUtf8(bytes)) throw new DataError(`${source}: ${utf8Problem(bytes)}`);
  return new TextDecoder().decode(bytes);
}
