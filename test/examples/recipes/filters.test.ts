/** Vitest: a saved filter means what its author thinks, for any event. */
import fc from "fast-check";
import { compileFilter } from "idea-eventstore";
import { ideaEvents, referenceMatch } from "idea-eventstore/testing";
import { expect, test } from "vitest";

const serious = compileFilter("severity >= high and not category = Test");

test("tests are never serious", () => {
  fc.assert(
    fc.property(ideaEvents(), (event) => {
      const ofTest = Object.assign({}, event, { Category: ["Test"] });
      expect(serious.matches(ofTest)).toBe(false);
    }),
  );
});

test("the compiled filter and the reference agree", () => {
  fc.assert(
    fc.property(ideaEvents(), (event) => {
      expect(serious.matches(event)).toBe(referenceMatch("severity >= high and not category = Test", event));
    }),
  );
});
