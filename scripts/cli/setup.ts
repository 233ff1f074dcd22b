/** What the global options mean: which store, which named sets and saved filters, which zone. */
import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Command } from "commander";
import { compileFilter, type CompiledFilter, type FilterOptions } from "../../compiler/compile.js";
import { IDEA_CATALOGUE } from "../../compiler/catalogue/idea.js";
import type { Catalogue } from "../../compiler/catalogue/model.js";
import type { NamedSets, SavedFilters, SetMember } from "../../compiler/resolve/context.js";
import type { Diagnostic } from "../../grammar/diagnostic.js";
import { renderDiagnostics } from "../../grammar/render.js";
import { findZone } from "../../compiler/values/zone.js";
import type { EventStorage, StorageOptions } from "../../runtime/store/types.js";
import type { CallOptions } from "../../runtime/postgres/statement.js";
import { loadCatalogue } from "./catalogue-file.js";
import { stopSignal, type CliContext } from "./context.js";
import { CliError, UsageError } from "./errors.js";
import type { TimeStyle } from "./event-columns.js";
import { filterArguments } from "./options.js";

/** The options that every command takes. */
export interface GlobalOptions {
  readonly database?: string;
  readonly data?: string;
  readonly sets?: string;
  readonly filters?: string;
  readonly catalogue?: string;
  readonly zone?: string;
  readonly debug?: boolean;
}

/** The options of every command that runs a query. */
export interface QueryCliOptions {
  readonly param?: readonly string[];
  /** Milliseconds. */
  readonly timeout?: number;
  readonly name?: string;
}

/** A command about to run. */
export interface Setup<Options> {
  readonly context: CliContext;
  readonly options: Options & GlobalOptions;
  readonly catalogue: Catalogue;
  readonly filterOptions: FilterOptions;
  /** Zone in which times are read and shown. */
  readonly timeZone: string;
  readonly times: TimeStyle;
}

/** A filter with the values of its parameters. */
export interface GivenFilter {
  readonly filter: CompiledFilter;
  readonly args: Readonly<Record<string, unknown>>;
}

/**
 * Reads the global options of a command.
 *
 * @throws UsageError for a zone that does not exist or options that exclude each other
 * @throws CliError when a file of sets, a folder of filters or a catalogue cannot be read
 */
export async function setUp<Options>(context: CliContext, command: Command): Promise<Setup<Options>> {
  const options = command.optsWithGlobals<Options & GlobalOptions>();
  const timeZone = options.zone ?? "UTC";
  if (findZone(timeZone) === null)
    throw new UsageError(
      `--zone: there is no time zone "${timeZone}"`,
      "write an IANA name such as Europe/Prague, or an offset such as +02:00",
    );
  if (options.database !== undefined && options.data !== undefined)
    throw new UsageError("--database and --data exclude each other: the store is at a URL or in a folder");
  const sets = options.sets === undefined ? {} : await readSets(options.sets);
  const filters = options.filters === undefined ? {} : await readFilters(options.filters);
  const catalogue = options.catalogue === undefined ? IDEA_CATALOGUE : await loadCatalogue(options.catalogue);
  const filterOptions: FilterOptions = { catalogue, sets, filters, timeZone };
  const times: TimeStyle = { kind: "zone", timeZone };
  return { context, options, catalogue, filterOptions, timeZone, times };
}

/**
 * The filter of the command line: its words joined, or standard input for `-`. Warnings go to standard error, remarks too when a
 * person looks.
 *
 * @throws FilterError when it does not compile; UsageError when its parameters do not get their values
 */
export async function readFilter(
  words: readonly string[],
  setup: Setup<QueryCliOptions>,
): Promise<GivenFilter> {
  const { context, filterOptions, options } = setup;
  const text = await filterText(words, context);
  const filter = compileFilter(text, filterOptions);
  const { stderr } = context;
  const worthTelling = filter.warnings.filter(({ severity }) => severity !== "note" || stderr.isTerminal);
  await writeDiagnostics(text, worthTelling, context);
  const args = filterArguments(options.param ?? [], filter);
  // Binding once tells what is missing before a database is looked for.
  filter.sql(args, { now: context.now() });
  return { filter, args };
}

