/** What in a catalogue can't work: found when it is read, so that no statement fails later. */
import { isFieldName } from "../../grammar/words.js";
import { didYouMean, nearest } from "../values/suggest.js";
import { shapeProblems } from "./check-shape.js";
import { fieldProblems } from "./check-field.js";
import { COLUMN_TYPES, columnTypeOf } from "./column-types.js";
import type { Catalogue, Field, StoredField, UnionField } from "./model.js";

/** Everything that can't work, a sentence each with what to do instead; none for a catalogue that can be used. */
export function catalogueProblems(catalogue: Catalogue): readonly string[] {
  const shape = shapeProblems(catalogue);
  // What follows reads keys that may not be there.
  if (shape.length > 0) return shape;
  const fields = new Map(catalogue.fields.map((field) => [field.name, field]));
  return [
    ...catalogue.fields.flatMap((field) => nameProblems(field, catalogue)),
    ...duplicates(catalogue.fields.map(({ name }) => name)).map(
      (name) => `the field ${name} is described twice`,
    ),
    ...catalogue.fields.flatMap((field) =>
      field.kind === "union" ? unionProblems(field, fields) : fieldProblems(field, catalogue),
    ),
    ...groupProblems(catalogue),
    ...tableProblems(catalogue, fields),
  ];
}

function nameProblems({ name, type, kind, enumeration }: Field, { enumerations }: Catalogue): string[] {
  const problems: string[] = [];
  const lower = name.toLowerCase();
  if (!isFieldName(name))
    problems.push(
      `${name} is no name of a field: write words of letters, digits, _ and - joined by dots, and no keyword`,
    );
  else if (name !== lower) problems.push(`the field ${name} has to be written in lower case, ${lower}`);
  if (!Object.hasOwn(COLUMN_TYPES, type)) {
    const types = Object.keys(COLUMN_TYPES);
    problems.push(
      `${name} has the unknown type ${type}; ${didYouMean(nearest(type, types)) || `known are ${types.join(", ")}`}`,
    );
  }
  if (!["stored", "union"].includes(kind))
    problems.push(
      `${name}: kind has to be stored, for a field with a column, or union, for several of them together`,
    );
  if (enumeration !== undefined && !enumerations.some((known) => known.name === enumeration))
    problems.push(`${name} names the unknown enumeration ${enumeration}; add it to enumerations`);
  return problems;
}

function unionProblems({ name, type, of }: UnionField, fields: ReadonlyMap<string, Field>): string[] {
  const parts = of.map((part) => fields.get(part));
  const problems = of
    .filter((_, position) => parts[position]?.kind !== "stored")
    .map((part) => `${name} unites ${part}, which is no stored field`);
  if (of.length === 0) problems.push(`${name} unites no fields; name some in of`);
  const stored = parts.filter((part): part is StoredField => part?.kind === "stored");
  for (const part of stored) {
    if (part.type !== type)
      problems.push(
        `${name} is of type ${type} and unites ${part.name}, which is of type ${part.type}; give them one`,
      );
  }
  const [first] = stored;
  const other = stored.find((part) => first !== undefined && columnTypeOf(part) !== columnTypeOf(first));
  if (first !== undefined && other !== undefined && type === "integer")
    problems.push(
      `${name} unites ${first.name} and ${other.name}, columns of ${columnTypeOf(first)} and ${columnTypeOf(other)}; whole numbers are compared in columns of one type`,
    );
  return problems;
}

function groupProblems({ groups, unionGroups, fields }: Catalogue): string[] {
  const inner = groups.flatMap(({ name, path }) =>
    fields
      .filter((field) => field.kind === "stored")
      .filter((field) => field.name.startsWith(`${name}.`))
      .flatMap((field) => field.paths.map((fieldPath) => ({ name: field.name, fieldPath, path })))
      .filter(({ fieldPath }) => !fieldPath.startsWith(`${path}.`))
      .map(
        (found) =>
          `${found.name} is a field of the group ${name}, so its path ${found.fieldPath} has to lie under ${found.path}`,
      ),
  );
  const names = groups.map(({ name }) => name);
  const unions = unionGroups.flatMap(({ name, of }) =>
    of.filter((part) => !names.includes(part)).map((part) => `${name} unites ${part}, which is no group`),
  );
  const twice = duplicates([...names, ...unionGroups.map(({ name }) => name)]);
  return [...inner, ...unions, ...twice.map((name) => `the group ${name} is described twice`)];
}

function tableProblems({ table, fields: all }: Catalogue, fields: ReadonlyMap<string, Field>): string[] {
  const { roles, plain, tokensColumn } = table;
  if (plain === undefined) return roles === undefined ? [] : ownColumns(all);
  const problems: string[] = [];
  if (roles !== undefined)
    problems.push(
      "table.roles is for tables that the store makes, table.plain for those that it does not; leave one out",
    );
  const rolled = all.find((field) => field.kind === "stored" && field.rollup !== undefined);
  if (rolled !== undefined)
    problems.push(`${rolled.name}: roll-ups are kept by the store alone; leave out rollup in a plain table`);
  if (tokensColumn !== undefined)
    problems.push("table.tokensColumn is kept by the store alone; a plain table has hulls or a GiST index");
  const time = fields.get(plain.time);
  if (time?.kind !== "stored" || time.list || time.type !== "time" || time.required !== true)
    problems.push(
      `table.plain.time names ${plain.time}; it has to be a required field of type time that is no list`,
    );
  if (plain.key === undefined) return problems;
  const key = fields.get(plain.key);
  if (key?.kind !== "stored" || key.list || key.required !== true || !KEY_TYPES.has(key.type))
    problems.push(
      `table.plain.key names ${plain.key}; it has to be a required field of type id, text or integer that is no list`,
    );
  return problems;
}

const KEY_TYPES: ReadonlySet<string> = new Set(["id", "text", "integer"]);

/** A table that the store makes has columns of types that every database has. */
function ownColumns(fields: readonly Field[]): string[] {
  return fields
    .filter((field) => field.kind === "stored")
    .filter(({ columnType }) => columnType === "enum" || columnType === "citext")
    .map(
      ({ name, columnType }) => `${name}: the store makes no column of type ${String(columnType)}; use text`,
    );
}

function duplicates(names: readonly string[]): readonly string[] {
  return [...new Set(names.filter((name, position) => names.indexOf(name) !== position))];
}
