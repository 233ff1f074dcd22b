/** The rule `valid-filter`. */
import type { Rule } from "eslint";
import type { Diagnostic, Fix } from "../../../grammar/diagnostic.js";
import { judge } from "../judge.js";
import { programFilters } from "../program-filters.js";
import type { FilterRegion } from "../region.js";
import { readProjectSync, type ValidFilterOptions } from "./project.js";

/** Reports each mistake in a filter at its place, with suggestions that repair it. */
export const validFilter: Rule.RuleModule = {
  meta: {
    type: "problem",
    docs: { description: "filters of idea-eventstore have to compile" },
    hasSuggestions: true,
    schema: [
      {
        type: "object",
        properties: {
          catalogue: { type: "object" },
          sets: { type: "object" },
          filters: { type: "object" },
          timeZone: { type: "string" },
        },
        additionalProperties: false,
      },
    ],
  },
  create: (context) => ({
    Program: () => {
      const { text } = context.sourceCode;
      // Most files have nothing to do with filters.
      if (!/filter|storage|store/i.test(text)) return;
      const [options = {}] = context.options as readonly ValidFilterOptions[];
      const regions = programFilters(text, context.filename);
      if (regions.length === 0) return;
      const project = readProjectSync(context.filename, options);
      for (const region of regions)
        for (const diagnostic of judge(region, project).diagnostics) report(context, region, diagnostic);
    },
  }),
};

function report(context: Rule.RuleContext, region: FilterRegion, diagnostic: Diagnostic): void {
  const { code, message, notes, span, fixes } = diagnostic;
  const { start, end } = region.toDocument(span);
  const { sourceCode } = context;
  context.report({
    loc: { start: sourceCode.getLocFromIndex(start), end: sourceCode.getLocFromIndex(end) },
    message: "{{text}}",
    data: { text: `${code}: ${[message, ...notes].join("; ")}` },
    suggest: fixes.filter((fix) => !touchesHole(region, fix)).map((fix) => suggestion(region, fix)),
  });
}

/** Whether a fix would change a value of the program. */
function touchesHole({ holes }: FilterRegion, { edits }: Fix): boolean {
  return edits.some((edit) => holes.some((hole) => edit.start < hole.end && hole.start < edit.end));
}

function suggestion(region: FilterRegion, { title, edits }: Fix): Rule.SuggestionReportDescriptor {
  return {
    desc: title,
    fix: (fixer) =>
      edits.map((edit) => {
        const { start, end } = region.toDocument(edit);
        return fixer.replaceTextRange([start, end], region.spell(edit.text));
      }),
  };
}
