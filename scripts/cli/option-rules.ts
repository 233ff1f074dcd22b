/** Options that mean nothing beside another one, or without it: each command declares its own, and what breaks a rule is refused before anything is done. */
import type { Command, Option } from "commander";
import { UsageError } from "./errors.js";

/** An option by its long name, `--watch`; one that has some of its values, `--format table|csv`; or the name of an argument, `FILE`. */
type Use = string;

/** What an option needs beside it, and what it can't be beside. */
export interface OptionRule {
  readonly option: string;
  /** All of these have to be there. */
  readonly with?: readonly Use[];
  /** None of these may be there. */
  readonly without?: readonly Use[];
  /** Why, in a few words: the hint below the message. */
  readonly why: string;
}

/** Declares which options of a command go together. Options that every command takes may be named as well. */
export function optionRules(command: Command, rules: readonly OptionRule[]): Command {
  return command.hook("preAction", (_, self) => {
    for (const rule of rules) check(self, rule);
  });
}

function check(command: Command, { option, with: needed = [], without = [], why }: OptionRule): void {
  // All are looked at, so that a rule about an option that is not there can't hide.
  const isSaid = isThere(command, option);
  const missing = needed.filter((use) => !isThere(command, use));
  const others = without.filter((use) => isThere(command, use));
  if (!isSaid) return;
  for (const use of missing) throw new UsageError(`${option} goes with ${inWords(use)}`, why);
  for (const use of others) throw new UsageError(`${option} and ${inWords(use)} exclude each other`, why);
}

/** Whether it is in effect: written on the command line, or with one of its values by default as well. */
function isThere(command: Command, use: Use): boolean {
  const [name, values] = partsOf(use);
  if (!name.startsWith("-")) return command.args.length > 0;
  const [owner, option] = ownerOf(command, name);
  const key = option.attributeName();
  if (values === null) return owner.getOptionValueSource(key) === "cli";
  return values.includes(String(owner.getOptionValue(key)));
}

/** An option, and the command that takes it: this one, or one that it is part of. */
function ownerOf(command: Command, name: string): readonly [Command, Option] {
  for (const owner of [command, ...ancestors(command)]) {
    const option = owner.options.find(({ long }) => long === name);
    if (option !== undefined) return [owner, option];
  }
  throw new Error(`there is no option ${name}`);
}

function ancestors({ parent }: Command): readonly Command[] {
  return parent === null ? [] : [parent, ...ancestors(parent)];
}

/** The name of a use, and the values that it takes; null for any. */
function partsOf(use: Use): readonly [name: string, values: readonly string[] | null] {
  const [name = "", values] = use.split(" ");
  return [name, values?.split("|") ?? null];
}

/** `--format table or csv`. */
function inWords(use: Use): string {
  return use.replaceAll("|", " or ");
}
