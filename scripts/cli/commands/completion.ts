/** `eventstore completion`: a script with which a shell completes commands and options. */
import { Argument, type Command } from "commander";
import { builtCommands, knownCommands } from "../completion/known.js";
import { completionScript, SHELLS, type Shell } from "../completion/scripts.js";
import type { CliContext } from "../context.js";
import { examples, formatOption, type ReportFormat } from "../help.js";
import { jsonText } from "../render/json.js";

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
        ["source <(eventstore completion zsh)", "in ~/.zshrc, after compinit"],
        ["eventstore completion fish > ~/.config/fish/completions/eventstore.fish"],
      ]),
    )
    .addOption(formatOption())
    .action(async (shell: Shell, { format }: { readonly format: ReportFormat }) => {
      const { stdout } = context;
      const commands = builtCommands() ?? knownCommands(program);
      const script = completionScript(shell, commands);
      await stdout.write(format === "json" ? jsonText({ shell, script, commands }, stdout) + "\n" : script);
    });
}
