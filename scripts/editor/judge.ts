/** What is wrong with a filter where it stands: the compiler's diagnostics, as far as its surroundings are known. */
import { analyseFilter } from "../../compiler/compile.js";
import type { ParameterUse } from "../../compiler/resolve/context.js";
import type { Diagnostic } from "../../grammar/diagnostic.js";
import { parseSyntax } from "../../grammar/parse.js";
import type { Project } from "./project.js";
import type { FilterRegion } from "./region.js";

/** A filter that was looked at. */
export interface Judgement {
  readonly region: FilterRegion;
  /** Errors and warnings. */
  readonly diagnostics: readonly Diagnostic[];
  /** Remarks on filters that are right. */
  readonly remarks: readonly Diagnostic[];
  /** The types of its parameters, as far as they could be told. */
  readonly parameters: ReadonlyMap<string, ParameterUse>;
}

/** An unknown `@name`. */
const UNKNOWN_NAME = "E107";

/** Judges a filter. Never throws. */
export function judge(region: FilterRegion, project: Project): Judgement {
  const { fields, names } = region.knowledge;
  if (!fields || !project.catalogueKnown)
    return {
      region,
      diagnostics: parseSyntax(region.text).diagnostics,
      remarks: [],
      parameters: new Map(),
    };
  const { diagnostics, parameters } = analyseFilter(region.text, project.options);
  const namesKnown = names === "all" || (names === "configured" && project.configured);
  const judged = diagnostics.filter(({ code }) => namesKnown || code !== UNKNOWN_NAME);
  return {
    region,
    diagnostics: judged.filter(({ severity }) => severity !== "note"),
    remarks: judged.filter(({ severity }) => severity === "note"),
    parameters,
  };
}
