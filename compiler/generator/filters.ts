/**
 * Filters compiled ahead: `*.filter` files to TypeScript modules with typed arguments, over `idea-eventstore/runtime`.
 *
 * The first lines of a file that are comments become the documentation. Filters of one run may use each other: `@noise` is the filter of
 * noise.filter.
 */
import { compileFilter, type CompiledFilter, type FilterOptions } from "../compile.js";
import { IDEA_CATALOGUE } from "../catalogue/idea.js";
import { sameCatalogue } from "../catalogue/same.js";
import { indexCatalogue, type CatalogueIndex } from "../catalogue/lookup.js";
import { FilterError } from "../../grammar/filter-error.js";
import { lowerForStore } from "../lower/for-store.js";
import { render } from "../sql/fragment.js";
import { camelCase } from "../sql/operation.js";
import type { ParameterUse, SavedFilters } from "../resolve/context.js";
import {
  createProject,
  objectLiteral,
  pascalCase,
  printFile,
  property,
  propertyName,
  sentence,
  textLiteral,
  union,
  type SourceFile,
} from "./emit/source.js";
import type { GeneratedFiles } from "./generate.js";

/** A filter to be compiled. */
export interface FilterFile {
  /** Name of the file without `.filter`: letters, digits and `-`, `_` or `.` between them. */
  readonly name: string;
  readonly text: string;
}

/** One thing that is wrong with a file. */
export interface FilterFileError {
  readonly name: string;
  /** The filter does not compile. */
  readonly error: FilterError | Error;
}

/** Either all files, or all errors: nothing is generated from half of the filters. */
export type GeneratedFilters =
  | { readonly kind: "files"; readonly files: GeneratedFiles; readonly filters: readonly GeneratedFilter[] }
  | { readonly kind: "errors"; readonly errors: readonly FilterFileError[] };

/** A compiled filter with the name of its constant. */
export interface GeneratedFilter {
  readonly name: string;
  /** Name of its module: that of the file, but for `foo.d`, whose module would be a declaration file. */
  readonly module: string;
  readonly constant: string;
  readonly documentation: string;
  readonly compiled: CompiledFilter;
}

/** What every module says of itself, and by which it is known again. */
export const FILTER_NOTICE = "Generated, do not edit: eventstore generate --filters";
const RUNTIME = "idea-eventstore/runtime";
const OPTIONS = "filter-options";
/** Names of modules beside those of the filters. */
const MODULES: ReadonlySet<string> = new Set([
  "index",
  OPTIONS,
  "catalogue",
  "client",
  "fields",
  "statements",
  "types",
]);

/** Compiles the filters and writes a module for each, one for what they share, and an index. */
export function generateFilterFiles(
  sources: readonly FilterFile[],
  options: FilterOptions = {},
): GeneratedFilters {
  const catalogue = options.catalogue ?? IDEA_CATALOGUE;
  const siblings = Object.fromEntries(sources.map(({ name, text }) => [name, text]));
  const withSiblings: FilterOptions = { ...options, filters: { ...options.filters, ...siblings } };
  const errors: FilterFileError[] = [];
  const filters: GeneratedFilter[] = [];
  for (const source of sources) {
    try {
      filters.push(namedFilter(source, filters, withSiblings));
    } catch (error) {
      errors.push({ name: source.name, error: error instanceof Error ? error : new Error(String(error)) });
    }
  }
  if (errors.length > 0) return { kind: "errors", errors };
  const index = indexCatalogue(catalogue);
  const project = createProject();
  const print = (name: string, description: string, build: (file: SourceFile) => void): [string, string] => [
    `${name}.ts`,
    printFile(project, { path: `${name}.ts`, description, notice: FILTER_NOTICE, build }),
  ];
  const files = new Map([
    ...filters.map((filter) =>
      print(filter.module, `${filter.name}.filter`, (file) => buildFilter(file, filter, index)),
    ),
    print(OPTIONS, "What the filters refer to.", (file) => buildOptions(file, siblings, options)),
    print("index", "The filters.", (file) =>
      file.addExportDeclarations(filters.map(({ module }) => ({ moduleSpecifier: `./${module}.js` }))),
    ),
  ]);
  return { kind: "files", files, filters };
}

