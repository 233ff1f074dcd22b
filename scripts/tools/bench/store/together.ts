/** Many calls at once, and many different ones on one connection: what a dashboard asks of the defaults of PostgreSQL. */
import type { EventStorage } from "../../../../runtime/store/index.js";
import { elapsed, interleave, medianCall, timesOf, warmMedian } from "../measure.js";
import { alone, compared, type Measurement } from "../report.js";
import { backendMegabytes } from "./costs.js";
import type { Sides } from "./databases.js";
import { goalOf } from "./goals.js";
import { RARE_HOST } from "./searches.js";
import type { LegacyQuery } from "./yardstick.js";

const COUNTS = 10;
const DIFFERENT_FILTERS = 1_000;
const RUNS = 20;

/** Fields of the panels beside a search. */
const PANELS = [
  "category",
  "severity",
  "event_class",
  "source.ip",
  "source.port",
  "source.type",
  "source.protocol",
  "source.hostname",
  "target.ip",
  "target.port",
  "target.type",
  "target.protocol",
  "target.hostname",
  "node.name",
  "node.type",
  "node.software",
  "abuse_group",
  "tlp",
  "inspection_error",
] as const;

/** Counts and panels at once, a fetch by id, and a session after many filters. A call that fails ends the benchmark. */
export async function measureTogether(sides: Sides, rounds: number): Promise<readonly Measurement[]> {
  return [
    await countsAtOnce(sides, rounds),
    await panelsAtOnce(sides),
    await panelsInOne(sides),
    await fetchById(sides, rounds),
    await sessionAfterFilters(sides),
  ];
}

async function countsAtOnce({ open, yardstick }: Sides, rounds: number): Promise<Measurement> {
  const name = `${COUNTS} filtered counts at once`;
  const ports = Array.from({ length: COUNTS }, (_, index) => 8_000 + index * 10);
  const queries = ports.map((port): LegacyQuery => ({
    name,
    qtype: "count",
    parameters: { target_ports: [port] },
  }));
  const storage = await open(COUNTS);
  try {
    const all = () =>
      Promise.all(ports.map((port) => storage.countEvents({ filter: `target.port = ${port}` })));
    const { ours, theirs } = await interleave(
      () => warmMedian(5, all),
      () => yardstick.together(queries),
      rounds,
    );
    return compared(name, ours, theirs, { goal: goalOf(name) });
  } finally {
    await storage.close();
  }
}

async function panelsAtOnce({ open }: Sides): Promise<Measurement> {
  const storage = await open(PANELS.length);
  const filter = `source.ip in ${RARE_HOST}`;
  try {
    const taken = await medianCall(RUNS, () =>
      Promise.all(PANELS.map((by) => storage.aggregateEvents({ by, filter }))),
    );
    return alone(`${PANELS.length} panels of a rare host at once`, timesOf([taken]));
  } finally {
    await storage.close();
  }
}

async function panelsInOne({ storage }: Sides): Promise<Measurement> {
  const filter = `source.ip in ${RARE_HOST}`;
  const taken = await medianCall(RUNS, () => storage.summarizeEvents({ by: PANELS, filter }));
  return alone(`${PANELS.length} panels of a rare host in one call`, timesOf([taken]));
}

async function fetchById({ storage, theirs }: Sides, rounds: number): Promise<Measurement> {
  const name = "fetch by id";
  const { rows } = await theirs.query<{ id: string }>("select id from legacy_events order by id limit 50");
  const text = "select * from legacy_events join legacy_events_json using (id) where id = $1";
  const each = (fetch: (id: string) => Promise<unknown>) => () =>
    medianCall(rows.length, (index) => fetch(rows[index]?.id ?? ""));
  const times = await interleave(
    each((id) => storage.fetchEvent(id)),
    each((id) => theirs.query({ name: "fetch", text, values: [id] })),
    rounds,
  );
  return compared(name, times.ours, times.theirs, {
    goal: goalOf(name),
    note: "theirs is the statement alone, prepared, over the same driver, and without reading the JSON",
  });
}

/** Different filters of different shapes, each of them once. */
async function sessionAfterFilters({ open }: Sides): Promise<Measurement> {
  const storage = await open(1);
  try {
    const taken = await elapsed(() => runFilters(storage));
    const megabytes = await backendMegabytes(storage);
    return alone(`a session after ${DIFFERENT_FILTERS} filters`, timesOf([taken / DIFFERENT_FILTERS]), {
      note: `${megabytes.toFixed(1)} MB of the server; the time is that of one of them`,
    });
  } finally {
    await storage.close();
  }
}

async function runFilters(storage: EventStorage): Promise<void> {
  const tests = ["severity = high", "target.port = 22", "category = Recon.Scanning", "conn_count > 10"];
  for (let index = 0; index < DIFFERENT_FILTERS; index++) {
    // Eleven bits choose the tests and their number: a shape of its own for each index.
    const chosen = tests.filter((_, bit) => (index >> bit) % 2 === 1);
    const more = Array.from({ length: index >> tests.length }, (_, at) => `flow_count != ${at}`);
    const filter = [`source.ip in 10.${index % 250}.0.0/16`, ...chosen, ...more].join(" and ");
    if (index % 2 === 0) await storage.searchEvents({ filter, limit: 10 });
    else await storage.countEvents({ filter });
  }
}
