/** A view in other words: for a shell, a program, a database. */
import type { ExplainAnswer, ViewQuery } from "../shared/answers.js";

/** The filter with the time that is looked at. */
function wholeFilter({ filter, from, to }: ViewQuery): string {
  const bounds = [
    from === null ? [] : [`detect_time >= ${from}`],
    to === null ? [] : [`detect_time < ${to}`],
  ].flat();
  const own =
    filter.trim() === ""
      ? []
      : bounds.length === 0
        ? [filter.trim()]
        : [`(${filter.trim()}${filter.includes("#") ? "\n" : ""})`];
  return [...own, ...bounds].join(" and ");
}

/** For a POSIX shell. */
export function commandLine(query: ViewQuery): string {
  const quoted = `'${wholeFilter(query).replaceAll("'", `'\\''`)}'`;
  const zone = query.zone === "UTC" ? "" : ` --zone ${query.zone}`;
  return `eventstore search ${quoted}${zone}`;
}

export function typeScriptText(query: ViewQuery): string {
  const zone = query.zone === "UTC" ? "" : `{ timeZone: ${JSON.stringify(query.zone)} }`;
  return [
    `import { openStorage } from "idea-eventstore";`,
    ``,
    `const storage = await openStorage(${zone});`,
    `const { events } = await storage.searchEvents({ filter: ${JSON.stringify(wholeFilter(query))} });`,
  ].join("\n");
}

/** With placeholders, as it is sent; the values are comments. */
export function sqlText({ sql, values }: Pick<ExplainAnswer, "sql" | "values">): string {
  const comments = (values ?? []).map((value, index) => `-- $${index + 1} = ${value.replace(/\s+/g, " ")}`);
  return [
    `select * from events`,
    `where ${sql}`,
    `order by detect_time desc, id desc limit 100;`,
    ...comments,
  ].join("\n");
}
