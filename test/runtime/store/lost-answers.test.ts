/** An insertion whose COMMIT arrived and whose answer did not: the batch is sent again, and each event is reported for what it is. */
import { expect, it } from "vitest";
import { IDEA_CATALOGUE } from "../../../compiler/catalogue/idea.js";
import { openExecutor, StorageConnectionError, type Session } from "../../../runtime/index.js";
import { clientOf } from "../../../runtime/store/client.js";
import { createContext } from "../../../runtime/store/context.js";
import { createGathering, createInserter, insertEvents } from "../../../runtime/store/insert/insert.js";
import { checkConsistency, describeStores, emptyStore, eventAt, secondsAfterNoon } from "./support.js";

/** A session that loses the answer of the first insertion, after the server has done it. */
function losingOneAnswer(session: Session): Session {
  let lost = false;
  return {
    ...session,
    run: async (statement, params, options) => {
      const result = await session.run(statement, params, options);
      if (lost || statement.operation !== "insertEvents" || statement.cardinality !== "many") return result;
      lost = true;
      throw new StorageConnectionError("the connection ended", { code: "connection_lost" });
    },
  };
}

describeStores("a lost answer", ({ storage, url }) => {
  const ours = eventAt("ours", secondsAfterNoon(0));
  const theirs = eventAt("theirs", secondsAfterNoon(1));

  it("of a batch counts what the first attempt has stored as inserted, and what others have stored as theirs", async () => {
    await emptyStore(storage());
    await storage().insertEvent({ ...theirs, Note: "another event of this id" });
    const executor = openExecutor({ connectionString: url() });
    try {
      const session = losingOneAnswer(executor);
      const inserter = createInserter(createContext(clientOf(IDEA_CATALOGUE), {}));
      expect(await insertEvents(session, inserter, [ours, theirs])).toEqual({
        inserted: 1,
        duplicates: 0,
        different: 1,
        rejected: [],
      });
    } finally {
      await executor.close();
    }
    expect(await checkConsistency(storage())).toBe(2);
  });

  it("of gathered producers resolves for the one whose event is stored", async () => {
    await emptyStore(storage());
    await storage().insertEvent({ ...theirs, Note: "another event of this id" });
    const executor = openExecutor({ connectionString: url() });
    try {
      const inserter = createInserter(createContext(clientOf(IDEA_CATALOGUE), {}));
      const gathering = createGathering(losingOneAnswer(executor), inserter);
      const submit = (event: unknown) => gathering.submit({ event: inserter.encode(event), doubtful: false });
      expect(await Promise.all([submit(ours), submit(theirs)])).toEqual(["inserted", "duplicate"]);
      await gathering.close();
    } finally {
      await executor.close();
    }
    expect(await checkConsistency(storage())).toBe(2);
  });
});
