/** An insertion whose COMMIT arrived and whose answer did not: the batch is sent again, and each event is reported for what it is. */
import { expect, it } from "vitest";
import { IDEA_CATALOGUE } from "../../../compiler/catalogue/idea.js";
import { openExecutor, StorageConnectionError, type Session } from "../../../runtime/index.js";
import { clientOf } from "../../../runtime/store/client.js";
import { createContext } from "../../../runtime/store/context.js";
import { createGathering, createInserter, insertEvents } from "../../../runtime/store/insert/insert.js";
import { openLine } from "../../support/line.js";
import {
  checkConsistency,
  collect,
  describeStores,
  emptyStore,
  eventAt,
  secondsAfterNoon,
} from "./support.js";

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

describeStores("a lost answer", ({ storage, open, url }) => {
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

  it("of one event, until its time is over, is told as such; sent again the event counts as ours", async () => {
    await emptyStore(storage());
    const line = await openLine(url());
    const store = await open({ connectionString: line.url, pool: { max: 1, acquireTimeoutMs: 20_000 } });
    await store.insertEvent(eventAt("before", secondsAfterNoon(0)));
    line.deafen();
    const lost = store.insertEvent(ours, { timeoutMs: 400 });
    await expect(lost).rejects.toMatchObject({ name: "QueryTimeoutError", uncertain: true });
    await expect(lost).rejects.toThrow(/the event may have been stored: sent again/u);
    line.mend();
    expect(await store.insertEvent(ours)).toBe("ours");
    await expect(store.insertEvent(ours)).rejects.toMatchObject({ name: "StorageIntegrityError" });
    expect(await checkConsistency(storage())).toBe(2);
    await store.close();
    line.close();
  });

  it("of an idle connection that was ended is no failure of a stream", async () => {
    const store = await open({ pool: { max: 1 } });
    const { rows } = await store.query("select pg_backend_pid() as pid");
    await storage().query("select pg_terminate_backend($1::int)", [rows[0]?.["pid"]]);
    expect(await collect(store.streamEvents())).toHaveLength(await storage().countEvents());
  });
});
