import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nameOf, tagOf } from "../../../runtime/postgres/query-name.js";
import { anyTexts } from "../../testing/characters.js";

const names = anyTexts({ maxLength: 200 });

describe("tagOf", () => {
  it("gives 63 printable ASCII characters at most, the same for the same name", () => {
    fc.assert(
      fc.property(names, (name) => {
        const { applicationName, lockKey } = tagOf(name);
        expect(applicationName).toMatch(/^[!-~]{6,63}$/u);
        expect(BigInt.asIntN(64, BigInt(lockKey))).toBe(BigInt(lockKey));
        expect(tagOf(name)).toEqual({ applicationName, lockKey });
      }),
    );
  });

  it("keeps names apart", () => {
    fc.assert(
      fc.property(names, names, (a, b) => {
        expect(tagOf(a).applicationName === tagOf(b).applicationName).toBe(a === b);
      }),
    );
    const long = "x".repeat(500);
    expect(tagOf(`${long}1`).applicationName).not.toBe(tagOf(`${long}2`).applicationName);
    expect(tagOf("\ud800").applicationName).not.toBe(tagOf("\udbff").applicationName);
  });

  it("gives the name back, or its start", () => {
    expect(nameOf(tagOf("nightly report: 100 %").applicationName)).toBe("nightly report: 100 %");
    fc.assert(
      fc.property(names, (name) => {
        const shown = nameOf(tagOf(name).applicationName);
        if (shown?.endsWith("…") === true && shown !== name)
          expect(name.startsWith(shown.slice(0, -1))).toBe(true);
        else expect(shown).toBe(name);
      }),
    );
    expect(nameOf("psql")).toBeNull();
  });
});
