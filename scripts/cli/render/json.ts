/** JSON for a stream. */
import type { Output } from "./output.js";
import { printableJson } from "./text.js";

/** A value as JSON; on a terminal with the characters escaped that would steer it. */
export function jsonText(value: unknown, output: Pick<Output, "isTerminal">, indent?: number): string {
  const text = JSON.stringify(value, null, indent);
  return output.isTerminal ? printableJson(text) : text;
}
