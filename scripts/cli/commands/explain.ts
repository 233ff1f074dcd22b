/** `eventstore explain`: what a filter means, its SQL, and which index serves which part. */
import { Option, type Command } from "commander";
import type { Explanation } from "../../../compiler/explain/explain.js";
import type { CliContext } from "../context.js";
import { examples, paramOption } from "../help.js";
import { filterArguments } from "../filter-arguments.js";
import { highlightFilterText } from "../render/highlight.js";
import { highlightSql, parameterLines, wrapSql } from "../render/sql.js";
import { renderTable } from "../render/table.js";
import { drawingWidth, type Terminal } from "../render/terminal.js";
import { optionRules } from "../option-rules.js";
import { filterText, setUp, writeDiagnostics, type Setup } from "../setup.js";
import { jsonText } from "../render/json.js";

interface ExplainCliOptions {
  readonly param?: readonly string[];
  readonly passes?: true;
  readonly format: "text" | "json";
}

/** Adds `explain`. */
export function addExplainCommand(program: Command, context: CliContext): void {
  const command = program
    .command("explain")
    .summary("say what a filter means and how it runs")
    .description(
      "Say in words what a filter means, and show its SQL, its parameters and the index that can serve each condition. Needs no database.",
    )
    .argument("<FILTER...>", "filter, best in single quotes; `-` reads it from standard input")
    .addOption(
      new Option("-f, --format <FORMAT>", "how it is shown").choices(["text", "json"]).default("text"),
    )
    .option("--passes", "show the condition as it was written and after each pass that changes it")
    .addOption(paramOption());
  optionRules(command, [
    { option: "--passes", without: ["--param"], why: "they are the same for all values" },
  ])
    .addHelpText(
      "after",
      examples([
        ["eventstore explain 'source.ip in 10.0.0.0/8 and target.port != 22'", "words, SQL, indexes"],
        ["eventstore explain 'abuse_group in $groups' -p groups=abuse@example.org", "with a value"],
        ["eventstore explain --passes 'not (tlp = red or tlp = red)'", "how it is simplified"],
      ]),
    )
    .action(async (words: readonly string[], _options: unknown, self: Command) => {
      const setup = await setUp<ExplainCliOptions>(context, self);
      const text = await filterText(words, context);
      const { compileFilter } = await import("../../../compiler/compile.js");
      const { explainCompiled } = await import("../../../compiler/explain/explain.js");
      const filter = compileFilter(text, setup.filterOptions);
      const { stdout } = context;
      if (setup.options.passes === true) return showPasses(text, setup);
      const args = filterArguments(setup.options.param ?? [], filter);
      const explanation = explainCompiled(filter, args, context.now());
      if (setup.options.format === "json") return stdout.write(jsonText(explanation, stdout, 2) + "\n");
      await writeDiagnostics(text, explanation.warnings, context);
      const { searchPathWords } = await import("../../../compiler/explain/search-path.js");
      const search = searchPathWords(explanation.search);
      return stdout.writeLines(explanationLines(explanation, search, stdout));
    });
}

async function showPasses(
  text: string,
  { context: { stdout }, filterOptions, options: { format } }: Setup<ExplainCliOptions>,
): Promise<void> {
  const { passTexts } = await import("../../../compiler/explain/pass-texts.js");
  const passes = passTexts(text, filterOptions);
  if (format === "json") return stdout.writeLines([jsonText(passes, stdout, 2)]);
  return stdout.writeLines(
    passes.flatMap(({ name, tree }) => [name, ...tree.split("\n").map((line) => `  ${line}`)]),
  );
}

function explanationLines(explanation: Explanation, search: readonly string[], terminal: Terminal): string[] {
  const { paint } = terminal;
  const title = (text: string): string => paint("bold", text);
  const indented = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`);
  const sql = wrapSql(explanation.sql, drawingWidth(terminal, 110) - 4).map((line) =>
    highlightSql(line, paint),
  );
  const parameters = Object.entries(explanation.parameters).map(([name, type]) => `$${name}: ${type}`);
  const values =
    explanation.values === null
      ? ["the values follow from the parameters"]
      : parameterLines(explanation.values, paint);
  const atoms = renderTable(
    [
      { title: "condition", minWidth: 16 },
      { title: "means", minWidth: 20 },
      { title: "index", style: (index) => (index === "none" ? "yellow" : "green") },
    ],
    explanation.atoms.map(({ text, words, index }) => [text, words, index ?? "none"]),
    { ...terminal, width: terminal.width - 2 },
  );
  return [
    title("Filter"),
    ...indented(highlightFilterText(explanation.filter, paint).split("\n")),
    title("Meaning"),
    ...indented([explanation.words]),
    title("SQL"),
    ...indented(sql),
    ...(values.length === 0 ? [] : [title("Values"), ...indented(values)]),
    ...(parameters.length === 0 ? [] : [title("Parameters"), ...indented(parameters)]),
    ...(explanation.atoms.length === 0 ? [] : [title("Conditions"), ...indented(atoms)]),
    title("Search"),
    ...indented(search),
  ];
}