function namedFilter(
  { name, text }: FilterFile,
  others: readonly GeneratedFilter[],
  options: FilterOptions,
): GeneratedFilter {
  if (!/^[A-Za-z][A-Za-z0-9]*([-_.][A-Za-z0-9]+)*$/.test(name) || MODULES.has(name.toLowerCase()))
    throw new Error(
      `the file name "${name}.filter" makes no name of a module: use letters, digits and - between them`,
    );
  const constant = camelCase(name.replaceAll("-", "_"));
  const module = name.replace(/\.d$/iu, "-d");
  // Without regard to case: files of some systems have none, and the types of arguments begin with a capital letter.
  const twin = others.find(
    (other) =>
      pascalCase(other.constant) === pascalCase(constant) ||
      other.module.toLowerCase() === module.toLowerCase(),
  );
  if (twin !== undefined)
    throw new Error(`${name}.filter and ${twin.name}.filter would both be called ${constant}`);
  const owner = others.find(
    (other) => argsOf(other.constant) === constant || argsOf(constant) === other.constant,
  );
  if (owner !== undefined)
    throw new Error(
      `${name}.filter would be called like the type of the arguments of ${owner.name}.filter, or the other way round: rename one of them`,
    );
  if (RESERVED.has(constant))
    throw new Error(`${constant} is a reserved word of JavaScript: rename ${name}.filter`);
  if (IMPORTED.has(constant))
    throw new Error(`${constant} is a name that the modules use: rename ${name}.filter`);
  return {
    name,
    module,
    constant,
    documentation: leadingComment(text),
    compiled: compileFilter(text, options),
  };
}

/** Name of the type of a filter's arguments. */
function argsOf(constant: string): string {
  return `${pascalCase(constant)}Args`;
}

const RESERVED: ReadonlySet<string> = new Set(
  (
    "arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for " +
    "function if implements import in instanceof interface let new null package private protected public return static super switch this " +
    "throw true try typeof undefined var void while with yield"
  ).split(" "),
);

const IMPORTED: ReadonlySet<string> = new Set([
  "savedFilter",
  "SavedFilter",
  "filterOptions",
  "IpRange",
  "catalogue",
  "client",
  "createClient",
  "statements",
]);

