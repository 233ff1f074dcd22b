import { Buffer } from "node:buffer";
import fc from "fast-check";
import { expect, it } from "vitest";
import { encodeByteaArray } from "../../../runtime/postgres/bytea-array.js";
import type { Statement } from "../../../runtime/postgres/statement.js";
import { readText } from "../../../runtime/postgres/wire.js";
import { describeExecutors } from "./support.js";

/** The elements as PostgreSQL prints them. */
const ELEMENTS: Statement<readonly Buffer[], string, "many"> = {
  operation: "elements",
  name: "elements",
  text: "select element from unnest($1::bytea[]) with ordinality as _(element, at) order by at",
  cardinality: "many",
  idempotent: true,
  encode: (given) => given,
  decode: ([element]) => readText(element),
};

describeExecutors("arrays of bytes", (open) => {
  it("come to PostgreSQL as they are", async () => {
    const session = open();
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 40 })), async (arrays) => {
        const elements = arrays.map((bytes) => Buffer.from(bytes));
        expect(await session.run(ELEMENTS, [encodeByteaArray(elements)])).toEqual(
          elements.map((bytes) => `\\x${bytes.toString("hex")}`),
        );
      }),
      { numRuns: 50 },
    );
  });

  it("may be large", async () => {
    const large = Buffer.alloc(3_000_000, "abc");
    expect(await open().run(ELEMENTS, [encodeByteaArray([large, Buffer.alloc(0)])])).toEqual([
      `\\x${large.toString("hex")}`,
      "\\x",
    ]);
  });
});
