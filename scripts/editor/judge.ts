/** What is wrong with a filter in its place: the compiler's diagnostics, as far as its surroundings are known. */
import { IDEA_CATALOGUE } from "../../compiler/catalogue/idea.js";
import type { Catalogue } from "../../compiler/catalogue/model.js";
import { analyseFilter, type Analysis } from "../../compiler/compile.js";
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

/** Analyses that are remembered for each project; a program has many filters, of which one is being typed. */
const MAX_REMEMBERED = 2_000;

type Analyses = Map<string, Analysis>;

const byProject = new WeakMap<Project, Analyses>();
const byCatalogue = new WeakMap<Catalogue, Analyses>();

function analysed(text: string, project: Project): Analysis {
  const { catalogue = IDEA_CATALOGUE, timeZone = "" } = project.options;
  // Without names nothing depends on the sets and filters of the project, which change while one of them is being typed.
  const named = text.includes("@");
  const analyses = named ? analysesOf(byProject, project) : analysesOf(byCatalogue, catalogue);
  const key = named ? text : `${timeZone}\n${text}`;
  let analysis = analyses.get(key);
  if (analysis === undefined) {
    if (analyses.size >= MAX_REMEMBERED) analyses.clear();
    analyses.set(key, (analysis = analyseFilter(text, project.options)));
  }
  return analysis;
}

function analysesOf<K extends object>(known: WeakMap<K, Analyses>, key: K): Analyses {
  let analyses = known.get(key);
  if (analyses === undefined) known.set(key, (analyses = new Map<string, Analysis>()));
  return analyses;
}

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
  const { diagnostics, parameters } = analysed(region.text, project);
  const namesKnown = names === "all" || (names === "configured" && project.configured);
  const judged = diagnostics.filter(({ code }) => namesKnown || code !== UNKNOWN_NAME);
  return {
    region,
    diagnostics: judged.filter(({ severity }) => severity !== "note"),
    remarks: judged.filter(({ severity }) => severity === "note"),
    parameters,
  };
}
