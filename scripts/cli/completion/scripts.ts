/** The scripts with which bash, zsh and fish complete commands, options and the values of options. */
import type { KnownCommand, KnownOption } from "./known.js";

/** The shells that scripts are made for. */
export const SHELLS = ["bash", "zsh", "fish"] as const;

/** One of {@link SHELLS}. */
export type Shell = (typeof SHELLS)[number];

const NAMES = "eventstore idea-eventstore";

/** The script of a shell. */
export function completionScript(shell: Shell, commands: readonly KnownCommand[]): string {
  return SCRIPTS[shell](commands).join("\n") + "\n";
}

const SCRIPTS: Readonly<Record<Shell, (commands: readonly KnownCommand[]) => readonly string[]>> = {
  bash: (commands) => [
    "_eventstore() {",
    '  local current="${COMP_WORDS[COMP_CWORD]}" command="" option="" word',
    // Bash takes --database=URL apart.
    '  [[ "$current" != "=" ]] || current=""',
    '  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do',
    '    case "$word" in "="|":") [[ -n "$option" ]] || option="="; continue ;; esac',
    ...findCommand(commands),
    "  done",
    '  case "$command $option" in',
    ...choiceCases(commands, (words) => `COMPREPLY=($(compgen -W "${words}" -- "$current")); return ;;`),
    "  esac",
    '  [[ -z "$option" ]] || { COMPREPLY=(); return; }',
    '  case "$command" in',
    ...commandCases(commands, (words) => `COMPREPLY=($(compgen -W "${words}" -- "$current")) ;;`),
    "  esac",
    "}",
    `complete -o default -F _eventstore ${NAMES}`,
  ],
  zsh: (commands) => [
    `#compdef ${NAMES}`,
    "_eventstore() {",
    '  local command="" option="" word',
    "  local -a described",
    '  for word in "${(@)words[2,CURRENT-1]}"; do',
    ...findCommand(commands),
    "  done",
    '  case "$command $option" in',
    ...choiceCases(commands, (words) => `compadd -- ${words}; return ;;`),
    "  esac",
    '  if [[ -n "$option" ]]; then _files; return; fi',
    '  if [[ -z "$command" && "$words[CURRENT]" != -* ]]; then',
    "    described=(",
    ...named(commands).map(({ name, summary }) => `      '${name}:${quoted(summary)}'`),
    "      'help:show help for a command'",
    "    )",
    "    _describe command described; return",
    "  fi",
    '  case "$command" in',
    ...commandCases(commands, (words) => `compadd -- ${words} ;;`),
    "  esac",
    '  [[ "$words[CURRENT]" == -* ]] || _files',
    "}",
    // As a file in $fpath it is the function; sourced it defines it.
    `if [[ "$funcstack[1]" == _eventstore ]]; then _eventstore "$@"; else compdef _eventstore ${NAMES}; fi`,
  ],
  fish: (commands) => NAMES.split(" ").flatMap((program) => fishLines(program, commands)),
};

/** Lines of a loop over the words before: which command it is, after global options with their values; `option` is one that waits for its value. */
function findCommand(commands: readonly KnownCommand[]): readonly string[] {
  const inner = commands.flatMap(({ name }) => (name.includes(" ") ? [`"${name}"`] : []));
  return [
    '    if [[ -n "$option" ]]; then option=""; continue; fi',
    '    case "$word" in',
    `      ${valueFlags(commands).join("|")}) option="$word" ;;`,
    "      -*) ;;",
    '      *) if [[ -z "$command" ]]; then command="$word"',
    `         else case "$command $word" in ${inner.join("|")}) command="$command $word" ;; esac; fi ;;`,
    "    esac",
  ];
}

/** Options that take a value in every command that has them: of others the next word may be an argument. */
function valueFlags(commands: readonly KnownCommand[]): readonly string[] {
  const all = commands.flatMap(({ options }) => options);
  const without = new Set(all.flatMap(({ takesValue, flags }) => (takesValue ? [] : flags)));
  return [...new Set(all.flatMap(({ takesValue, flags }) => (takesValue ? flags : [])))].filter(
    (flag) => !without.has(flag),
  );
}

/** Cases of "command option" whose values are known. */
function choiceCases(
  commands: readonly KnownCommand[],
  complete: (words: string) => string,
): readonly string[] {
  return commands.flatMap(({ name, options }) =>
    options.flatMap(({ flags, choices }) =>
      choices.length === 0
        ? []
        : [`    ${flags.map((flag) => `"${name} ${flag}"`).join("|")}) ${complete(choices.join(" "))}`],
    ),
  );
}

/** A case for each command, and one for none. */
function commandCases(
  commands: readonly KnownCommand[],
  complete: (words: string) => string,
): readonly string[] {
  const shared = commands[0]?.words.filter((word) => word.startsWith("-")) ?? [];
  const names = named(commands).map(({ name }) => name);
  return [
    ...commands
      .slice(1)
      .map(({ name, words }) => `    "${name}") ${complete([...words, ...shared, "--help"].join(" "))}`),
    `    help) ${complete(names.join(" "))}`,
    `    "") ${complete([...names, ...shared, "help", "--help"].join(" "))}`,
  ];
}

/** The commands that are called by one word. */
function named(commands: readonly KnownCommand[]): readonly KnownCommand[] {
  return commands.filter(({ name }) => name !== "" && !name.includes(" "));
}

function fishLines(program: string, commands: readonly KnownCommand[]): readonly string[] {
  const lines: string[] = [];
  const add = (condition: string, rest: string): void =>
    void lines.push(`complete -c ${program}${condition === "" ? "" : ` -n '${condition}'`} ${rest}`);
  const names = named(commands).map(({ name }) => name);
  // Not __fish_use_subcommand, which takes the value of a global option for a command.
  const isOpen = `not __fish_seen_subcommand_from help ${names.join(" ")}`;
  for (const { name, summary } of named(commands)) add(isOpen, `-f -a ${name} -d '${quoted(summary)}'`);
  add(isOpen, "-f -a help -d 'show help for a command'");
  add("__fish_seen_subcommand_from help", `-f -a '${names.join(" ")}'`);
  add("", "-s h -l help -d 'show help'");
  for (const { name, options, next } of commands) {
    const condition = name
      .split(" ")
      .map((word) => (word === "" ? "" : `__fish_seen_subcommand_from ${word}`))
      .join("; and ");
    if (name !== "" && next.length > 0) add(condition, `-f -a '${next.join(" ")}'`);
    for (const option of options) add(condition, fishOption(option));
  }
  return lines;
}

function fishOption({ flags, description, takesValue, choices }: KnownOption): string {
  const spellings = flags.map((flag) =>
    flag.startsWith("--") ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`,
  );
  const value = choices.length > 0 ? `-x -a '${choices.join(" ")}'` : takesValue ? "-r" : "";
  return [...spellings, value, `-d '${quoted(description)}'`].filter((part) => part !== "").join(" ");
}

/** A text within single quotes of any of the shells. */
function quoted(text: string): string {
  return text.replaceAll(/['\\\n]/g, "").replaceAll(":", "");
}
