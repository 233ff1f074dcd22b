import { afterEach, describe, expect, it } from "vitest";
import {
  close,
  EventStorageServiceManager,
  init,
  manager,
  openStorage,
  QueryTimeoutError,
  service,
  setManager,
} from "../../../runtime/store/index.js";
import { describeStores, eventAt, secondsAfterNoon } from "./support.js";

const event = (id: string) => eventAt(id, secondsAfterNoon(0));

describeStores("the manager", ({ url }) => {
  afterEach(async () => {
    await close();
  });

  it("opens one store on first use, for all, and closes it", async () => {
    init({ connectionString: url(), pool: { max: 1 } }, { pool: { max: 3 } });
    const [first, second] = await Promise.all([service(), service()]);
    expect(first).toBe(second);
    expect(await first.countEvents()).toBe(0);
    expect(await manager().service()).toBe(first);
    await close();
    await expect(first.countEvents()).rejects.toMatchObject({ code: "storage_closed" });
    const anew = await service();
    expect(anew).not.toBe(first);
    expect(await anew.countEvents()).toBe(0);
  });

  it("merges the updates over the configuration", async () => {
    init({ connectionString: "postgres://127.0.0.1:1/nowhere", timeoutMs: 5 }, { connectionString: url() });
    await expect((await service()).query("select pg_sleep(30)")).rejects.toBeInstanceOf(QueryTimeoutError);
  });

  it("understands where Mentat's core configuration has the database", async () => {
    const { hostname, port, username, password, pathname, searchParams } = new URL(url());
    const eventstorage = {
      dbname: "nowhere",
      host: searchParams.get("host") ?? decodeURIComponent(hostname),
      port: Number(searchParams.get("port") ?? port),
      user: searchParams.get("user") ?? decodeURIComponent(username),
      password: decodeURIComponent(password),
    };
    init(
      { __core__database: { eventstorage } },
      { __core__database: { eventstorage: { dbname: decodeURIComponent(pathname.slice(1)) } } },
    );
    expect(await (await service()).countEvents()).toBeGreaterThanOrEqual(0);
    await close();
    for (const [eventstorage, problem] of [
      [{ dbnme: "mentat" }, /dbnme/],
      [{ dbname: "mentat", port: "70000x".length * 100_000 }, /port/],
      [{ user: "mentat" }, /neither dbname nor host/],
      ["mentat", /eventstorage/],
    ] as const)
      expect(() => init({ __core__database: { eventstorage } } as never)).toThrow(problem);
    expect(() => init({ dbname: "mentat" } as never)).toThrow(/connectionString/);
    expect(() => setManager(undefined as never)).toThrow(/setManager: the manager is/);
  });

  it("can be set, and tries a failed opening again", async () => {
    const own = new EventStorageServiceManager({ connectionString: url() });
    setManager(own);
    expect(manager()).toBe(own);
    expect(await service()).toBe(await own.service());
    await own.close();
    await own.close();
    const broken = new EventStorageServiceManager({ connectionString: "no url at all" });
    await expect(broken.service()).rejects.toThrow();
    await expect(broken.service()).rejects.toThrow();
    await broken.close();
  });

  it("waits for running work when it closes", async () => {
    init({ connectionString: url() });
    const storage = await service();
    const working = storage.query("select pg_sleep(0.3) is null as done");
    const inserting = storage.insertEvent(event("last"));
    await close();
    expect((await working).rowCount).toBe(1);
    expect(await inserting).toBe("last");
    const again = await openStorage({ connectionString: url() });
    expect(await again.fetchEvent("last")).toEqual(event("last"));
    await again.close();
  });
});

describe("without a manager", () => {
  it("closing is no error", async () => {
    setManager(new EventStorageServiceManager());
    await close();
  });
});
