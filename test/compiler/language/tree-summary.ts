/** A typed tree as a few readable lines, for golden files. */
import type { AtomTest, Condition } from "../../../compiler/tree.js";
import { formatIpRange, type IpRange } from "../../../compiler/values/ip-range.js";

/** One line for each node, indented by its depth. */
export function treeSummary(condition: Condition, depth = 0): string {
  const line = (text: string, ...inner: readonly Condition[]) =>
    ["  ".repeat(depth) + text, ...inner.map((part) => treeSummary(part, depth + 1))].join("\n");
  switch (condition.kind) {
    case "constant":
      return line(String(condition.value));
    case "and":
    case "or":
    case "xor":
      return line(condition.kind, ...condition.operands);
    case "not":
      return line("not", condition.operand);
    case "has":
      return line(`${condition.negated ? "not " : ""}has ${condition.group.name}`, condition.condition);
    case "atom": {
      const columns = condition.fields.map(({ column }) => column).join(" + ");
      const shape = condition.list ? `${condition.quantifier} of ` : "";
      return line(`${condition.negated ? "not " : ""}${shape}${columns} ${testSummary(condition.test)}`);
    }
  }
}

function testSummary({ kind, ...rest }: AtomTest): string {
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
