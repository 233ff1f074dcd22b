/** What is shown about a field, a function, a name or an operator, as Markdown. */
import { enumerationOf, storedFields, type CatalogueIndex } from "../../../compiler/catalogue/lookup.js";
import type { Field } from "../../../compiler/catalogue/model.js";
import { PREDEFINED_SETS } from "../../../compiler/catalogue/predefined-sets.js";
import type { SetMember } from "../../../compiler/resolve/context.js";
import { formatIpRange } from "../../../compiler/values/ip-range.js";
import { FUNCTIONS } from "../../../grammar/functions.js";
import { OPERATORS, operatorsFor } from "../../../grammar/operators.js";
import type { Project } from "../project.js";

/** Values and members that are shown; the others are counted. */
const MAX_SHOWN = 24;

/** The language of code blocks with filters. */
const FILTER_LANGUAGE = "eventstore-filter";

const code = (text: string): string => `\`${text}\``;

/** A block of code. */
export function codeBlock(text: string, language: string = FILTER_LANGUAGE): string {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}

/** A field: type, meaning, place in the JSON, values, operators, an example. */
export function fieldDocumentation(field: Field, index: CatalogueIndex): string {
  const enumeration = enumerationOf(index, field);
  const paths = storedFields(index, field).flatMap(({ paths: places }) => places);
  const operators = operatorsFor(field.type).filter((operator) => operator !== "test");
  return [
    `**${field.name}**: ${field.list ? `list of ${code(field.type)}` : code(field.type)}`,
    `${field.description}.`,
    ...(paths.length === 0 ? [] : [`In the event: ${paths.map(code).join(", ")}`]),
    ...(enumeration === undefined || enumeration.values.length === 0
      ? []
      : [`${enumeration.open ? "Known values" : "Values"}: ${listed(enumeration.values.map(code))}`]),
    `Operators: ${operators.map(code).join(", ")}`,
    `Example:\n${codeBlock(field.example)}`,
  ].join("\n\n");
}

function listed(items: readonly string[]): string {
  const rest = items.length - MAX_SHOWN;
  return items.slice(0, MAX_SHOWN).join(", ") + (rest > 0 ? ` and ${rest} more` : "");
}

/** A list of objects that `has` ties, null when there is none of the name. */
export function groupDocumentation(name: string, index: CatalogueIndex): string | null {
  const group = index.groups.get(name) ?? index.unionGroups.get(name);
  return group === undefined
    ? null
    : `**${group.name} has ( … )**\n\n${group.description}.\n\nExample:\n${codeBlock(group.example)}`;
}

/** A function of a field, null when there is none of the name. */
export function functionDocumentation(name: string): string | null {
  const entry = Object.entries(FUNCTIONS).find(([known]) => known === name)?.[1];
  return entry === undefined ? null : `**${name}( … )**: ${code(entry.result)}\n\n${entry.description}.`;
}

/** An operator by one of its words or signs, null when there is none. */
export function operatorDocumentation(word: string): string | null {
  const found = Object.entries(OPERATORS).filter(([, { written }]) =>
    written.some((words) => words.some((part) => part === word)),
  );
  const [name, operator] = found.find(([known]) => known === word) ?? found[0] ?? [];
  return operator === undefined ? null : `**${name}**: ${operator.meaning}`;
}

/** A saved filter, null when there is none of the name. */
export function savedFilterDocumentation(
  name: string,
  { options: { filters = {} } }: Project,
): string | null {
  const text = Object.hasOwn(filters, name) ? filters[name] : undefined;
  return text === undefined ? null : `**@${name}**: saved filter\n\n${codeBlock(text.trimEnd())}`;
}

/** A named set, null when there is none of the name. */
export function setDocumentation(name: string, { options: { sets = {} } }: Project): string | null {
  const members = Object.hasOwn(sets, name) ? sets[name] : PREDEFINED_SETS.get(name);
  if (members === undefined) return null;
  return `**@${name}**: named set of ${members.length}\n\n${listed(members.map((member) => code(memberText(member))))}`;
}

function memberText(member: SetMember): string {
  return typeof member === "object" ? formatIpRange(member) : String(member);
}
