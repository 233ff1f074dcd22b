/** What a shell completes: the commands and their options, as the commands themselves say, or as the build has listed them. */
import { readFileSync } from "node:fs";
import type { Command, Option } from "commander";

/** An option of a command. */
export interface KnownOption {
  /** Its spellings: `-f`, `--format`. */
  readonly flags: readonly string[];
  readonly description: string;
  readonly takesValue: boolean;
  /** The values that it takes; empty where that is open. */
  readonly choices: readonly string[];
}

/** A command with what may follow it. */
export interface KnownCommand {
  /** `search`, `partitions merge`; empty for the program itself, whose options all commands take. */
  readonly name: string;
  readonly summary: string;
  /** Its options and the names of the commands within it. */
  readonly words: readonly string[];
  readonly options: readonly KnownOption[];
  /** The names of the commands within it, or the values of its first argument. */
  readonly next: readonly string[];
}

/** The commands of a program, itself first. */
export function knownCommands(program: Command): readonly KnownCommand[] {
  return [
    describe(program, ""),
    ...program.commands.flatMap((command) => [
      describe(command, command.name()),
      ...command.commands.map((inner) => describe(inner, `${command.name()} ${inner.name()}`)),
    ]),
  ];
}

function describe(command: Command, name: string): KnownCommand {
  const options = command.options.filter(({ hidden }) => !hidden).map(describeOption);
  const [argument] = command.registeredArguments;
  const next =
    command.commands.length > 0
      ? command.commands.map((inner) => inner.name())
      : (argument?.argChoices ?? []);
  const summary = command.summary() || command.description().split("\n")[0] || "";
  return { name, summary, words: [...next, ...options.flatMap(({ flags }) => flags)], options, next };
}

function describeOption({ short, long, description, required, optional, argChoices }: Option): KnownOption {
  return {
    flags: [short, long].filter((flag) => flag !== undefined),
    description,
    takesValue: required || optional,
    choices: argChoices ?? [],
  };
}

/** Where the build lists the commands, so that completing one loads none of them. */
export const BUILT_LIST = "commands.json";

/** The list that the build has made; null where the command runs from its sources. */
export function builtCommands(): readonly KnownCommand[] | null {
  try {
    return JSON.parse(readFileSync(new URL(BUILT_LIST, import.meta.url), "utf8")) as readonly KnownCommand[];
  } catch {
    return null;
  }
}
