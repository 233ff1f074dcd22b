import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, beforeEach, expect, it } from "vitest";
import { EventStorageError, QueryTimeoutError } from "../../../runtime/store/index.js";
import type { EventStorage } from "../../../runtime/store/index.js";
import { watchFolder, type WatchEvent } from "../../../scripts/cli/ingest/watch.js";
import { checkConsistency, describeStores, emptyStore, eventAt, secondsAfterNoon } from "./support.js";

/** What the server says when it cannot go on, and what the caller is told: nothing of it is an event's fault. */
const REFUSALS = [
  ["53100", "a full disk", EventStorageError, "resources_exhausted"],
  ["53200", "no memory", EventStorageError, "resources_exhausted"],
  ["58030", "a disk that fails", EventStorageError, "resources_exhausted"],
  ["55P03", "a lock that is not granted", QueryTimeoutError, "lock_timeout"],
] as const;

const CONNECTIONS = 3;

describeStores("a server that cannot go on", ({ storage, open }) => {
  let client: EventStorage;

  beforeAll(async () => {
    client = await open({ pool: { max: CONNECTIONS } });
    await storage().query("create table refusing (state text)");
    await storage().query(
      "create function refuse() returns trigger language plpgsql as $$ declare wanted text; begin select state into wanted from refusing; " +
        "if wanted is not null then raise exception 'refused on purpose' using errcode = wanted; end if; return new; end $$",
    );
    await storage().query(
      "create trigger refuse before insert on event_json for each row execute function refuse()",
    );
  });
  beforeEach(async () => {
    await answerAgain();
    await emptyStore(storage());
  });

  const refuseWith = (state: string) => storage().query("insert into refusing values ($1)", [state]);
  const answerAgain = () => storage().query("delete from refusing");
  const events = (prefix: string, count: number) =>
    Array.from({ length: count }, (_, index) => eventAt(`${prefix}-${index}`, secondsAfterNoon(index)));

  /** Connections of the client that are not idle: none, whatever happened. */
  async function expectNoLeak(): Promise<void> {
    const { rows } = await storage().query(
      "select count(*)::int as busy from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() " +
        "and application_name = 'eventstore' and state <> 'idle'",
    );
    expect(rows).toEqual([{ busy: 0 }]);
  }

  it.each(REFUSALS)(
    "%s, %s: told to every producer and to bulk, and all is stored afterwards",
    async (state, _, type, code) => {
      await refuseWith(state);
      const wanted = events("single", 60);
      const outcomes = await Promise.allSettled(wanted.map((event) => client.insertEvent(event)));
      for (const outcome of outcomes) {
        expect(outcome.status).toBe("rejected");
        if (outcome.status !== "rejected") continue;
        expect(outcome.reason).toBeInstanceOf(type);
        expect(outcome.reason).toMatchObject({ code, sqlState: state, retryable: true });
      }
      await expect(client.insertEvents(events("bulk", 3_000))).rejects.toMatchObject({
        code,
        sqlState: state,
      });
      expect(await checkConsistency(storage())).toBe(0);
      await expectNoLeak();
      await answerAgain();
      await Promise.all(wanted.map((event) => client.insertEvent(event)));
      expect(await client.insertEvents(events("bulk", 3_000))).toMatchObject({
        inserted: 3_000,
        rejected: [],
      });
      expect(await checkConsistency(storage())).toBe(3_060);
      await expectNoLeak();
    },
  );

  it("makes a worker on a folder wait, and no file is lost or put among the errors", async () => {
    const folder = await mkdtemp(join(tmpdir(), "eventstore-refusals-"));
    const stop = new AbortController();
    const told: WatchEvent["kind"][] = [];
    await refuseWith("53100");
    await writeFile(join(folder, "a.json"), JSON.stringify(events("watch", 50)));
    await watchFolder(client, folder, {
      interrupt: new AbortController().signal,
      terminate: stop.signal,
      intervalMs: 5,
      retryMs: 5,
      onEvent: async ({ kind }) => {
        told.push(kind);
        if (told.length === 3) await answerAgain();
        if (kind === "batch") stop.abort();
      },
    });
    expect(told.slice(0, 3)).toEqual(["retry", "retry", "retry"]);
    expect(told.at(-1)).toBe("batch");
    expect(await readdir(join(folder, "done"))).toEqual(["a.json"]);
    expect(await readdir(join(folder, "errors"))).toEqual([]);
    expect(await checkConsistency(storage())).toBe(50);
    await rm(folder, { recursive: true });
  });

  it("makes a waiting insertion end with its time, and lets the others be stored", async () => {
    const holder = await open({ pool: { max: 1 } });
    await holder.transaction(async (transaction) => {
      await transaction.query("lock table event_ids in access exclusive mode");
      await expect(client.insertEvent(events("late", 1)[0]!, { timeoutMs: 50 })).rejects.toMatchObject({
        name: "QueryTimeoutError",
      });
      const abort = new AbortController();
      const waiting = client.insertEvents(events("aborted", 10), { signal: abort.signal });
      setTimeout(() => abort.abort(), 20);
      await expect(waiting).rejects.toMatchObject({ name: "QueryCanceledError" });
    });
    await client.insertEvents(events("after", 10));
    expect(await checkConsistency(storage())).toBe(10);
    await expectNoLeak();
  });
});
