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
    [
      "postgresql://u%40x:se%2Fcret@[::1]:5432/d?sslmode=require",
      "postgresql://u%40x:***@[::1]:5432/d?sslmode=require",
    ],
    ["postgresql://u:s@h1:1,h2:2/d", "postgresql://u:***@h1:1,h2:2/d"],
    ["postgresql:///d?p%61ssword=secret&port=1", "postgresql:///d?p%61ssword=***&port=1"],
    ["PGPASSWORD=secret eventstore count", "PGPASSWORD=***"],
    ["?sslpassword=secret&x=1", "?sslpassword=***&x=1"],
    ["https://w/getEvents?client=a&secret=s3", "https://w/getEvents?client=a&secret=***"],
    ['{"user":"u","password":"a\\"b","port":1}', '{"user":"u","password":"***","port":1}'],
    ["{ user: 'u', password: 'a b' }", "{ user: 'u', password: '***' }"],
    ["create role r password 'it''s' login", "create role r password '***' login"],
    ["Check user and password.", "Check user and password."],
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
