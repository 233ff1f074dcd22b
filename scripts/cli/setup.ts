/** What the global options mean: which store, which named sets and saved filters, which zone. */
import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Command } from "commander";
import type { CompiledFilter, FilterOptions } from "../../compiler/compile.js";
import { IDEA_CATALOGUE } from "../../compiler/catalogue/idea.js";
import type { Catalogue } from "../../compiler/catalogue/model.js";
import type { NamedSets, SavedFilters } from "../../compiler/resolve/context.js";
import type { Diagnostic } from "../../grammar/diagnostic.js";
import { findZone } from "../../compiler/values/zone.js";
import type { CatalogueNames } from "../../runtime/client.js";
import { utf8Text } from "../../runtime/events/utf8.js";
import type { EventStorage, StorageOptions } from "../../runtime/store/types.js";
import type { CallOptions } from "../../runtime/postgres/statement.js";
import { loadCatalogue } from "./catalogue-file.js";
import { isSets } from "./config.js";
import { filterArguments } from "./filter-arguments.js";
import type { GlobalOptions } from "./global-options.js";
import { parseJsonText } from "./json-text.js";
import { stopSignal, type CliContext } from "./context.js";
import { CliError, UsageError } from "./errors.js";
import type { TimeStyle } from "./event-columns.js";
import { projectSettings, untrustedMessage, type ProjectSettings } from "./project.js";

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
  /** As given, with those of the project's configuration where the command line and the environment say nothing. */
  readonly options: Options & GlobalOptions;
  /** The global options as given on the command line. */
  readonly given: GlobalOptions;
  readonly catalogue: Catalogue;
  readonly filterOptions: FilterOptions;
  /** Zone in which times are read and shown. */
  readonly timeZone: string;
  readonly times: TimeStyle;
  /** Module of the project's catalogue that was not loaded, because nobody has asked for it; null where there is none. */
  readonly untrusted: string | null;
}

/** A filter with the values of its parameters. */
export interface GivenFilter {
  readonly filter: CompiledFilter;
  readonly args: Readonly<Record<string, unknown>>;
}

/**
 * Reads the global options of a command and the configuration of the project.
 *
 * @throws UsageError for a zone that does not exist
 * @throws CliError when a file of sets, a folder of filters, a catalogue or the configuration cannot be read
 */
export async function setUp<Options>(context: CliContext, command: Command): Promise<Setup<Options>> {
  const given = command.optsWithGlobals<Options & GlobalOptions>();
  const project = await projectSettings(context, given);
  if (project.untrusted !== null)
    await context.stderr.write(`${untrustedMessage(project.untrusted)}; fields are IDEA's\n`);
  return setUpWith(context, given, project);
}

/** What {@link setUp} gives, by the command line alone, for a command that reads configurations itself. */
export function setUpAlone(context: CliContext, command: Command): Promise<Setup<GlobalOptions>> {
  const given = command.optsWithGlobals<GlobalOptions>();
  return setUpWith(context, given, { config: null, options: given, untrusted: null });
}

async function setUpWith<Options>(
  context: CliContext,
  given: Options & GlobalOptions,
  project: ProjectSettings,
): Promise<Setup<Options>> {
  const options = { ...given, ...project.options };
  const timeZone = options.zone ?? "UTC";
  if (findZone(timeZone) === null)
    throw new UsageError(
      `${given.zone === undefined ? (project.config?.path ?? "") : "--zone"}: there is no time zone "${timeZone}"`,
      "write an IANA name such as Europe/Prague, or an offset such as +02:00",
    );
  const catalogue = options.catalogue === undefined ? IDEA_CATALOGUE : await loadCatalogue(options.catalogue);
  const filterOptions: FilterOptions = { catalogue, ...(await namedThings(options, project)), timeZone };
  const times: TimeStyle = { kind: "zone", timeZone };
  const { untrusted } = project;
  return { context, options, given, catalogue, filterOptions, timeZone, times, untrusted };
}

