/** `eventstore generate`: typed statements and filter functions. */
import type { Command } from "commander";
import type { CliContext } from "../context.js";

/** Adds `generate`. */
export function addGenerateCommand(program: Command, context: CliContext): void {
  void program;
  void context;
}
