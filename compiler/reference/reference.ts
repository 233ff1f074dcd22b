/** The reference of the filter language, written from a catalogue, the table of operators and the codes of diagnostics. */
import { CODE_NAMES, CODES } from "../../grammar/codes.js";
import { CONVERSION_CODES } from "../../grammar/codes/conversions.js";
import type { Catalogue } from "../catalogue/model.js";
import { analyseFilter } from "../compile.js";
import { aliasesSection, fieldsSection, wordsSection } from "./fields.js";
import {
  limitsSection,
  listsSection,
  logicSection,
  namesSection,
  outsideSection,
  valuesSection,
} from "./language.js";
import { bullets, code, paragraphs, table } from "./markdown.js";
import { functionsSection, operatorsSection } from "./operators.js";
import { GENERATED_EVENTS, QUESTIONS } from "./questions.js";

/** Name of the file of {@link languageReference}, below the folder of generated files. */
export const REFERENCE = "reference/filter-language.md";

/** The reference as Markdown; the same catalogue gives the same bytes. Every piece of code under "example" or "filter" compiles. */
export function languageReference(catalogue: Catalogue): string {
  const sections: readonly (readonly [title: string, text: string])[] = [
    ["Conditions and logic", logicSection(catalogue)],
    ["Lists and missing values", listsSection(catalogue)],
    ["Values", valuesSection(catalogue)],
    ["Parameters, sets and saved filters", namesSection(catalogue)],
    ["Everyday questions", questionsSection(catalogue)],
    ["Operators", operatorsSection(catalogue)],
    ["Functions", functionsSection(catalogue)],
    ["Fields", fieldsSection(catalogue)],
    ["Known words", wordsSection(catalogue)],
    ["Legacy names", aliasesSection(catalogue)],
    ["Outside", outsideSection()],
    ["Limits", limitsSection()],
    ["Diagnostics", codesSection()],
  ];
  const filled = sections.filter(([, text]) => text !== "");
  const text = paragraphs([
    "# The filter language",
    `Generated from the catalogue "${catalogue.name}" by \`npm run generate\`, do not edit.`,
    bullets(filled.map(([title]) => `[${title}](#${anchor(title)})`)),
    ...filled.flatMap(([title, text]) => [`## ${title}`, text]),
  ]);
  return `${text}\n`;
}

/** The questions that the catalogue has the fields for; none where it has them for few, as another kind of events is in its table. */
function questionsSection(catalogue: Catalogue): string {
  const fitting = QUESTIONS.filter(([, filter]) =>
    analyseFilter(filter, { catalogue }).diagnostics.every(({ severity }) => severity !== "error"),
  );
  if (fitting.length < QUESTIONS.length / 2) return "";
  return paragraphs([
    `With the number of events that they find among 125 real ones and among ${GENERATED_EVENTS} generated ones.`,
    table(
      ["question", "filter", "real", "generated"],
      fitting.map(([question, filter, real, generated]) => [
        question,
        code(filter),
        String(real),
        String(generated),
      ]),
    ),
  ]);
}

function codesSection(): string {
  return paragraphs([
    "E is an error, W a warning, L a remark. `eventstore check` shows them with their place and how to mend them.",
    table(
      ["code", "meaning"],
      FILTER_CODES.map((name) => [code(name), CODES[name].meaning]),
    ),
  ]);
}

/** The anchor that renderers give a heading. */
function anchor(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\w\s-]/g, "")
    .replace(/\s/g, "-");
}

/** The codes that the check of a filter gives; those of conversions are explained with the older languages. */
const FILTER_CODES = CODE_NAMES.filter((name) => !Object.hasOwn(CONVERSION_CODES, name));
