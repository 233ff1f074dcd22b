/** The store against the yardstick: searches, dashboards, ingest, retention, bytes. */
import { mkdir, writeFile } from "node:fs/promises";
import type { BenchOptions } from "./options.js";
import type { Measurement } from "./report.js";
import { openServer, type BenchServer } from "./server.js";
import { openSides, type BenchPartitions, type HeldEvents, type Sides } from "./store/databases.js";
import { measureIngest, measureStream } from "./store/ingest.js";
import { openMentat } from "./store/mentat.js";
import { drawPlot, type PlotPoint } from "./store/plot.js";
import { furtherQueries, measureSearches, type SearchedSides } from "./store/searches.js";
import { measureTogether } from "./store/together.js";
import { measureBytes, measureRetention } from "./store/upkeep.js";
import { findYardstick, generatedEvents, readQueries, type YardstickFiles } from "./store/yardstick.js";

/** What both uses of the two sides need. */
interface Setting {
  readonly options: BenchOptions;
  readonly files: YardstickFiles;
  readonly onProgress: (message: string) => void;
}

/**
 * The whole comparison on one server. With `plot` the searches are measured at three sizes and with three widths of partitions, and drawn.
 *
 * @throws BenchSetupError when the yardstick or its Python is missing, DatabaseSourceError when there is no PostgreSQL with ip4r
 */
export async function benchStore(
  options: BenchOptions,
  onProgress: (message: string) => void,
): Promise<readonly Measurement[]> {
  return withSetting(options, onProgress, async (setting, withSides) => {
    const measured = await withSides(options.events, "auto", async (sides) => {
      const found = await searches(sides, setting);
      const read = [
        ...found,
        ...(await measureTogether(sides, options.rounds)),
        ...(await measureStream(sides, options.rounds)),
        ...(await measureBytes(sides, options.events)),
      ];
      if (options.keep) return { found, all: read };
      const all = [
        ...read,
        // First, while both sides hold the same events: ingest stores more of them on the faster side.
        ...(await measureRetention(sides, options)),
        ...(await measureIngest(sides, { ...options, files: setting.files }, onProgress)),
      ];
      return { found, all };
    });
    if (options.plot !== undefined) await plotBoth(setting, withSides, measured.found, options.plot);
    return measured.all;
  });
}

/** Latency against events, and against partitions. */
async function plotBoth(
  setting: Setting,
  withSides: WithSides,
  whole: readonly Measurement[],
  file: string,
): Promise<void> {
  const { events } = setting.options;
  const byEvents = [...pointsOf(events, whole)];
  for (const part of [events / 100, events / 10].map(Math.ceil))
    byEvents.push(
      ...(await withSides(part, "auto", async (sides) => pointsOf(part, await searches(sides, setting)))),
    );
  await writeFile(file, drawPlot(byEvents, "events"));
  const byPartitions: PlotPoint[] = [];
  for (const width of ["month", "week", "day"] as const)
    byPartitions.push(
      ...(await withSides(events, width, async (sides) =>
        pointsOf(await partitionsOf(sides), await searches(sides, setting)),
      )),
    );
  await writeFile(file.replace(/(\.svg)?$/u, "-partitions.svg"), drawPlot(byPartitions, "partitions"));
}

async function partitionsOf({ ours }: Sides): Promise<number> {
  const { rows } = await ours.query<{ n: number }>(
    "select count(*)::int as n from pg_inherits where inhparent = 'events'::regclass",
  );
  return rows[0]?.n ?? 0;
}

/** Ingest and streaming alone, on small stores. */
export async function benchIngest(
  options: BenchOptions,
  onProgress: (message: string) => void,
): Promise<readonly Measurement[]> {
  const events = Math.min(options.events, 10_000);
  return withSetting({ ...options, keep: false }, onProgress, (setting, withSides) =>
    withSides(events, "auto", async (sides) => [
      ...(await measureIngest(sides, { ...options, files: setting.files }, onProgress)),
      ...(await measureStream(sides, options.rounds)),
    ]),
  );
}

/** Mentat's tables, searched where they are by a store over their catalogue and by the Python store's statements. */
export async function benchMentat(
  options: BenchOptions,
  onProgress: (message: string) => void,
): Promise<readonly Measurement[]> {
  return withServer(options, onProgress, async (setting, server) => {
    const sides = await openMentat(server, await held(setting, options.events), onProgress);
    try {
      return await searches(sides, setting);
    } finally {
      await sides.close(options.keep);
    }
  });
}

type WithSides = <T>(
  events: number,
  partitions: BenchPartitions,
  work: (sides: Sides) => Promise<T>,
) => Promise<T>;

function withSetting<T>(
  options: BenchOptions,
  onProgress: (message: string) => void,
  work: (setting: Setting, withSides: WithSides) => Promise<T>,
): Promise<T> {
  return withServer(options, onProgress, (setting, server) =>
    work(setting, async (events, partitions, measure) => {
      const sides = await openSides(server, { ...(await held(setting, events)), partitions }, onProgress);
      try {
        return await measure(sides);
      } finally {
        await sides.close(options.keep);
      }
    }),
  );
}

async function withServer<T>(
  options: BenchOptions,
  onProgress: (message: string) => void,
  work: (setting: Setting, server: BenchServer) => Promise<T>,
): Promise<T> {
  const files = await findYardstick(options);
  await mkdir(options.cache, { recursive: true });
  const server = await openServer(options, onProgress);
  try {
    onProgress(server.description);
    return await work({ options, files, onProgress }, server);
  } finally {
    await server.close();
  }
}

/** This many events of the yardstick's generator, for both sides. */
async function held(
  { files, options: { cache, days }, onProgress }: Setting,
  events: number,
): Promise<HeldEvents> {
  onProgress(`generating ${events} events of ${days} days`);
  return { files, file: await generatedEvents(files, cache, { count: events, days }), events, days };
}

async function searches(
  sides: SearchedSides & Pick<Sides, "theirs">,
  { files, options, onProgress }: Setting,
): Promise<readonly Measurement[]> {
  const queries = [...(await readQueries(files)), ...(await furtherQueries(sides))];
  return measureSearches(sides, queries, options.rounds, onProgress);
}

function pointsOf(size: number, measurements: readonly Measurement[]): readonly PlotPoint[] {
  return measurements.map(({ name, ours_ms, theirs_ms }) => ({
    name,
    size,
    ours: ours_ms,
    theirs: theirs_ms ?? ours_ms,
  }));
}
