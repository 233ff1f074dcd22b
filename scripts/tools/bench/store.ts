/** The store against the yardstick: searches, dashboards, ingest, retention, bytes. */
import { mkdir, writeFile } from "node:fs/promises";
import type { BenchOptions } from "./options.js";
import type { Measurement } from "./report.js";
import { openServer } from "./server.js";
import { openSides, type Sides } from "./store/databases.js";
import { measureIngest, measureStream } from "./store/ingest.js";
import { drawPlot, type PlotPoint } from "./store/plot.js";
import { furtherQueries, measureSearches } from "./store/searches.js";
import { measureBytes, measureRetention } from "./store/upkeep.js";
import { findYardstick, generatedEvents, readQueries, type YardstickFiles } from "./store/yardstick.js";

/** What both uses of the two sides need. */
interface Setting {
  readonly options: BenchOptions;
  readonly files: YardstickFiles;
  readonly onProgress: (message: string) => void;
}

/**
 * The whole comparison on one server. With `plot` the searches are measured at three sizes and drawn.
 *
 * @throws BenchSetupError when the yardstick or its Python is missing, DatabaseSourceError when there is no PostgreSQL with ip4r
 */
export async function benchStore(
  options: BenchOptions,
  onProgress: (message: string) => void,
): Promise<readonly Measurement[]> {
  return withSetting(options, onProgress, async (setting, withSides) => {
    const points: PlotPoint[] = [];
    if (options.plot !== undefined)
      for (const events of [options.events / 100, options.events / 10].map(Math.ceil))
        points.push(
          ...(await withSides(events, async (sides) => pointsOf(events, await searches(sides, setting)))),
        );
    return withSides(options.events, async (sides) => {
      const found = await searches(sides, setting);
      if (options.plot !== undefined)
        await writeFile(options.plot, drawPlot([...points, ...pointsOf(options.events, found)]));
      const read = [
        ...found,
        ...(await measureStream(sides, options.rounds)),
        ...(await measureBytes(sides, options.events)),
      ];
      if (options.keep) return read;
      return [
        ...read,
        // First, while both sides hold the same events: ingest stores more of them on the faster side.
        ...(await measureRetention(sides, options.rounds)),
        ...(await measureIngest(sides, { ...options, files: setting.files }, onProgress)),
      ];
    });
  });
}

/** Ingest and streaming alone, on small stores. */
export async function benchIngest(
  options: BenchOptions,
  onProgress: (message: string) => void,
): Promise<readonly Measurement[]> {
  const events = Math.min(options.events, 10_000);
  return withSetting({ ...options, keep: false }, onProgress, (setting, withSides) =>
    withSides(events, async (sides) => [
      ...(await measureIngest(sides, { ...options, files: setting.files }, onProgress)),
      ...(await measureStream(sides, options.rounds)),
    ]),
  );
}

type WithSides = <T>(events: number, work: (sides: Sides) => Promise<T>) => Promise<T>;

async function withSetting<T>(
  options: BenchOptions,
  onProgress: (message: string) => void,
  work: (setting: Setting, withSides: WithSides) => Promise<T>,
): Promise<T> {
  const files = await findYardstick(options);
  await mkdir(options.cache, { recursive: true });
  const server = await openServer(options, onProgress);
  const withSides: WithSides = async (events, measure) => {
    onProgress(`generating ${events} events`);
    const file = await generatedEvents(files, options.cache, events);
    const sides = await openSides(server, { files, file, events }, onProgress);
    try {
      return await measure(sides);
    } finally {
      await sides.close(options.keep);
    }
  };
  try {
    onProgress(server.description);
    return await work({ options, files, onProgress }, withSides);
  } finally {
    await server.close();
  }
}

async function searches(
  sides: Sides,
  { files, options, onProgress }: Setting,
): Promise<readonly Measurement[]> {
  const queries = [...(await readQueries(files)), ...(await furtherQueries(sides))];
  return measureSearches(sides, queries, options.rounds, onProgress);
}

function pointsOf(events: number, measurements: readonly Measurement[]): readonly PlotPoint[] {
  return measurements.map(({ name, ours_ms, theirs_ms }) => ({
    name,
    events,
    ours: ours_ms,
    theirs: theirs_ms ?? ours_ms,
  }));
}
