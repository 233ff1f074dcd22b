/**
 * What the configuration of the project (`eventstore.config.json`, here or in a folder above) adds to the options of a command. Options and environment
 * win over it. A configuration that was found above is announced when it is first used, and code is never loaded from there unasked.
 */
import { stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { redactUrl } from "../../runtime/server/redact.js";
import { CONFIG_FILE, findConfig, type ProjectConfig } from "./config.js";
import type { CliContext } from "./context.js";
import { UsageError } from "./errors.js";
import type { GlobalOptions } from "./global-options.js";
import { recall, remember } from "./state-file.js";

/** The configuration as a command uses it. */
export interface ProjectSettings {
  readonly config: ProjectConfig | null;
  /** The global options with those of the configuration; `sets` and `filters` only where it names a path. */
  readonly options: GlobalOptions;
  /** Module of a catalogue that is not loaded because nobody has asked for it; null where there is none. */
  readonly untrusted: string | null;
}

/** Environment variables that name a database. */
const DATABASE_VARIABLES = ["DATABASE_URL", "PGHOST", "PGHOSTADDR"] as const;

/**
 * Adds the configuration of the project to the options.
 *
 * @throws CliError when the configuration cannot be read or makes no sense
 */
export async function projectSettings(context: CliContext, given: GlobalOptions): Promise<ProjectSettings> {
  const config = await findConfig(context.cwd);
  if (config === null) return { config, options: given, untrusted: null };
  const isHere = dirname(config.path) === resolve(context.cwd);
  const isOurs = await belongsToUs(config.path);
  if (!isHere && !isOurs) {
    await context.stderr.write(
      `${config.path} is not used: it belongs to another user; copy it to where you work\n`,
    );
    return { config: null, options: given, untrusted: null };
  }
  if (!isHere) await announce(config, context);
  const mayLoad = given.trust === true || (isHere && isOurs);
  const untrusted = given.catalogue === undefined && !mayLoad ? (config.catalogue ?? null) : null;
  return { config, options: withConfig(config, given, context, mayLoad), untrusted };
}

function withConfig(
  config: ProjectConfig,
  given: GlobalOptions,
  { env }: CliContext,
  mayLoad: boolean,
): GlobalOptions {
  const isPlaceGiven =
    given.database !== undefined ||
    given.data !== undefined ||
    DATABASE_VARIABLES.some((name) => env[name] !== undefined && env[name] !== "");
  if (!isPlaceGiven && config.database !== undefined && config.data !== undefined)
    throw new UsageError(`${config.path}: "database" and "data" exclude each other`);
  const { database, data, zone, catalogue, sets, filters } = config;
  return {
    ...(isPlaceGiven || database === undefined ? {} : { database }),
    ...(isPlaceGiven || data === undefined ? {} : { data }),
    ...(zone === undefined ? {} : { zone }),
    ...(mayLoad && catalogue !== undefined ? { catalogue } : {}),
    ...(sets?.kind === "path" ? { sets: sets.path } : {}),
    ...(filters?.kind === "path" ? { filters: filters.path } : {}),
    ...given,
  };
}

/** Whether the file is ours or the administrator's. Where files have no owners all are. */
async function belongsToUs(path: string): Promise<boolean> {
  const user = process.getuid?.();
  if (user === undefined) return true;
  const { uid } = await stat(path);
  return uid === user || uid === 0;
}

/** Name under which the announced configurations are remembered. */
const ANNOUNCED = "announced";

/** Says once to each user that the configuration is used; every time where that cannot be noted down. */
async function announce(config: ProjectConfig, { stderr, env }: CliContext): Promise<void> {
  const known = await recall(env, ANNOUNCED);
  if (known.split("\n").includes(config.path)) return;
  const place = config.database === undefined ? config.data : redactUrl(config.database);
  const names = ["database", "data", "zone", "catalogue", "sets", "filters"] as const;
  const said = names.filter((name) => config[name] !== undefined).join(", ");
  await stderr.write(
    `Using ${config.path} (${said === "" ? "empty" : said})${place === undefined ? "" : `: the store is ${place}`}\n`,
  );
  await remember(env, ANNOUNCED, `${known}${config.path}\n`);
}

/** What is said of a catalogue that was not loaded. */
export function untrustedMessage(path: string): string {
  return `${CONFIG_FILE} names the catalogue ${path}, which is code and is not loaded without --trust`;
}
