/** `eventstore completion`: a script with which a shell completes commands and options. */
import { Argument, type Command } from "commander";
import type { CliContext } from "../context.js";
import { examples, formatOption, type ReportFormat } from "../help.js";
import { jsonText } from "../render/json.js";

const SHELLS = ["bash", "zsh", "fish"] as const;

/** One of the shells that scripts are made for. */
export type Shell = (typeof SHELLS)[number];

/** A command with the words that may follow it. */
interface Known {
  readonly name: string;
  readonly summary: string;
  readonly words: readonly string[];
}

/** Adds `completion`. */
export function addCompletionCommand(program: Command, context: CliContext): void {
  program
    .command("completion")
    .summary("print a script that completes commands and options in a shell")
    .description("Print a script with which a shell completes the commands of eventstore and their options.")
    .addArgument(new Argument("<SHELL>", "the shell").choices(SHELLS))
    .addHelpText(
      "after",
      examples([
        ["source <(eventstore completion bash)", "in ~/.bashrc"],
        ["eventstore completion fish > ~/.config/fish/completions/eventstore.fish"],
      ]),
    )
    .addOption(formatOption())
    .action(async (shell: Shell, { format }: { readonly format: ReportFormat }) => {
      const { stdout } = context;
      const words = known(program);
      const script = SCRIPTS[shell](words);
      await stdout.write(
        format === "json" ? jsonText({ shell, script, commands: words }, stdout) + "\n" : script,
      );
    });
}

/** The commands of a program, and under an empty name the options that all take. */
function known(program: Command): readonly Known[] {
  const flags = (command: Command): string[] =>
    command.options.flatMap(({ short, long }) => [short, long].filter((flag) => flag !== undefined));
  const commands = program.commands.map((command) => ({
    name: command.name(),
    summary: command.summary() || command.description().split("\n")[0] || "",
    words: [...flags(command), ...command.commands.map((inner) => inner.name())],
  }));
  return [
    { name: "", summary: "", words: [...flags(program), ...commands.map(({ name }) => name)] },
    ...commands,
  ];
}

const NAMES = "eventstore idea-eventstore";

const SCRIPTS: Readonly<Record<Shell, (known: readonly Known[]) => string>> = {
  bash: (all) =>
    [
      "_eventstore() {",
      '  local current="${COMP_WORDS[COMP_CWORD]}" command="" word',
      '  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do case "$word" in -*) ;; *) command="$word"; break ;; esac; done',
      '  case "$command" in',
      ...all
        .slice(1)
        .map(
          ({ name, words }) =>
            `    ${name}) COMPREPLY=($(compgen -W "${words.join(" ")} --help" -- "$current")) ;;`,
        ),
      `    *) COMPREPLY=($(compgen -W "${all[0]?.words.join(" ") ?? ""} help --help" -- "$current")) ;;`,
      "  esac",
      '  [[ ${#COMPREPLY[@]} -gt 0 || "$current" == -* ]] || COMPREPLY=($(compgen -f -- "$current"))',
      "}",
      `complete -F _eventstore ${NAMES}`,
      "",
    ].join("\n"),
  zsh: (all) =>
    [
      `#compdef ${NAMES}`,
      "_eventstore() {",
      "  local -a commands",
      "  commands=(",
      ...all.slice(1).map(({ name, summary }) => `    '${name}:${quoted(summary)}'`),
      "  )",
      "  if (( CURRENT == 2 )); then _describe command commands; return; fi",
      '  case "$words[2]" in',
      ...all.slice(1).map(({ name, words }) => `    ${name}) compadd -- ${words.join(" ")} --help ;;`),
      "  esac",
      "  _files",
      "}",
      `compdef _eventstore ${NAMES}`,
      "",
    ].join("\n"),
  fish: (all) =>
    NAMES.split(" ")
      .flatMap((program) => [
        ...all
          .slice(1)
          .flatMap(({ name, summary, words }) => [
            `complete -c ${program} -n __fish_use_subcommand -a ${name} -d '${quoted(summary)}'`,
            `complete -c ${program} -n '__fish_seen_subcommand_from ${name}' -a '${words.join(" ")}'`,
          ]),
      ])
      .join("\n") + "\n",
};

function quoted(text: string): string {
  return text.replaceAll("'", "").replaceAll(":", "");
}
