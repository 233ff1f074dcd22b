/** `eventstore.config.json`: what a project says once for every command and for the editor. */
import { isUtf8 } from "node:buffer";
import { readFile } from "node:fs/promises";
import { dirname, isAbsolute, join, resolve } from "node:path";
import type { NamedSets, SavedFilters, SetMember } from "../../compiler/resolve/context.js";
import { didYouMean, nearest } from "../../compiler/values/suggest.js";
import { utf8Problem } from "../../runtime/events/utf8.js";
import { CliError } from "./errors.js";
import { parseJsonText } from "./json-text.js";

/** Name of the file, in the current folder or above it. */
export const CONFIG_FILE = "eventstore.config.json";

/** Where named things come from: a path, or the things themselves. */
export type ConfigSource<T> =
  { readonly kind: "path"; readonly path: string } | { readonly kind: "given"; readonly value: T };

/** A project's configuration; all paths are absolute. */
export interface ProjectConfig {
  /** The file itself. */
  readonly path: string;
  /** URL of the database, as `--database`. */
  readonly database?: string;
  /** Folder of the private store, as `--data`. */
  readonly data?: string;
  /** Time zone, as `--zone`. */
  readonly zone?: string;
  /** Module with the catalogue, as `--catalogue`. It is code: who reads the configuration decides whether to load it. */
  readonly catalogue?: string;
  /** File of named sets, as `--sets`, or the sets themselves. */
  readonly sets?: ConfigSource<NamedSets>;
  /** Folder of saved filters, as `--filters`, or the filters themselves. */
  readonly filters?: ConfigSource<SavedFilters>;
}

const KEYS = ["database", "data", "zone", "catalogue", "sets", "filters"] as const;

/**
 * The configuration of the folder or of the nearest folder above it; null when there is none.
 *
 * @throws CliError when the file cannot be read or makes no sense
 */
export async function findConfig(folder: string): Promise<ProjectConfig | null> {
  for (let place = resolve(folder); ; place = dirname(place)) {
    const path = join(place, CONFIG_FILE);
    const bytes = await readFile(path).catch((error: unknown) => {
      if (isAbsent(error)) return null;
      throw new CliError(`${path} cannot be read`, undefined, { cause: error });
    });
    if (bytes !== null && !isUtf8(bytes)) throw new CliError(`${path}: ${utf8Problem(bytes)}`);
    if (bytes !== null) return readConfig(path, bytes.toString("utf8"));
    if (dirname(place) === place) return null;
  }
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");
}

/**
 * Reads the text of a configuration.
 *
 * @throws CliError when it makes no sense
 */
export function readConfig(path: string, text: string): ProjectConfig {
  const values = parsed(path, text);
  for (const key of Object.keys(values))
    if (key !== "$schema" && !KEYS.some((known) => known === key))
      throw new CliError(
        `${path}: there is no setting "${key}"`,
        didYouMean(nearest(key, KEYS)) || `the settings are ${KEYS.join(", ")}`,
      );
  const folder = dirname(path);
  const absolute = (given: string): string => (isAbsolute(given) ? given : join(folder, given));
  const text_ = (key: (typeof KEYS)[number]): string | undefined => {
    const value = values[key];
    if (value === undefined || typeof value === "string") return value;
    throw new CliError(`${path}: "${key}" is a text`);
  };
  const [data, catalogue] = [text_("data"), text_("catalogue")];
  const [database, zone] = [text_("database"), text_("zone")];
  const sets = sourceOf(values["sets"], isSets, absolute);
  if (sets === null)
    throw new CliError(
      `${path}: "sets" is the path of a JSON file, or an object of lists`,
      'write "sets": {"campus": ["192.0.2.0/24"]}',
    );
  const filters = sourceOf(values["filters"], isFilters, absolute);
  if (filters === null)
    throw new CliError(
      `${path}: "filters" is the path of a folder, or an object of texts`,
      'write "filters": "filters"',
    );
  return {
    path,
    ...(database === undefined ? {} : { database }),
    ...(data === undefined ? {} : { data: absolute(data) }),
    ...(zone === undefined ? {} : { zone }),
    ...(catalogue === undefined ? {} : { catalogue: absolute(catalogue) }),
    ...(sets === undefined ? {} : { sets }),
    ...(filters === undefined ? {} : { filters }),
  };
}

function parsed(path: string, text: string): Readonly<Record<string, unknown>> {
  const value = parseJsonText(text, path);
  if (!isRecord(value))
    throw new CliError(
      `${path} is not an object of settings`,
      'write {"filters": "filters", "sets": "sets.json"}',
    );
  return value;
}

/** Undefined when nothing is given, null when it is neither a path nor the things themselves. */
function sourceOf<T>(
  value: unknown,
  isValue: (value: unknown) => value is T,
  absolute: (path: string) => string,
): ConfigSource<T> | undefined | null {
  if (value === undefined) return undefined;
  if (typeof value === "string") return { kind: "path", path: absolute(value) };
  return isValue(value) ? { kind: "given", value } : null;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether a value is an object of lists of texts and numbers. */
export function isSets(value: unknown): value is Readonly<Record<string, readonly SetMember[]>> {
  const isMember = (member: unknown): boolean => typeof member === "string" || typeof member === "number";
  return (
    isRecord(value) &&
    Object.values(value).every((members) => Array.isArray(members) && members.every(isMember))
  );
}

function isFilters(value: unknown): value is SavedFilters {
  return isRecord(value) && Object.values(value).every((text) => typeof text === "string");
}
