/** Values of boolean fields. */
import type { AtomTest } from "../tree.js";
import type { ResolveContext } from "./context.js";
import { slotOf } from "./parameters.js";
import { reportType } from "./values.js";
import type { Comparison } from "./comparison.js";
import type { Target } from "./target.js";

/** `f = true`, `f = $flag`; null after an error. */
export function readBooleanTest(
  target: Target,
  comparison: Comparison,
  context: ResolveContext,
): AtomTest | null {
  const value = comparison.items[0];
  if (value === undefined || value.kind === "range") return null;
  if (value.kind === "parameter") {
    const slot = slotOf(value, { type: "boolean", list: false }, context);
    return slot && { kind: "boolean", value: slot };
  }
  const word = value.kind === "atom" ? value.text.toLowerCase() : "";
  if (word === "true" || word === "false") return { kind: "boolean", value: word === "true" };
  reportType(target, value, context, { hint: "write true or false", meant: meantBoolean(word) });
  return null;
}

/** What other languages write for truth values. */
function meantBoolean(word: string): "true" | "false" | undefined {
  if (/^(?:yes|y|t|on|1)$/.test(word)) return "true";
  return /^(?:no|n|f|off|0)$/.test(word) ? "false" : undefined;
}
