/** A fix of an error is offered only where the text compiles with it, or is left with errors that it had before. */
import type { Diagnostic, Fix } from "../grammar/diagnostic.js";
import { applyEdits } from "../grammar/report.js";

/** What is wrong with a text. */
type Analyse = (text: string) => readonly Diagnostic[];

/** Characters that are read again at most, to try fixes; the first is tried in a text of any length. */
const MAX_READ = 16_384;

/** The diagnostics, with those fixes of their errors that prove to be ones. What is not tried is not offered. */
export function withSoundFixes(
  text: string,
  diagnostics: readonly Diagnostic[],
  analyse: Analyse,
): readonly Diagnostic[] {
  const trial: Trial = { analyse, read: 0 };
  const whole = errorsOf(diagnostics);
  return diagnostics.map((diagnostic) => {
    const { severity, fixes, inside, message } = diagnostic;
    if (severity !== "error") return diagnostic;
    const sound = fixes.filter((fix) => isSound(text, fix, without(whole, diagnostic), trial));
    if (inside === undefined || inside.fixes.length === 0)
      return sound.length === fixes.length ? diagnostic : { ...diagnostic, fixes: sound };
    // What a saved filter lacks is seen in that filter.
    const fitting = inside.fixes.filter((fix) =>
      isSound(inside.text, fix, innerErrors(inside.text, message, analyse), trial),
    );
    return { ...diagnostic, fixes: sound, inside: { ...inside, fixes: fitting } };
  });
}

/** The errors of a saved filter but the one that the message, which names the filter, is about. */
function innerErrors(text: string, message: string, analyse: Analyse): readonly string[] {
  const errors = analyse(text).filter(({ severity }) => severity === "error");
  const own = errors.find((error) => message.endsWith(error.message));
  return own === undefined ? errorsOf(errors) : without(errorsOf(errors), own);
}

interface Trial {
  readonly analyse: Analyse;
  /** Characters that were read again so far. */
  read: number;
}

/** Whether the text with the fix has no errors but some of `left`. */
function isSound(text: string, fix: Fix, left: readonly string[], trial: Trial): boolean {
  if (trial.read > 0 && trial.read + text.length > MAX_READ) return false;
  trial.read += text.length;
  const open = [...left];
  return errorsOf(trial.analyse(applyEdits(text, fix.edits))).every((error) => {
    const position = open.indexOf(error);
    if (position >= 0) open.splice(position, 1);
    return position >= 0;
  });
}

function errorsOf(diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics.filter(({ severity }) => severity === "error").map(signature);
}

function signature({ code, message }: Diagnostic): string {
  return `${code} ${message}`;
}

function without(errors: readonly string[], diagnostic: Diagnostic): readonly string[] {
  const position = errors.indexOf(signature(diagnostic));
  return errors.filter((_, index) => index !== position);
}
