/** Reading of option values: numbers, lengths of time, parameters of filters. */
import { InvalidArgumentError } from "commander";
import type { CompiledFilter } from "../../compiler/compile.js";
import type { FieldType } from "../../compiler/catalogue/model.js";
import { durationMicros, readDurationLiteral } from "../../compiler/literals/duration.js";
import { didYouMean, nearest } from "../../compiler/values/suggest.js";
import { addUnits } from "../../compiler/values/relative-time.js";
import { dateToMicros, microsToDate } from "../../compiler/values/time.js";
import { zoneOf } from "../../compiler/values/zone.js";
import { UsageError } from "./errors.js";

/** A whole number from 1. For commander: @throws InvalidArgumentError */
export function positiveInteger(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(number) || number < 1)
    throw new InvalidArgumentError("It is a whole number from 1.");
  return number;
}

/** A whole number from 1, or `all` for no limit. For commander: @throws InvalidArgumentError */
export function limitOrAll(text: string): number {
  return text.toLowerCase() === "all" ? Infinity : positiveInteger(text);
}

/** A length of time such as `500ms`, `30s`, `5m`, in milliseconds. For commander: @throws InvalidArgumentError */
export function durationOption(text: string): number {
  const read = readDurationLiteral(text);
  if (read.kind === "problem") throw new InvalidArgumentError(`${read.problem.message}.`);
  const micros = durationMicros(read.value);
  if (micros === null) throw new InvalidArgumentError("It has no fixed length; write it in days.");
  return Number(micros / 1000n);
}

/** Names separated by commas. */
export function nameList(text: string): string[] {
  return text
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}

/** Collects an option that may be given several times. */
export function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

/**
 * The instant so long before now: `90d`, `6mo`, `1y`, by the calendar of the zone.
 *
 * @throws UsageError when it is no length of time
 */
export function timeAgo(text: string, now: Date, timeZone: string): Date {
  const read = readDurationLiteral(text);
  if (read.kind === "problem") throw new UsageError(read.problem.message);
  const { amount, unit } = read.value;
  return microsToDate(addUnits(dateToMicros(now), -amount, unit, zoneOf(timeZone)));
}

/**
 * The arguments of a filter from `NAME=VALUE` texts, read by the types that the filter infers for its parameters; of a parameter
 * that takes a list, values are separated by commas.
 *
 * @throws UsageError for a text without `=`, a name that the filter has not, a value that is not of its type
 */
export function filterArguments(texts: readonly string[], filter: CompiledFilter): Record<string, unknown> {
  const args: Record<string, unknown> = {};
  for (const text of texts) {
    const [, name = "", value = ""] = /^\$?([A-Za-z_]\w*)=(.*)$/s.exec(text) ?? [];
    if (name === "") throw new UsageError(`--param takes NAME=VALUE, not "${text}"`);
    const use = filter.parameterUses.find((one) => one.name === name);
    if (use === undefined) {
      const suggestion = didYouMean(
        nearest(
          `$${name}`,
          Object.keys(filter.parameters).map((known) => `$${known}`),
        ),
      );
      throw new UsageError(`the filter has no parameter $${name}`, suggestion || undefined);
    }
    args[name] = use.list
      ? nameList(value).map((part) => argumentValue(name, part, use.type))
      : argumentValue(name, value, use.type);
  }
  return args;
}

function argumentValue(name: string, text: string, type: FieldType): unknown {
  switch (type) {
    case "integer":
    case "float": {
      const number = Number(text);
      if (text.trim() === "" || Number.isNaN(number))
        throw new UsageError(`$${name} is a number, not "${text}"`);
      return number;
    }
    case "boolean":
      if (text !== "true" && text !== "false")
        throw new UsageError(`$${name} is true or false, not "${text}"`);
      return text === "true";
    case "duration": {
      const read = readDurationLiteral(text);
      const micros = read.kind === "value" ? durationMicros(read.value) : null;
      if (micros === null) throw new UsageError(`$${name} is a length of time such as 30s, not "${text}"`);
      return micros;
    }
    default:
      return text;
  }
}
