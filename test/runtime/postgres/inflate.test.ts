import { createInflateRaw, deflateRawSync } from "node:zlib";
import { expect, it } from "vitest";
import { createInflate } from "../../../runtime/postgres/inflate.js";

const dictionary = Buffer.from('{"Format":"IDEA0","ID":"","Category":["Attempt.Login"]}');
const packed = (text: string) => deflateRawSync(text, { dictionary });
const texts = ["", "{}", '{"Format":"IDEA0","ID":"é€😀"}', "0123456789".repeat(5_000), '{"ID":"last"}'];

/** How streams of zlib may be one day: without what is used, or with another meaning. */
const streams: Readonly<Record<string, (options: { readonly dictionary: Buffer }) => unknown>> = {
  "as they are": createInflateRaw,
  "without a handle": () => ({}),
  "without the state of a write": (options) => ({
    _handle: (createInflateRaw(options) as unknown as { _handle: object })._handle,
  }),
  "that say another length": (options) => ({
    _handle: (createInflateRaw(options) as unknown as { _handle: object })._handle,
    _writeState: new Uint32Array([7, 0]),
  }),
  "that throw": () => ({
    _handle: {
      reset: () => undefined,
      writeSync: () => {
        throw new TypeError("other arguments");
      },
    },
    _writeState: new Uint32Array(2),
  }),
};

it.each(Object.entries(streams))("texts are inflated by streams %s, also after damaged ones", (_, open) => {
  const inflate = createInflate(dictionary, open);
  for (const text of texts) {
    expect(inflate(packed(text))).toBe(text);
    expect(() => inflate(packed(`${text}!`).subarray(0, -1))).toThrow(/unexpected end of file/);
    expect(() => inflate(Buffer.from("ffffff", "hex"))).toThrow(/invalid/);
    expect(inflate(Buffer.concat([packed(text), Buffer.from("rest")]))).toBe(text);
  }
});
