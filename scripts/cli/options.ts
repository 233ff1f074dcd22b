/** Reading of option values: numbers, lengths of time. */
import { InvalidArgumentError } from "commander";
import { durationMicros, readDurationLiteral } from "../../compiler/literals/duration.js";
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

/** Collects an option that may be given several times. */
export function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

/**
 * The instant so long before now: `90d`, `6mo`, `1y`, by the calendar of the zone.
 *
 * @throws UsageError naming the option when it is no length of time
 */
export function timeAgo(
  option: "--older-than" | "--keep",
  text: string,
  { now, timeZone }: { readonly now: Date; readonly timeZone: string },
): Date {
  const read = readDurationLiteral(text);
  if (read.kind === "problem") throw new UsageError(`${option}: ${read.problem.message}`);
  const { amount, unit } = read.value;
  return microsToDate(addUnits(dateToMicros(now), -amount, unit, zoneOf(timeZone)));
}
