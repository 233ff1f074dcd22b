/** JSON for a stream. */
import type { Output } from "./output.js";
import { printableJson } from "./text.js";

/** A value as JSON; on a terminal with the characters escaped that would steer it. An integer beyond 2^53 is a text of its digits. */
export function jsonText(value: unknown, output: Pick<Output, "isTerminal">, indent?: number): string {
  const text = JSON.stringify(value, withIntegers, indent);
  return output.isTerminal ? printableJson(text) : text;
}

function withIntegers(_key: string, value: unknown): unknown {
  if (typeof value !== "bigint") return value;
  return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
}
