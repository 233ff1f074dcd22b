/**
 * Inflating many short texts against one dictionary.
 *
 * `inflateRawSync` makes a stream with all its state for each call, which takes longer than inflating the kilobyte of an event. One engine that is
 * set back takes 9 µs an event where it takes 14. For that there is only what zlib's streams do themselves, which no release promises to keep: it
 * is used on the releases of Node where it was tried, and where a sample comes out right. Elsewhere each text is inflated by `inflateRawSync`.
 */
import { Buffer } from "node:buffer";
import { createInflateRaw, deflateRawSync, inflateRawSync, constants } from "node:zlib";

/** Releases of Node whose streams were looked at. Others might end the process where their handles are called in another way. */
const KNOWN_RELEASES: readonly number[] = [20, 22, 24];

/** Texts up to this length are inflated by the engine. */
const ENGINE_BYTES = 16_384;
/** Most events are shorter. What Node takes from its pool of buffers, which larger ones are not, costs no collection of its own. */
const CHUNK_BYTES = 2_048;

/** Inflates raw deflate to UTF-8 text. @throws Error of zlib for damaged bytes */
export type InflateText = (bytes: Buffer) => string;

/** What zlib's streams are made of: the library's own state, and how much room and input the last write left. */
interface Internals {
  readonly _handle?: {
    reset?: () => void;
    onerror?: () => void;
    writeSync?: (
      flush: number,
      ...inAndOut: readonly [Buffer, number, number, Buffer, number, number]
    ) => void;
  } | null;
  readonly _writeState?: Uint32Array;
}

/**
 * Inflates against a dictionary, by an engine that is kept.
 *
 * @param open - makes a stream of zlib
 */
export function createInflate(dictionary: Buffer, open: OpenStream = createInflateRaw): InflateText {
  const plainly: InflateText = (bytes) =>
    inflateRawSync(bytes, { dictionary, chunkSize: CHUNK_BYTES }).toString("utf8");
  let engine: Engine | null | undefined;
  return (bytes) => {
    engine = engine === undefined ? checkedEngine(dictionary, open) : engine;
    const text = engine?.(bytes);
    if (typeof text === "string") return text;
    // Damaged bytes leave the engine in a state of its own.
    if (text === null) engine = openEngine(dictionary, open);
    return plainly(bytes);
  };
}

/** The text; undefined where it is too long, null where the bytes are damaged. */
type Engine = (bytes: Buffer) => string | null | undefined;

type OpenStream = (options: { readonly dictionary: Buffer }) => unknown;

function openEngine(dictionary: Buffer, open: OpenStream): Engine | null {
  const { _handle: handle, _writeState: state } = open({ dictionary }) as Internals;
  if (typeof handle?.writeSync !== "function" || typeof handle.reset !== "function") return null;
  if (!(state instanceof Uint32Array)) return null;
  const room = Buffer.allocUnsafeSlow(ENGINE_BYTES);
  let isDamaged = false;
  handle.onerror = () => void (isDamaged = true);
  return (bytes) => {
    handle.reset?.();
    handle.writeSync?.(constants.Z_FINISH, bytes, 0, bytes.length, room, 0, room.length);
    if (isDamaged) return null;
    const [left = 0] = state;
    return left === 0 ? undefined : room.toString("utf8", 0, room.length - left);
  };
}

/** The engine where it inflates a sample twice, and tells bytes that are damaged. */
function checkedEngine(dictionary: Buffer, open: OpenStream): Engine | null {
  if (!KNOWN_RELEASES.includes(Number.parseInt(process.versions.node, 10))) return null;
  const text = `${dictionary.toString("latin1").slice(0, 100)} a sample`;
  const sample = deflateRawSync(text, { dictionary });
  try {
    const engine = openEngine(dictionary, open);
    const isRight = engine?.(sample) === text && engine(sample) === text;
    return isRight && engine(sample.subarray(0, -1)) === null ? openEngine(dictionary, open) : null;
  } catch {
    return null;
  }
}
