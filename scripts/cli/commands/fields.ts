/** `eventstore fields`: what can be searched. */
import { Option, type Command } from "commander";
import {
  enumerationOf,
  indexCatalogue,
  storedFields,
  type CatalogueIndex,
} from "../../../compiler/catalogue/lookup.js";
import type { Field } from "../../../compiler/catalogue/model.js";
import { operatorsFor } from "../../../grammar/operators.js";
import type { CliContext } from "../context.js";
import { examples } from "../help.js";
import { highlightFilterText } from "../render/highlight.js";
import { renderTable } from "../render/table.js";
import { drawingWidth, type Terminal } from "../render/terminal.js";
import { wrap } from "../render/text.js";
import { setUp } from "../setup.js";
import { jsonText } from "../render/json.js";

interface FieldsCliOptions {
  readonly format: "text" | "json";
}

/** Adds `fields`. */
export function addFieldsCommand(program: Command, context: CliContext): void {
  program
    .command("fields")
    .summary("list the fields, or describe one")
    .description(
      "List the fields that a filter can name, or those that begin so, or describe one with its operators and values.",
    )
    .argument("[NAME]", "a field, or the beginning of some")
    .addOption(
      new Option("-f, --format <FORMAT>", "how they are shown").choices(["text", "json"]).default("text"),
    )
    .addHelpText(
      "after",
      examples([
        ["eventstore fields", "all of them"],
        ["eventstore fields source", "those of the sources"],
        ["eventstore fields severity", "type, operators, values of one"],
      ]),
    )
    .action(async (name: string | undefined, _, command: Command) => {
      const setup = await setUp<FieldsCliOptions>(context, command);
      const index = indexCatalogue(setup.catalogue);
      const found = findFields(name?.toLowerCase() ?? "", index);
      if (found.length === 0) throw (await import("../event-columns.js")).unknownField(name ?? "", index);
      const { stdout } = context;
      if (setup.options.format === "json") return stdout.write(jsonText(found, stdout, 2) + "\n");
      const [only] = found;
      return stdout.writeLines(
        found.length === 1 && only !== undefined ? fieldLines(only, index, stdout) : listLines(found, stdout),
      );
    });
}

/** The field of this name or alias, else all that begin so. */
function findFields(name: string, index: CatalogueIndex): readonly Field[] {
  const exact = index.fields.get(name) ?? index.aliases.get(name);
  return exact === undefined
    ? [...index.fields.values()].filter((field) => field.name.startsWith(name))
    : [exact];
}

function typeOf(field: Field): string {
  return field.list ? `list of ${field.type}` : field.type;
}

function listLines(fields: readonly Field[], terminal: Terminal): string[] {
  return renderTable(
    [{ title: "field", style: () => "cyan" }, { title: "type" }, { title: "meaning", minWidth: 20 }],
    fields.map((field) => [field.name, typeOf(field), field.description]),
    terminal,
  );
}

function fieldLines(field: Field, index: CatalogueIndex, terminal: Terminal): string[] {
  const { paint } = terminal;
  const stored = storedFields(index, field);
  const enumeration = enumerationOf(index, field);
  const range = field.kind === "stored" ? field.range : undefined;
  const words = field.kind === "stored" ? field.words : undefined;
  const facts: readonly (readonly [string, string])[] = [
    ["type", typeOf(field) + (range === undefined ? "" : `, ${range[0]} to ${range[1]}`)],
    ["meaning", field.description],
    ["in the event", stored.flatMap(({ paths }) => paths).join(", ")],
    [
      "operators",
      operatorsFor(field.type)
        .filter((operator) => operator !== "test")
        .join(", "),
    ],
    [
      enumeration?.open === true ? "known values" : "values",
      (enumeration?.values ?? Object.keys(words ?? {})).join(
        enumeration !== undefined && field.type === "ordered" ? " < " : ", ",
      ),
    ],
    ["also", (field.aliases ?? []).join(", ")],
  ];
  const label = Math.max(...facts.map(([name]) => name.length));
  const width = drawingWidth(terminal, 100) - label - 2;
  return [
    paint("cyan", field.name),
    ...facts
      .filter(([, value]) => value !== "")
      .flatMap(([name, value]) =>
        wrap(value, width).map(
          (line, index) => `${paint("bold", (index === 0 ? name : "").padEnd(label))}  ${line}`,
        ),
      ),
    `${paint("bold", "example".padEnd(label))}  ${highlightFilterText(field.example, paint)}`,
  ];
}
