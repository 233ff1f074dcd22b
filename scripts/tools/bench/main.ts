/** `npm run bench`: measures, prints a table or JSON on standard output; progress goes to standard error. */
import { DatabaseSourceError } from "../../../runtime/server/index.js";
import { benchLanguage } from "./language.js";
import { BenchUsageError, HELP, readOptions, type BenchName, type BenchOptions } from "./options.js";
import { benchPeers } from "./peers.js";
import { renderReport, type Measurement } from "./report.js";
import { benchStatements } from "./statements.js";
import { benchIngest, benchMentat, benchStore } from "./store.js";
import { BenchSetupError } from "./store/yardstick.js";

type Bench = (
  options: BenchOptions,
  onProgress: (message: string) => void,
) => Promise<readonly Measurement[]>;

const RUN: Readonly<Record<BenchName, Bench>> = {
  language: benchLanguage,
  statements: benchStatements,
  ingest: benchIngest,
  store: benchStore,
  mentat: benchMentat,
  peers: benchPeers,
};

async function main(args: readonly string[]): Promise<void> {
  const options = readOptions(args);
  if (options === null) return void process.stdout.write(HELP);
  const progress = (message: string): void => void process.stderr.write(`  ${message}\n`);
  const all: Measurement[] = [];
  for (const name of options.benches) {
    process.stderr.write(`${name}\n`);
    const measurements = await RUN[name](options, progress);
    all.push(...measurements);
    if (!options.json) {
      const lines = [`\n${name}`, ...renderReport(measurements, process.stdout, process.env), ""];
      process.stdout.write(`${lines.join("\n")}\n`);
    }
  }
  if (options.json) process.stdout.write(`${JSON.stringify(all, null, 2)}\n`);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  const known =
    error instanceof BenchUsageError ||
    error instanceof BenchSetupError ||
    error instanceof DatabaseSourceError;
  if (!known) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error instanceof BenchUsageError ? 2 : 1;
}
