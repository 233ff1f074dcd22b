import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EVENT_DICTIONARY } from "../../../runtime/postgres/event-dictionary.js";
import { packEvent, readEventText, unpackEvent } from "../../../runtime/postgres/event-text.js";
import { sharedData } from "../../support/shared-data.js";
import { ideaEvents } from "../../testing/index.js";
import { readableTexts } from "../../testing/characters.js";

const ALERTS = sharedData("nemea-alerts.ndjson");

describe("stored events", () => {
  test("come back to the letter, in either format", () => {
    const text = fc.oneof(
      ideaEvents().map((event) => JSON.stringify(event)),
      readableTexts(),
    );
    fc.assert(
      fc.property(text, fc.constantFrom("plain", "deflate"), (json, format) => {
        expect(unpackEvent(packEvent(json, format))).toBe(json);
        expect(readEventText(`\\x${packEvent(json, format).toString("hex")}`)).toBe(json);
      }),
    );
  });

  test.skipIf(ALERTS === null)("of real feeds take less than half of their length", () => {
    const alerts = readFileSync(ALERTS ?? "", "utf8")
      .trimEnd()
      .split("\n");
    const bytes = (texts: readonly { readonly length: number }[]) =>
      texts.reduce((sum, { length }) => sum + length, 0);
    const packed = alerts.map((text) => packEvent(text));
    expect(packed.map(unpackEvent)).toEqual(alerts);
    expect(bytes(packed)).toBeLessThan(bytes(alerts) / 2);
  });

  test("are plain where compression saves nothing, and where it is not wanted", () => {
    expect(packEvent("{}")).toEqual(Buffer.from("\0{}"));
    expect(packEvent('{"ID":"é"}', "plain")).toEqual(Buffer.from('\0{"ID":"é"}', "utf8"));
  });

  test("with large attachments come back too", () => {
    const lines = Array.from(
      { length: 4_000 },
      (_, line) => `${line % 50} login attempts from 192.0.2.${line % 250}\n`,
    );
    const text = JSON.stringify({ ID: "a", Attach: [{ Content: lines.join("") }] });
    expect(unpackEvent(packEvent(text))).toBe(text);
    expect(packEvent(text).length).toBeLessThan(text.length / 10);
  });

  test.each([
    ["\\x", "a stored event is empty"],
    ["\\xff00", "a stored event has the format 255, which this release does not know"],
    ["\\x01ffffff", /^a stored event is damaged \(.+\)$/],
    ['{"ID":"a"}', "a stored event is not in the hexadecimal form of bytea"],
  ])("that are none (%s) are refused", (wire, reason) => {
    expect(() => readEventText(wire)).toThrow(reason);
  });

  // Events that are stored can only be read with the very dictionary and format they were stored with.
  test("keep their dictionary and their format", () => {
    expect(createHash("sha256").update(EVENT_DICTIONARY).digest("hex")).toMatchInlineSnapshot(
      `"f814fd7bdcff4b5de335a38207e1d5b036a2aa89cd8fdeccbf6941f663e44bac"`,
    );
    const stored =
      "\\x017597c11180200c042b0a438807421d3640d4ebc2de1d7ea86307b7bbaffb0b86baafe8c944d5b32cec947a9202381d2c3c3abe51354b3449b6291aac21bf553f9ed51834d9993cc490421970d70d";
    expect(readEventText(stored)).toMatchInlineSnapshot(
      `"{"Format":"IDEA0","ID":"59c85a23-11b6-4faf-9eff-55bfb5f7fda5","DetectTime":"2016-03-23T15:53:56Z","Category":["Attempt.Login"],"Source":[{"IP4":["192.0.2.7"]}]}"`,
    );
  });
});
