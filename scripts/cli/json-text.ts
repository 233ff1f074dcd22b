/** JSON of files that people write: configurations, sets. */
import { jsonProblem } from "../../runtime/events/json-problem.js";
import { CliError } from "./errors.js";

/**
 * The value of a text.
 *
 * @param place what the text is of, for the message: `--sets: nets.json`
 * @throws CliError with line and column; it repeats nothing of the text, which may hold a password, and neither does its cause: it has none
 */
export function parseJsonText(text: string, place: string, hint?: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new CliError(`${place} is not JSON${whereOf(text)}`, hint);
  }
}

function whereOf(text: string): string {
  const problem = jsonProblem(text);
  if (problem === null) return "";
  const before = text.slice(0, problem.offset).split("\n");
  const reason = problem.ends ? "it ends too early" : problem.reason.replace(/, found .*$/su, "");
  return `: line ${before.length}, column ${(before.at(-1) ?? "").length + 1}: ${reason}`;
}