/** The comment lines at the beginning, without their signs. */
function leadingComment(text: string): string {
  const lines = text.split(/\r\n|\r|\n/);
  const end = lines.findIndex((line) => !/^\s*#/.test(line));
  return lines
    .slice(0, end < 0 ? lines.length : end)
    .map((line) => line.replace(/^\s*#+\s?/, "").trimEnd())
    .join("\n")
    .trim();
}

function buildFilter(
  file: SourceFile,
  { name, constant, documentation, compiled }: GeneratedFilter,
  index: CatalogueIndex,
): void {
  const argsType = argsOf(constant);
  const isOwn = !sameCatalogue(index.catalogue, IDEA_CATALOGUE);
  const types = isOwn ? `${argsType}, StoreNames` : argsType;
  if (isOwn)
    file.addImportDeclaration({
      moduleSpecifier: "./fields.js",
      namedImports: ["StoreNames"],
      isTypeOnly: true,
    });
  const needsRange = compiled.parameterUses.some(({ type }) => type === "ip");
  file.addImportDeclarations([
    { moduleSpecifier: RUNTIME, namedImports: ["savedFilter"] },
    {
      moduleSpecifier: RUNTIME,
      namedImports: [...(needsRange ? ["IpRange"] : []), "SavedFilter"],
      isTypeOnly: true,
    },
    { moduleSpecifier: `./${OPTIONS}.js`, namedImports: ["filterOptions"] },
  ]);
  if (compiled.parameterUses.length > 0)
    file.addInterface({
      name: argsType,
      isExported: true,
      docs: [sentence(`arguments of ${constant}`)],
      properties: compiled.parameterUses.map((use) => property(use.name, argumentType(use, index))),
    });
  else
    file.addTypeAlias({
      name: argsType,
      isExported: true,
      docs: [sentence(`${constant} has no arguments`)],
      type: "Record<never, never>",
    });
  const { text, bindings } = render(lowerForStore(compiled));
  const definition = objectLiteral([
    ["source", textLiteral(compiled.source.trim())],
    ["text", textLiteral(text)],
    ["bindings", `[\n${bindings.map((binding) => `${valueLiteral(binding)},\n`).join("")}]`],
  ]);
  file.addStatements([
    `\n/**\n${(documentation === "" ? `The filter of ${name}.filter.` : documentation)
      .replaceAll("*/", "*\\/")
      .split("\n")
      .map((line) => ` * ${line}`.trimEnd())
      .join(
        "\n",
      )}\n */\nexport const ${constant}: SavedFilter<${types}> = savedFilter(${definition}, filterOptions);`,
  ]);
}

/** What the sources of all filters may refer to. */
function buildOptions(file: SourceFile, siblings: SavedFilters, options: FilterOptions): void {
  const { sets, filters, timeZone, catalogue } = options;
  // A client of the catalogue is generated beside the filters.
  const isOwn = catalogue !== undefined && !sameCatalogue(catalogue, IDEA_CATALOGUE);
  const definition = objectLiteral([
    ...(isOwn ? [["catalogue", "catalogue"] as const] : []),
    ...(sets === undefined || Object.keys(sets).length === 0 ? [] : [["sets", valueLiteral(sets)] as const]),
    ["filters", valueLiteral({ ...filters, ...siblings })],
    ...(timeZone === undefined ? [] : [["timeZone", textLiteral(timeZone)] as const]),
  ]);
  file.addImportDeclaration({
    moduleSpecifier: RUNTIME,
    namedImports: ["FilterDefinitionOptions"],
    isTypeOnly: true,
  });
  if (isOwn) file.addImportDeclaration({ moduleSpecifier: "./catalogue.js", namedImports: ["catalogue"] });
  file.addStatements(
    `\n/** Named sets, other filters and the zone that the filters were generated with. */\n` +
      `export const filterOptions: FilterDefinitionOptions = ${definition};`,
  );
}

function argumentType({ type, list, enumeration }: ParameterUse, index: CatalogueIndex): string {
  const single = singleType(type, enumeration, index);
  if (!list) return single;
  return single.includes("|") ? `readonly (${single})[]` : `readonly ${single}[]`;
}

function singleType(
  type: ParameterUse["type"],
  enumeration: string | undefined,
  index: CatalogueIndex,
): string {
  switch (type) {
    case "integer":
    case "float":
      return "number";
    case "boolean":
      return "boolean";
    case "ip":
      return "string | IpRange";
    case "time":
      return "Date | string";
    // Seconds as a number, microseconds as a bigint, or a length such as 24h.
    case "duration":
      return "number | bigint | string";
    case "text":
    case "id":
      return "string";
    case "enum":
    case "ordered":
    case "hierarchy": {
      const words = index.enumerations.get(enumeration ?? "");
      return words === undefined || words.open ? "string" : union(words.values);
    }
  }
}

/** Plain data as a literal of TypeScript; unlike JSON it has bigints. */
function valueLiteral(value: unknown): string {
  if (typeof value === "bigint") return `${value}n`;
  if (Array.isArray(value)) return `[${value.map(valueLiteral).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    return `{ ${entries.map(([name, item]) => `${propertyName(name)}: ${valueLiteral(item)}`).join(", ")} }`;
  }
  return JSON.stringify(value);
}
