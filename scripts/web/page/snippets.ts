/** A view in other words: for a shell, a program, a database. */
import type { Catalogue } from "../../../compiler/catalogue/model.js";
import type { ExplainAnswer, ViewQuery } from "../shared/answers.js";
import { rolesOf } from "../shared/catalogue-roles.js";

/** The filter with the time that is looked at. */
export function wholeFilter({ filter, from, to }: ViewQuery, catalogue: Catalogue): string {
  const { time } = rolesOf(catalogue);
  const bounds = [from === null ? [] : [`${time} >= ${from}`], to === null ? [] : [`${time} < ${to}`]].flat();
  const own =
    filter.trim() === ""
      ? []
      : bounds.length === 0
        ? [filter.trim()]
        : [`(${filter.trim()}${filter.includes("#") ? "\n" : ""})`];
  return [...own, ...bounds].join(" and ");
}

const inQuotes = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** For a POSIX shell. */
export function commandLine(query: ViewQuery, catalogue: Catalogue): string {
  const zone = query.zone === "UTC" ? "" : ` --zone ${query.zone}`;
  const params = query.params.map((param) => ` -p ${inQuotes(param)}`).join("");
  return `eventstore search ${inQuotes(wholeFilter(query, catalogue))}${params}${zone}`;
}

/** A program that searches; values of parameters are in it as those of their types. */
export function typeScriptText(
  query: ViewQuery,
  { arguments: given }: Pick<ExplainAnswer, "arguments">,
  catalogue: Catalogue,
): string {
  const zone = query.zone === "UTC" ? "" : `{ timeZone: ${JSON.stringify(query.zone)} }`;
  const values = Object.entries(given).map(([name, value]) => `${name}: ${value}`);
  const args = values.length === 0 ? "" : `, args: { ${values.join(", ")} }`;
  return [
    `import { openStorage } from "idea-eventstore";`,
    ``,
    `const storage = await openStorage(${zone});`,
    `const { events } = await storage.searchEvents({ filter: ${JSON.stringify(wholeFilter(query, catalogue))}${args} });`,
    `await storage.close();`,
  ].join("\n");
}

/** With the values written in, so that it runs as it is; the placeholders stay where a `$parameter` has no value. */
export function sqlText(
  { sql, values }: Pick<ExplainAnswer, "sql" | "values">,
  catalogue: Catalogue,
): string {
  const { id, time } = rolesOf(catalogue);
  const column = (name: string): string => {
    const field = catalogue.fields.find((one) => one.name === name);
    return field?.kind === "stored" ? field.column : name;
  };
  return [
    `select * from ${catalogue.table.name}`,
    `where ${values === null ? sql : withValues(sql, values)}`,
    `order by ${[time, id].flatMap((name) => (name === null ? [] : `${column(name)} desc`)).join(", ")} limit 100;`,
  ].join("\n");
}

/** A `$1` in a quoted text is no placeholder. */
function withValues(sql: string, values: readonly string[]): string {
  return sql.replace(/'(?:[^']|'')*'|\$(\d+)/g, (piece: string, number: string | undefined) =>
    number === undefined ? piece : literal(values[Number(number) - 1] ?? ""),
  );
}

function literal(value: string): string {
  const quoted = `'${value.replaceAll("'", "''")}'`;
  return value.includes("\\") ? `E${quoted.replaceAll("\\", "\\\\")}` : quoted;
}
