import { expect, it } from "vitest";
import { IDEA_CATALOGUE } from "../../../compiler/catalogue/idea.js";
import type { Session } from "../../../runtime/postgres/session.js";
import { lockWarning, strayWarning } from "../../../runtime/store/status/warnings.js";

/** A server that answers every query with this row. */
function answering(row: Readonly<Record<string, number>>): Session {
  const refuse = () => {
    throw new Error("only a query was expected");
  };
  return {
    query: () => Promise.resolve({ rows: [row], rowCount: 1, columns: [], command: "SELECT" }),
    run: refuse,
    stream: refuse,
    transaction: refuse,
  };
}

it("names max_locks_per_transaction where there is too little room for locks, and how much it should be", async () => {
  const year = { sessions: 100, partitions: 365 };
  const small = await lockWarning(answering({ ...year, setting: 10 }), IDEA_CATALOGUE);
  expect(small).toMatch(
    /^max_locks_per_transaction is 10, too little for \d+ statements over \d+ partitions at once; raise it to (\d+) or more and restart the server$/,
  );
  const wanted = Number(/raise it to (\d+)/.exec(small ?? "")?.[1]);
  expect(await lockWarning(answering({ ...year, setting: wanted }), IDEA_CATALOGUE)).toBeNull();
  // PostgreSQL's own.
  expect(await lockWarning(answering({ ...year, setting: 64 }), IDEA_CATALOGUE)).toBeNull();
});

it("says what to do about days in the default partition, also where no partition can be made for them", () => {
  expect(strayWarning([19_000], 5)).toBe(
    "events of 1 days lie in the default partition (20220108): run refresh",
  );
  const days = Array.from({ length: 7 }, (_, index) => 19_000 + index);
  expect(strayWarning(days, 0)).toMatch(
    /^events of 7 days lie .*20220112, …\), as there are as many .*\(partitions merge\)/,
  );
});
