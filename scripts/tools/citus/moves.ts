/** What changes under a store: shards that go to another worker, schemas of older releases, and an operator who is no superuser. */
import { IDEA_CATALOGUE } from "../../../compiler/catalogue/idea.js";
import { openStorage, type EventStorage } from "../../../runtime/store/index.js";
import { all, DAY_MS, FROM, someEvents, type Round } from "./pair.js";

const EVENTS = 4_000;

/** On both, but for the shards. @param urls addresses of the pair */
export async function moves({ pair, ledger }: Round, urls: readonly [string, string]): Promise<void> {
  const [citus] = pair;
  const events = someEvents(EVENTS, 13);
  for (const storage of pair) await storage.insertEvents(events.slice(0, EVENTS / 4));
  const isWhole = await bulkWithMoves(citus, events);
  ledger.note("nothing is lost where shards are moved in a bulk", { kind: isWhole ? "same" : "different" });
  await pair[1].insertEvents(events);
  await ledger.compare("events after the move", pair, (storage) => all(storage.streamEvents()));
  await ledger.compare("verify after the move", pair, (storage) => storage.verify());
  await ledger.compare("a schema of an older release", pair, migrated);
  await ledger.compare("events of a schema that was migrated", pair, (storage) =>
    all(storage.streamEvents()),
  );
  await ledger.compare("a field more", pair, async (storage) =>
    aField(storage, urls[pair.indexOf(storage)]!),
  );
  await ledger.compare("upkeep as a maintainer", pair, (storage) =>
    asMaintainer(storage, urls[pair.indexOf(storage)]!),
  );
}

/** The first shard of the events, and a worker that has it not. */
const PLACES =
  "select shardid::text as shard, nodename as host, nodeport as port, other.host as to_host, other.port as to_port " +
  "from pg_dist_shard join pg_dist_shard_placement using (shardid), lateral (select n.nodename as host, n.nodeport as port " +
  "from pg_dist_node n where n.shouldhaveshards and (n.nodename, n.nodeport) <> (pg_dist_shard_placement.nodename, pg_dist_shard_placement.nodeport) limit 1) as other " +
  "where logicalrelid = 'events'::regclass order by 1 limit 1";

async function bulkWithMoves(
  citus: EventStorage,
  events: readonly Record<string, unknown>[],
): Promise<boolean> {
  const move = async (): Promise<void> => {
    const { rows } = await citus.query(PLACES);
    const { shard, host, port, to_host: toHost, to_port: toPort } = rows[0] ?? {};
    await citus.query(
      "select citus_move_shard_placement($1::bigint, $2, $3::int, $4, $5::int, 'block_writes')",
      [shard, host, port, toHost, toPort],
      { timeoutMs: 0 },
    );
  };
  // There and back, so that the workers have as much as before.
  let moving: Promise<void> | undefined;
  const wanted = new Set(events.map(({ ID }) => String(ID))).size;
  await citus.insertEvents(events, { onProgress: () => void (moving ??= move().then(move)) });
  await moving;
  return moving !== undefined && (await citus.countEvents({ filter: "detect_time exists" })) === wanted;
}

/** What a store of the third version needs: rows are read again from their JSON. */
async function migrated(storage: EventStorage): Promise<unknown> {
  await storage.query("update eventstore_schema set version = 3");
  await storage.query("update events set note = null");
  const { version } = await storage.databaseCreate();
  return [version, await storage.countEvents({ filter: "note exists" })];
}

/** A store whose catalogue had a field less. */
async function aField(storage: EventStorage, url: string): Promise<unknown> {
  await storage.query("alter table events drop column note");
  const { changes } = await storage.databaseCreate();
  const again = await openStorage({ connectionString: url, catalogue: IDEA_CATALOGUE });
  const { inserted } = await again.insertEvents([
    { ...someEvents(1, 99)[0], ID: "with a note", Note: "here" },
  ]);
  const found = await again.countEvents({ filter: 'note = "here"' });
  await again.close();
  return [changes.some((change) => change.includes("note")), inserted, found];
}

/** Days ahead, roll-ups and retention, by a login that takes the role of the owner. */
async function asMaintainer(storage: EventStorage, url: string): Promise<unknown> {
  const { owner } = await storage.rolesCreate({ prefix: "citus_test" });
  await storage.query(`create role "${owner}_login" login in role "${owner}"`);
  const address = new URL(url);
  address.username = `${owner}_login`;
  const upkeep = await openStorage({ connectionString: address.href });
  await upkeep.insertEvents(someEvents(50, 17));
  const refreshed = await upkeep.refresh({ ahead: 2 });
  const cleaned = await upkeep.tableCleanup("events", "detect_time", new Date(FROM.getTime() + DAY_MS));
  const { problems } = await upkeep.verify();
  await upkeep.close();
  return [Object.keys(refreshed), cleaned, problems];
}
