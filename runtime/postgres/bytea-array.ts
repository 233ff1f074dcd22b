/** Arrays of bytes in PostgreSQL's binary form (array_recv): what is sent needs no escapes, and the server reads it without looking at every byte. */
import { Buffer } from "node:buffer";

/** Object identifier of the type bytea, the same in every PostgreSQL. */
const BYTEA_OID = 17;
const HEADER_BYTES = 20;
const LENGTH_BYTES = 4;

/** The binary form of a `bytea[]` of one dimension; of none when it is empty, as PostgreSQL has it. */
export function encodeByteaArray(elements: readonly Buffer[]): Buffer {
  if (elements.length === 0) return header(0, HEADER_BYTES - 2 * LENGTH_BYTES);
  const size = elements.reduce((sum, { length }) => sum + LENGTH_BYTES + length, HEADER_BYTES);
  const bytes = header(1, size);
  bytes.writeInt32BE(elements.length, 12);
  // Lower bound.
  bytes.writeInt32BE(1, 16);
  let offset = HEADER_BYTES;
  for (const element of elements) {
    offset = bytes.writeInt32BE(element.length, offset);
    offset += element.copy(bytes, offset);
  }
  return bytes;
}

/** Number of dimensions, whether there are NULLs, type of the elements. */
function header(dimensions: number, size: number): Buffer {
  const bytes = Buffer.allocUnsafe(size);
  bytes.writeInt32BE(dimensions, 0);
  bytes.writeInt32BE(0, 4);
  bytes.writeInt32BE(BYTEA_OID, 8);
  return bytes;
}
