import { expect, test } from "vitest";
import { IDEA_CATALOGUE } from "../../../compiler/catalogue/idea.js";
import { insertEvent, insertEvents } from "../../../generated/statements.js";
import { clientOf } from "../../../runtime/store/client.js";
import { createEncoder } from "../../../runtime/store/insert/encode.js";
import { insertStatements } from "../../../runtime/store/insert/encoded-event.js";

const { one, oneOfKnownWords, many } = insertStatements(IDEA_CATALOGUE, clientOf(IDEA_CATALOGUE).statements);
const event = createEncoder(IDEA_CATALOGUE)({
  Format: "IDEA0",
  ID: "a",
  DetectTime: "2024-05-01T10:00:00Z",
  Category: ["Test"],
});

test("the statements that store events are those of generated/", () => {
  expect([one.text, one.name]).toEqual([insertEvent.text, insertEvent.name]);
  expect([many.text, many.name]).toEqual([insertEvents.text, insertEvents.name]);
});

test("a value is sent for each placeholder, and none is in the text", () => {
  const placeholders = (text: string) => new Set(text.match(/\$\d+/g)).size;
  expect(one.encode(event)).toHaveLength(placeholders(one.text));
  expect(many.encode([event, event])).toHaveLength(placeholders(many.text));
  expect(oneOfKnownWords.encode(event)).toHaveLength(placeholders(oneOfKnownWords.text));
  for (const { text } of [one, oneOfKnownWords, many]) expect(text).not.toContain("2024-05-01");
});