/** The text of a filter given as words; `-` alone is standard input. */
export async function filterText(words: readonly string[], { stdin }: CliContext): Promise<string> {
  if (words.length !== 1 || words[0] !== "-") return words.join(" ");
  const chunks: Buffer[] = [];
  for await (const chunk of stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString("utf8").trimEnd();
}

/** Shows diagnostics on standard error. */
export async function writeDiagnostics(
  text: string,
  diagnostics: readonly Diagnostic[],
  { stderr }: CliContext,
): Promise<void> {
  if (diagnostics.length > 0)
    await stderr.write(renderDiagnostics(text, diagnostics, { color: stderr.color }).trimEnd() + "\n");
}

/** The options that end a query: by a signal, after a time, or by its name. */
export function callOptions({ context, options }: Setup<QueryCliOptions>): CallOptions {
  return { signal: stopSignal(context), timeoutMs: options.timeout, name: options.name };
}

/**
 * Opens the store, does the work and closes it again, whatever happens. Where there is no store, none is made, unless `extra` says so: only
 * the commands that put events in do.
 */
export async function withStorage<Options, T>(
  setup: Setup<Options>,
  work: (storage: EventStorage) => Promise<T>,
  extra: StorageOptions = {},
): Promise<T> {
  const { context, options, filterOptions } = setup;
  const { stderr } = context;
  const storage = await context.openStorage({
    ...(options.database === undefined ? {} : { connectionString: options.database }),
    ...(options.data === undefined ? {} : { dataDir: options.data }),
    ...(filterOptions.sets === undefined ? {} : { sets: filterOptions.sets }),
    ...(filterOptions.filters === undefined ? {} : { filters: filterOptions.filters }),
    ...(setup.catalogue === IDEA_CATALOGUE ? {} : { catalogue: setup.catalogue }),
    timeZone: setup.timeZone,
    missing: "refuse",
    onProgress: (message) => void stderr.write(stderr.paint("dim", message) + "\n"),
    ...extra,
  });
  try {
    return await work(storage);
  } finally {
    await storage.close();
  }
}

async function readSets(path: string): Promise<NamedSets> {
  const text = await readText(path, "--sets");
  let sets: unknown;
  try {
    sets = JSON.parse(text);
  } catch (error) {
    throw new CliError(`--sets: ${path} is not JSON`, undefined, { cause: error });
  }
  if (!isSets(sets))
    throw new CliError(
      `--sets: ${path} is not an object of lists`,
      'write {"campus": ["192.0.2.0/24", "2001:db8::/32"], "web": [80, 443]}',
    );
  return sets;
}

function isSets(value: unknown): value is Record<string, readonly SetMember[]> {
  const isMember = (member: unknown): boolean => typeof member === "string" || typeof member === "number";
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((members) => Array.isArray(members) && members.every(isMember))
  );
}

const FILTER_FILE = ".filter";

/** `noise.filter` in the folder is `@noise`. */
async function readFilters(folder: string): Promise<SavedFilters> {
  const names = await readdir(folder).catch((error: unknown) => {
    throw new CliError(`--filters: the folder ${folder} cannot be read`, undefined, { cause: error });
  });
  const files = names.filter((name) => name.endsWith(FILTER_FILE)).sort();
  const texts = await Promise.all(files.map((name) => readText(join(folder, name), "--filters")));
  return Object.fromEntries(files.map((name, index) => [basename(name, FILTER_FILE), texts[index] ?? ""]));
}

async function readText(path: string, option: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    throw new CliError(`${option}: ${path} cannot be read`, undefined, { cause: error });
  }
}
