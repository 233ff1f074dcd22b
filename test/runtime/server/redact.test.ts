import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { redactUrl } from "../../../runtime/server/redact.js";

describe("redactUrl", () => {
  it.each([
    ["postgres://me:secret@host:5432/db", "postgres://me:***@host:5432/db"],
    ["postgresql://me:se@cr/et@host/db?sslmode=require", "postgresql://me:***@host/db?sslmode=require"],
    ["postgresql:///db?user=me&password=secret&port=1", "postgresql:///db?user=me&password=***&port=1"],
    ["host=h password='se cret' user=me", "host=h password=*** user=me"],
    ["postgresql://:secret@host/db", "postgresql://:***@host/db"],
    ["postgresql://me@host:5432/db", "postgresql://me@host:5432/db"],
    ["no URL at all", "no URL at all"],
  ])("%s → %s", (text, expected) => {
    expect(redactUrl(text)).toBe(expected);
  });

  it("lets no password through, whatever it is and wherever the URL is", () => {
    const password = fc.string({ minLength: 1 }).map((text) => `Geheim${encodeURIComponent(text)}`);
    fc.assert(
      fc.property(password, fc.lorem(), (secret, words) => {
        expect(redactUrl(`${words} postgresql://me:${secret}@host/db ${words}`)).not.toContain("Geheim");
        expect(redactUrl(`${words} postgresql:///db?password=${secret}&user=me`)).not.toContain("Geheim");
      }),
    );
  });
});
