import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, it } from "vitest";
import { sha256Base64url } from "../../../compiler/values/sha256.js";
import { anyTexts } from "../../testing/characters.js";

const expected = (text: string): string => createHash("sha256").update(text).digest("base64url");

it("is the digest that Node computes, whatever the text", () => {
  fc.assert(
    fc.property(anyTexts({ maxLength: 300 }), (text) => {
      expect(sha256Base64url(text)).toBe(expected(text));
    }),
  );
});

it("pads texts of every length around the end of a block", () => {
  for (let length = 0; length < 200; length++) {
    const text = "x".repeat(length);
    expect(sha256Base64url(text)).toBe(expected(text));
  }
});
