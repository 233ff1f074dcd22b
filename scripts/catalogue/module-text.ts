/** The text of a catalogue module, ready to be edited. */
import { Project } from "ts-morph";
import type { StoredField } from "../../compiler/catalogue/model.js";
import type { Described, LiveTable } from "./describe.js";

/** The module: TypeScript, or JavaScript where the name of the file says so. */
export function catalogueModule(table: LiveTable, described: Described, path: string): string {
  const isScript = /\.[cm]?js$/.test(path);
  const project = new Project({ useInMemoryFileSystem: true, compilerOptions: { allowJs: true } });
  const file = project.createSourceFile(
    isScript ? "catalogue.js" : "catalogue.ts",
    text(table, described, isScript),
  );
  file.formatText({ indentSize: 2, semicolons: undefined });
  return file.getFullText();
}

function text(table: LiveTable, described: Described, isScript: boolean): string {
  const type = isScript
    ? [`/** @type {import("idea-eventstore").Catalogue} */`, "export const catalogue = {"]
    : ["export const catalogue: Catalogue = {"];
  return [
    ...head(table, described),
    ...(isScript ? [] : [`import type { Catalogue } from "idea-eventstore";`, ""]),
    ...type,
    `name: ${JSON.stringify(table.name)},`,
    ...tableLines(table, described),
    "fields: [",
    ...described.fields.flatMap(fieldLines),
    "],",
    '// Lists of objects whose fields "has" ties together; a plain table has none.',
    "groups: [],",
    "unionGroups: [],",
    "// Known words of fields of type enum, ordered or hierarchy: give such a field one of these types and name its enumeration.",
    "enumerations: [],",
    "};",
    "",
    "export default catalogue;",
    "",
  ].join("\n");
}

function head(
  { name, schema, comment }: LiveTable,
  { omitted, timeMayBeMissing, time }: Described,
): string[] {
  const isPublic = schema === "public";
  return [
    "/**",
    ` * The table ${isPublic ? name : `${schema}.${name}`}, described for the filter language.${comment === null ? "" : ` ${oneLine(comment)}`}`,
    " *",
    " * Names, descriptions and examples are yours to change; columns, types and indexes are those of the table.",
    ...(isPublic ? [] : [` * The schema ${schema} has to be on the search path of whoever opens the store.`]),
    ...(omitted.length === 0
      ? []
      : [
          ` * Left out, as no type of the language reads them: ${omitted.map(({ column, type }) => `${column} (${type})`).join(", ")}.`,
        ]),
    ...(timeMayBeMissing
      ? [` * The column of ${time} may be null: rows without it come on no page and in no timeline.`]
      : []),
    " */",
  ];
}

const oneLine = (comment: string): string => comment.replace(/\s+/g, " ").replaceAll("*/", "* /").trim();

function tableLines({ name }: LiveTable, { time, key }: Described): string[] {
  return [
    "table: {",
    `name: ${JSON.stringify(name)},`,
    "// A table that something else keeps: it is only read. Pages and timelines go by the time; the key tells rows of one time apart.",
    `plain: { time: ${JSON.stringify(time)}${key === undefined ? "" : `, key: ${JSON.stringify(key)}`} },`,
    "},",
  ];
}

function fieldLines(field: StoredField): string[] {
  const entries = Object.entries(field).map(([key, value]) => `${key}: ${JSON.stringify(value)},`);
  return ["{", ...entries, "},"];
}
