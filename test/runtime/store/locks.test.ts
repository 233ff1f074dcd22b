/** Changes of tables that others use: each waits for a lock no longer than an attempt, so that nobody who comes after it waits longer. */
import { randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import { IDEA_CATALOGUE } from "../../../compiler/catalogue/idea.js";
import { openExecutor, type Session } from "../../../runtime/index.js";
import { clientOf } from "../../../runtime/store/client.js";
import { createContext } from "../../../runtime/store/context.js";
import type { EncodedEvent } from "../../../runtime/store/insert/encoded-event.js";
import { createInserter } from "../../../runtime/store/insert/insert.js";
import { createKnownDays } from "../../../runtime/store/insert/known-days.js";
import { createOperations } from "../../../runtime/store/operations.js";
import { archivePartitions } from "../../../runtime/store/retention/archive.js";
import { createRoles } from "../../../runtime/store/roles/roles.js";
import * as schema from "../../../runtime/store/schema/index.js";
import { verify } from "../../../runtime/store/verify/verify.js";
import { describeStores, eventAt, secondsAfterNoon } from "./support.js";

/** Takes a lock that readers or writers wait for; a concurrent build takes none. */
const TAKES_LOCK =
  /^\s*(?:do |alter |drop (?!role)|truncate|lock |grant |revoke |comment |create (?:unique )?(?:index (?!concurrently)|table))/iu;

/** What a session has run that takes a lock. */
interface Seen {
  readonly texts: string[];
  /** Those that would wait as long as somebody holds the lock. */
  readonly unlimited: string[];
}

/** A session whose statements are looked at; `state` is that of the transaction it is. */
function watched(session: Session, seen: Seen, state = { isTransaction: false, isLimited: false }): Session {
  return {
    ...session,
    query: (text, values, options) => {
      state.isLimited ||= state.isTransaction && text.includes("'lock_timeout'");
      if (TAKES_LOCK.test(text)) (state.isLimited ? seen.texts : seen.unlimited).push(text);
      return session.query(text, values, options);
    },
    transaction: (work, options) =>
      session.transaction(
        (inner) => work(watched(inner, seen, { isTransaction: true, isLimited: state.isLimited })),
        options,
      ),
  };
}

describeStores("locks", ({ storage, url }) => {
  const DAYS = ["2021-03-01", "2021-03-02", "2021-03-03", "2021-03-04"];
  const part = { from: new Date("2021-03-01T00:00:00Z"), to: new Date("2021-04-01T00:00:00Z") };

  it("are waited for no longer than an attempt by whatever changes tables", async () => {
    const executor = openExecutor({ connectionString: url() });
    const seen: Seen = { texts: [], unlimited: [] };
    const session = watched(executor, seen);
    const context = createContext(clientOf(IDEA_CATALOGUE), {});
    const store = createOperations(session, { context, inserter: createInserter(context) }, null);
    const run = (text: string) => storage().query(text);
    const prefix = `locks_${randomBytes(4).toString("hex")}`;
    const repair = () =>
      verify(
        session,
        { catalogue: IDEA_CATALOGUE, transaction: (work) => store.transaction(work) },
        { repair: true },
      );
    const upgrade = () => schema.databaseCreate(session, IDEA_CATALOGUE);
    const changes: Readonly<Record<string, () => Promise<unknown>>> = {
      "making a day": () => store.insertEvents(DAYS.map((day) => eventAt(day, secondsAfterNoon(0, day)))),
      refresh: () => store.refresh({ ahead: 1 }),
      "merging partitions": () => schema.mergePartitions(session, IDEA_CATALOGUE, part),
      "splitting partitions": () => schema.splitPartitions(session, IDEA_CATALOGUE, part),
      "making roles": () => createRoles(session, IDEA_CATALOGUE, { prefix }),
      "dropping indexes": () => schema.indexDrop(session, IDEA_CATALOGUE),
      "making indexes": () => schema.indexCreate(session, IDEA_CATALOGUE, { concurrently: true }),
      "mending an index": async () => {
        await run("drop index events_severity_idx");
        return repair();
      },
      "an upgrade that changes types": async () => {
        await run("alter table events alter column byte_count type bigint");
        await run("delete from eventstore_schema");
        await run("insert into eventstore_schema values (3, now(), 'older')");
        return upgrade();
      },
      "an upgrade that adds columns": async () => {
        await run("alter table events drop column attach_count");
        await run("delete from eventstore_schema where version >= 5");
        return upgrade();
      },
      archiving: () =>
        archivePartitions(session, context, {
          before: new Date("2021-03-02T00:00:00Z"),
          write: async ({ events }) => {
            for await (const _event of events);
          },
        }),
      retention: () => store.tableCleanup("events", "detect_time", new Date("2021-03-03T00:00:00Z")),
    };
    try {
      for (const [name, change] of Object.entries(changes)) {
        const before = seen.texts.length;
        await change();
        expect([name, seen.unlimited]).toEqual([name, []]);
        expect(seen.texts.length, name).toBeGreaterThan(name === "refresh" ? -1 : before);
      }
      expect((await storage().verify()).problems).toEqual([]);
    } finally {
      await executor.close();
      await run(`drop owned by ${prefix}_reader, ${prefix}_writer`);
      await run(`reassign owned by ${prefix}_owner to current_user`);
      await run(`drop owned by ${prefix}_owner`);
      await run(`drop role ${prefix}_reader, ${prefix}_writer, ${prefix}_owner`);
    }
  });
});

it("a call with little time has most of it for storing, where its day can't be made now", async () => {
  const limits: unknown[] = [];
  const session = {
    query: (_: string, values: readonly unknown[] = []) => {
      if (values.length === 1 && /^\d+$/u.test(String(values[0]))) limits.push(values[0]);
      return Promise.resolve({ rows: [], rowCount: 0, columns: [], command: "SELECT" });
    },
    run: () => Promise.resolve([]),
    transaction: (work: (inner: unknown) => unknown) => work(session),
  };
  for (const timeoutMs of [400, 60_000, undefined])
    await createKnownDays(IDEA_CATALOGUE).ensure(
      session as unknown as Session,
      [{ day: 18_000 } as EncodedEvent],
      { timeoutMs },
    );
  expect(limits).toEqual(["50", "1000", "1000"]);
});
