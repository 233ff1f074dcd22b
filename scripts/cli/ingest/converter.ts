/** The converter that the options of `ingest` name: one of ours, or a module of the user's. */
import { access } from "node:fs/promises";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { didYouMean, nearest } from "../../../compiler/values/suggest.js";
import { CONVERTERS, converterOf } from "../../../runtime/events/converters/index.js";
import {
  refused,
  skipped,
  type ConvertedRecord,
  type FeedRecord,
} from "../../../runtime/events/converters/model.js";
import type { IdeaEvent } from "../../../runtime/events/idea-event.js";
import { CliError, UsageError } from "../errors.js";
import { requireUtf8Modules } from "../utf8-modules.js";

/** Makes any number of events of a record. */
export type FeedConverter = (record: FeedRecord) => readonly ConvertedRecord[];

/** Names of the formats for `--from`. */
export const FORMAT_NAMES: readonly string[] = CONVERTERS.map(({ name }) => name);

/** Formats that need no converter: their files hold events. */
const EVENTS: ReadonlySet<string> = new Set(["idea", "warden"]);

/**
 * The converter for the options; undefined where the input holds events.
 *
 * @throws UsageError for an unknown format; CliError for a module that cannot be loaded or is no converter
 */
export async function findConverter(options: {
  readonly from?: string | undefined;
  readonly converter?: string | undefined;
}): Promise<FeedConverter | undefined> {
  const { from, converter: path } = options;
  if (path !== undefined) return loadConverter(path);
  if (from === undefined || EVENTS.has(from)) return undefined;
  const converter = converterOf(from);
  if (converter !== undefined) return (record) => [converter.convert(record)];
  const hint = didYouMean(nearest(from, FORMAT_NAMES));
  throw new UsageError(
    `--from: there is no format "${from}"; there are ${FORMAT_NAMES.join(", ")}`,
    hint === "" ? undefined : hint,
  );
}

const SHAPE =
  "its default export has to be a function, or an object with a function `convert`, that takes a record and returns an IDEA event, " +
  "a list of events, or null for a record to skip";

async function loadConverter(path: string): Promise<FeedConverter> {
  await access(path).catch((error: unknown) => {
    throw new CliError(`--converter: ${path} cannot be read`, undefined, { cause: error });
  });
  await requireUtf8Modules(path, "--converter");
  const module = await import(pathToFileURL(resolve(path)).href).then(
    (loaded: unknown) => loaded as Readonly<Record<string, unknown>>,
    (error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      throw new CliError(`--converter: ${path} cannot be loaded: ${reason}`, undefined, { cause: error });
    },
  );
  const convert =
    functionOf(module["default"]) ?? functionOf(module["converter"]) ?? functionOf(module["convert"]);
  if (convert === undefined) throw new CliError(`--converter: ${path} is no converter`, SHAPE);
  return (record) => {
    try {
      return conversionsOf(convert(record));
    } catch (error) {
      return [
        refused("$", `the converter failed: ${error instanceof Error ? error.message : String(error)}`),
      ];
    }
  };
}

type ConvertFunction = (record: FeedRecord) => unknown;

function functionOf(exported: unknown): ConvertFunction | undefined {
  if (typeof exported === "function") return exported as ConvertFunction;
  if (typeof exported !== "object" || exported === null || !("convert" in exported)) return undefined;
  const { convert } = exported;
  return typeof convert === "function"
    ? (record) => (convert as ConvertFunction).call(exported, record)
    : undefined;
}

function conversionsOf(result: unknown): readonly ConvertedRecord[] {
  if (result === null || result === undefined) return [skipped("record")];
  if (Array.isArray(result)) return (result as readonly unknown[]).flatMap(conversionsOf);
  if (typeof result !== "object")
    return [refused("$", `the converter returned ${typeof result}, not an event`)];
  if (result instanceof Promise)
    return [refused("$", "the converter is asynchronous; it has to return the event")];
  if (isConversion(result)) return [result];
  return [{ kind: "event", event: result as IdeaEvent }];
}

/** What our own converters return may be returned, too. */
function isConversion(result: object): result is ConvertedRecord {
  if (!("kind" in result)) return false;
  const { kind } = result;
  return (
    (kind === "event" && "event" in result) ||
    (kind === "skipped" && "what" in result) ||
    (kind === "refused" && "reason" in result)
  );
}
