/** `eventstore check --source GLOB`: the filters inside of programs. */
import type { SourceFinding } from "../../editor/check-source.js";
import { loadCatalogue } from "../catalogue-file.js";
import { Exit, EXIT, UsageError } from "../errors.js";
import type { ReportFormat } from "../help.js";
import { withPackage } from "../optional-package.js";
import { diagnosticsText } from "../render/diagnostics.js";
import { jsonText } from "../render/json.js";
import { formatEvents } from "../render/numbers.js";
import type { Terminal } from "../render/terminal.js";
import { printable } from "../render/text.js";
import type { Setup } from "../setup.js";

/** Checks the programs and reports each mistake: errors as lines of data, warnings as messages. */
export async function checkPrograms(
  globs: readonly string[],
  setup: Setup<object>,
  format: ReportFormat,
): Promise<void> {
  const { context, options, filterOptions } = setup;
  const { checkSource, createProjectReader } = await withPackage(
    "ts-morph",
    "check --source",
    () => import("../../editor/check.js"),
  );
  const projects = createProjectReader({
    overrides: {
      sets: options.sets === undefined ? undefined : filterOptions.sets,
      filters: options.filters,
      timeZone: options.zone,
    },
    openText: () => null,
    loadCatalogue,
  });
  const named = globs.filter((glob) => /[^\\/]/u.test(glob));
  if (named.length === 0)
    throw new UsageError("--source: which files? write a pattern such as 'src/**/*.ts'");
  const report = await checkSource({ globs: named, folder: process.cwd(), projects });
  if (report.files === 0) throw new UsageError(`--source: no file matches ${globs.join(", ")}`);
  const isError = ({ diagnostic }: SourceFinding): boolean => diagnostic.severity === "error";
  const errors = report.findings.filter(isError);
  const { stdout, stderr } = context;
  if (format === "json") await stdout.writeLines([jsonText(report.findings, stdout, 2)]);
  else {
    await stdout.writeLines(errors.map(errorLine));
    for (const warning of report.findings.filter((finding) => !isError(finding)))
      await stderr.write(warningText(warning, stderr));
  }
  const looked = `${formatEvents(report.filters, "filter")} in ${formatEvents(report.files, "file")}`;
  await stderr.write(`${looked}, ${formatEvents(errors.length, "error")}\n`);
  if (errors.length > 0) throw new Exit(EXIT.usage);
}

/** `src/app.ts:12:30: error E101: unknown field "sorce.ip"; did you mean "source.ip"?`, which editors and CI open at the place. */
function errorLine({ path, line, column, diagnostic: { code, message, notes } }: SourceFinding): string {
  return printable(`${path}:${line}:${column}: error ${code}: ${[message, ...notes].join("; ")}`);
}

/** A warning with the filter below it. */
function warningText({ path, line, filter, diagnostic }: SourceFinding, terminal: Terminal): string {
  return `In ${path}, line ${line}:\n${diagnosticsText(filter, [diagnostic], terminal)}\n`;
}
