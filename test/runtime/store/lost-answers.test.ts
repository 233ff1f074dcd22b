/** An insertion whose COMMIT arrived and whose answer did not: the batch is sent again, and each event is reported for what it is. */
import { expect, it } from "vitest";
import { IDEA_CATALOGUE } from "../../../compiler/catalogue/idea.js";
import type { StorageErrorDetails } from "../../../compiler/values/errors.js";
import { openExecutor, StorageConnectionError, type Session } from "../../../runtime/index.js";
import { patientSession } from "../../../runtime/postgres/patient.js";
import { clientOf } from "../../../runtime/store/client.js";
import { createContext } from "../../../runtime/store/context.js";
import { createOperations } from "../../../runtime/store/operations.js";
import { archivePartitions } from "../../../runtime/store/retention/archive.js";
import { databaseCreate, mergePartitions, splitPartitions } from "../../../runtime/store/schema/index.js";
import type { ArchiveOptions } from "../../../runtime/store/types.js";
import { verify } from "../../../runtime/store/verify/verify.js";
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

/** A session that does what it is asked and loses each other answer, that of a COMMIT included. */
function losingEachOther(session: Session): Session {
  let lost = 0;
  const losing = async <T>(step: () => Promise<T>, details: StorageErrorDetails): Promise<T> => {
    const result = await step();
    lost += 1;
    if (lost % 2 === 0) return result;
    throw new StorageConnectionError("the connection ended", { code: "connection_lost", ...details });
  };
  return {
    ...session,
    run: (statement, params, options) =>
      losing(() => session.run(statement, params, options), { uncertain: true }),
    query: (text, values, options) => losing(() => session.query(text, values, options), { uncertain: true }),
    transaction: (work, options) =>
      losing(() => session.transaction(work, options), { uncertain: true, retryable: false }),
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

  it("of another change says what may have been done, and of a read nothing", async () => {
    const executor = openExecutor({ connectionString: url() });
    const lose = async <T>(answer: Promise<T>): Promise<T> => {
      await answer;
      throw new StorageConnectionError("the connection ended", { code: "connection_lost", uncertain: true });
    };
    const forgetful: Session = {
      ...executor,
      run: (statement, ...call) => {
        const answer = executor.run(statement, ...call);
        return statement.operation === "newerSchema" ? answer : lose(answer);
      },
      query: (...call) => lose(executor.query(...call)),
    };
    const context = createContext(clientOf(IDEA_CATALOGUE), {});
    const store = createOperations(forgetful, { context, inserter: createInserter(context) }, null);
    const time = new Date("2024-05-01T00:00:00Z");
    const said = async (call: Promise<unknown>): Promise<string> => {
      const [outcome] = await Promise.allSettled([call]);
      expect(outcome).toMatchObject({ status: "rejected", reason: { uncertain: true } });
      return outcome.status === "rejected" ? String(outcome.reason) : "";
    };
    try {
      expect(await said(store.thresholdSet("k", time, time, time))).toMatch(/; the keys may have been set/u);
      expect(await said(store.thresholdSave("e", "k", "g", "low", time))).toMatch(
        /may have been remembered/u,
      );
      expect(await said(store.thresholdedEventsClean())).toMatch(/may have been forgotten$/u);
      expect(await said(store.thresholdsClean(time))).toMatch(/keys may have been removed$/u);
      expect(await said(store.expireThresholds(time))).toMatch(
        /together with what was withheld under them$/u,
      );
      expect(await said(store.deleteEvent("ours"))).toMatch(/the event may have been deleted$/u);
      expect(await said(store.query("select 1"))).toMatch(/may have been changed$/u);
      expect(await said(store.thresholdsCount())).not.toMatch(/may/u);
    } finally {
      await executor.close();
    }
  });

  it("of any step of upkeep keeps the call from nothing: it goes on where it was", async () => {
    await emptyStore(storage());
    const days = ["2024-02-27", "2024-02-28", "2024-02-29"];
    await storage().insertEvents(days.map((day) => eventAt(`on ${day}`, secondsAfterNoon(0, day))));
    const executor = openExecutor({ connectionString: url() });
    const context = createContext(clientOf(IDEA_CATALOGUE), {});
    const lossy = losingEachOther(executor);
    const inserter = createInserter(context);
    const store = createOperations(lossy, { context, inserter }, null);
    const session = patientSession(lossy, {});
    const part = { from: new Date("2024-02-01T00:00:00Z"), to: new Date("2024-03-01T00:00:00Z") };
    try {
      expect(await store.refresh({ ahead: 1 })).toBe(3);
      expect(await store.refresh()).toBe(0);
      expect(await mergePartitions(session, IDEA_CATALOGUE, part)).toEqual({ before: 3, after: 1 });
      expect(await splitPartitions(session, IDEA_CATALOGUE, part)).toEqual({ before: 1, after: 3 });
      await storage().query("delete from events where id = 'on 2024-02-29'");
      const mended = await verify(
        session,
        { catalogue: IDEA_CATALOGUE, transaction: (work) => store.transaction(work) },
        { repair: true },
      );
      expect(mended.problems).toEqual([]);
      expect(mended.repaired.map(({ what }) => what)).toContain("events without their row");
      expect(await storage().countEvents()).toBe(3);
      expect(await store.tableCleanup("events", "detect_time", new Date("2024-02-28T00:00:00Z"))).toBe(1);
      const written: string[] = [];
      const write: ArchiveOptions["write"] = async ({ events }) => {
        for await (const { event } of events) written.push(event);
      };
      const before = new Date("2024-02-29T00:00:00Z");
      expect(await archivePartitions(session, context, { before, write })).toEqual({
        partitions: 1,
        events: 1,
      });
      expect(written).toHaveLength(1);
      expect((await databaseCreate(session, IDEA_CATALOGUE)).changes).toEqual([]);
    } finally {
      await executor.close();
    }
    expect(await checkConsistency(storage())).toBe(1);
  });

  it("of a deletion is told, with what had been deleted before", async () => {
    const executor = openExecutor({ connectionString: url() });
    const context = createContext(clientOf(IDEA_CATALOGUE), {});
    const parts = { context, inserter: createInserter(context) };
    const store = createOperations(losingEachOther(executor), parts, null);
    try {
      const lost = store.deleteEvents({ filter: "category = Test", batch: 1 });
      await expect(lost).rejects.toThrow(
        /^the connection ended; its events may have been deleted: call it again for the rest$/u,
      );
      await expect(lost).rejects.toMatchObject({ uncertain: true });
    } finally {
      await executor.close();
    }
  });

  it("of an idle connection that was ended is no failure of a stream", async () => {
    const store = await open({ pool: { max: 1 } });
    const { rows } = await store.query("select pg_backend_pid() as pid");
    await storage().query("select pg_terminate_backend($1::int)", [rows[0]?.["pid"]]);
    expect(await collect(store.streamEvents())).toHaveLength(await storage().countEvents());
  });
});