/** Named sets and saved filters: of files, or those that the configuration has in it. */
async function namedThings(
  options: GlobalOptions,
  { config }: ProjectSettings,
): Promise<{ readonly sets: NamedSets; readonly filters: SavedFilters }> {
  const sets = config?.sets?.kind === "given" ? config.sets.value : {};
  const filters = config?.filters?.kind === "given" ? config.filters.value : {};
  return {
    sets: options.sets === undefined ? sets : await readSets(options.sets),
    filters: options.filters === undefined ? filters : await readFilters(options.filters),
  };
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
  // The help of a command does without the compiler.
  const { compileFilter } = await import("../../compiler/compile.js");
  const filter = compileFilter(text, filterOptions);
  const { stderr } = context;
  const worthTelling = filter.warnings.filter(({ severity }) => severity !== "note" || stderr.isTerminal);
  await writeDiagnostics(text, worthTelling, context);
  const args = filterArguments(options.param ?? [], filter);
  // Binding once shows what is missing before a database is looked for.
  filter.sql(args, { now: context.now() });
  return { filter, args };
}

/** The text of a filter given as words; `-` alone is standard input. */
export async function filterText(words: readonly string[], { stdin }: CliContext): Promise<string> {
  // What is wrong with a filter is shown beside it, and this may hold a password.
  if (words.some((word) => /^postgres(?:ql)?:\/\//iu.test(word)))
    throw new UsageError(
      "there is the URL of a database in the filter",
      "name the database with --database URL",
    );
  if (words.length !== 1 || words[0] !== "-") return words.join(" ");
  const chunks: Buffer[] = [];
  for await (const chunk of stdin) chunks.push(Buffer.from(chunk));
  return utf8Text(Buffer.concat(chunks), "standard input").trimEnd();
}

/** Shows diagnostics on standard error. */
export async function writeDiagnostics(
  text: string,
  diagnostics: readonly Diagnostic[],
  { stderr }: CliContext,
): Promise<void> {
  if (diagnostics.length === 0) return;
  const { diagnosticsText } = await import("./render/diagnostics.js");
  await stderr.write(diagnosticsText(text, diagnostics, stderr) + "\n");
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
  work: (storage: EventStorage<CatalogueNames>) => Promise<T>,
  extra: StorageOptions = {},
): Promise<T> {
  const { context, options, filterOptions, untrusted } = setup;
  // Without it the store would be another one.
  if (untrusted !== null)
    throw new CliError(
      `the store is that of a catalogue that was not loaded: ${untrusted}`,
      "load it with --trust, or name one with --catalogue",
    );
  const { stderr } = context;
  const storage = await openNamed(context, setup.given, {
    ...(options.database === undefined ? {} : { connectionString: options.database }),
    ...(options.data === undefined ? {} : { dataDir: options.data }),
    ...(options.schema === undefined ? {} : { schema: options.schema }),
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

/** Makes the tables where they are not there, and brings older ones up to date, which may take long: it says how far it is. */
export async function prepareStore(
  storage: Pick<EventStorage, "databaseCreate">,
  context: Pick<CliContext, "interrupt" | "terminate" | "stderr">,
): Promise<void> {
  await storage.databaseCreate({
    signal: stopSignal(context),
    onProgress: (message) => void context.stderr.writeLines([message]),
  });
}

/** Opens the store; a URL that makes no sense is named by where it was given. */
async function openNamed(
  context: CliContext,
  given: GlobalOptions,
  options: StorageOptions,
): Promise<EventStorage<CatalogueNames>> {
  try {
    return await context.openStorage(options);
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    const isUrl = cause instanceof Error && "code" in cause && cause.code === "configuration_invalid";
    if (!isUrl || !(error instanceof Error) || options.connectionString === undefined) throw error;
    const where = given.database === undefined ? "database in eventstore.config.json" : "--database";
    throw new UsageError(`${where}: ${error.message}`, undefined, { cause: error });
  }
}

async function readSets(path: string): Promise<NamedSets> {
  const text = await readText(path, "--sets");
  const sets = parseJsonText(text, `--sets: ${path}`);
  if (!isSets(sets))
    throw new CliError(
      `--sets: ${path} is not an object of lists`,
      'write {"campus": ["192.0.2.0/24", "2001:db8::/32"], "web": [80, 443]}',
    );
  return sets;
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
  const bytes = await readFile(path).catch((error: unknown) => {
    throw new CliError(`${option}: ${path} cannot be read`, undefined, { cause: error });
  });
  return utf8Text(bytes, `${option}: ${path}`);
}
