/** A condition as a few readable lines: for `explain --passes` and golden files. */
import { children } from "../condition-parts.js";
import type { AtomTest, Condition } from "../tree.js";
import { formatIpRange, type IpRange } from "../values/ip-range.js";

/** One line for each node, indented by its depth. */
export function conditionText(condition: Condition, depth = 0): string {
  return [
    "  ".repeat(depth) + nodeText(condition),
    ...children(condition).map((child) => conditionText(child, depth + 1)),
  ].join("\n");
}

function nodeText(condition: Condition): string {
  switch (condition.kind) {
    case "constant":
      return String(condition.value);
    case "has":
      return `${condition.negated ? "not " : ""}has ${condition.group.name}${condition.count === undefined ? "" : ` ${testText({ kind: "count", set: condition.count })}`}`;
    case "atom": {
      const columns = condition.fields.map(({ column }) => column).join(" + ");
      const shape = condition.list ? `${condition.quantifier} of ` : "";
      return `${condition.negated ? "not " : ""}${shape}${columns} ${testText(condition.test)}`;
    }
    case "and":
    case "or":
    case "xor":
    case "not":
      return condition.kind;
  }
}

function testText({ kind, ...rest }: AtomTest): string {
  const details = JSON.stringify(rest, (key, value: unknown) => {
    if (key === "tree" || key === "words") return undefined;
    if (isRange(value)) return formatIpRange(value);
    return typeof value === "bigint" ? `${value}n` : value;
  });
  const readable = details
    .replace(/"(\w+)":/g, "$1: ")
    .replaceAll('"', "")
    .replaceAll(",", ", ");
  return details === "{}" ? kind : `${kind} ${readable}`;
}

function isRange(value: unknown): value is IpRange {
  return typeof value === "object" && value !== null && "family" in value && "first" in value;
}
