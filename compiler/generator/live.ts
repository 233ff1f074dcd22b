/** Holding a database against the manifest: what has become different, a line each, for people. */
import type { Describer, StatementDescription } from "./describe.js";
import type { Manifest, ManifestItem, ManifestOperation } from "./manifest.js";

/** The differences; none when every statement is valid, has the types of the manifest and can use its indexes. */
export async function liveDifferences(manifest: Manifest, describer: Describer): Promise<readonly string[]> {
  const problems = rangesDifferences(manifest.ip4r, await describer.rangesVersion());
  const seen = new Set<string>();
  for (const operation of manifest.operations)
    for (const problem of await operationDifferences(operation, describer)) {
      // One missing column fails many statements; each problem is reported with the first of them.
      const [name = "", ...rest] = problem.split(": ");
      const what = rest.join(": ");
      if (seen.has(what)) continue;
      seen.add(what);
      problems.push(`${name}: ${what}`);
    }
  return problems;
}

/** Nothing is expected where the statements use no ranges. */
function rangesDifferences(expected: string | null, found: string | null): string[] {
  if (expected === null) return [];
  if (found === null)
    return [
      "ip4r: the database has no type iprange; install the package of ip4r and run CREATE EXTENSION ip4r",
    ];
  if (found === expected) return [];
  const name = (version: string | null): string =>
    version === "ip4r_compat" ? "the schema ip4r_compat" : `version ${version ?? "?"}`;
  return [`ip4r: the database has ${name(found)}, the statements were generated with ${name(expected)}`];
}

async function operationDifferences(
  operation: ManifestOperation,
  describer: Describer,
): Promise<readonly string[]> {
  const text = operation.example ?? operation.text;
  let description: StatementDescription;
  try {
    description = await describer.describe(text);
  } catch (error) {
    return [`${operation.name}: ${error instanceof Error ? error.message : String(error)}`];
  }
  return [
    ...itemDifferences(
      operation.name,
      "parameter",
      operation.parameters,
      description.parameters.map((type) => ({ type, nullable: null })),
    ),
    ...(operation.columns.length === 0
      ? []
      : itemDifferences(operation.name, "column", operation.columns, description.columns)),
    ...(await indexDifferences(operation, text, describer)),
  ];
}

function itemDifferences(
  operation: string,
  what: "parameter" | "column",
  expected: readonly ManifestItem[],
  found: readonly { readonly type: string; readonly nullable: boolean | null }[],
): readonly string[] {
  if (expected.length !== found.length)
    return [`${operation}: the statement has ${found.length} ${what}s, the manifest ${expected.length}`];
  return expected.flatMap((item, position) => {
    const actual = found[position];
    if (actual === undefined) return [];
    const named = `${operation}: the ${what} ${item.name}`;
    if (actual.type !== item.type) return [`${named} has the type ${actual.type}, the manifest ${item.type}`];
    if (actual.nullable === true && !item.nullable) return [`${named} may be null, in the manifest never`];
    return [];
  });
}

async function indexDifferences(
  { name, indexes, parameters }: ManifestOperation,
  text: string,
  describer: Describer,
): Promise<readonly string[]> {
  if (indexes.length === 0) return [];
  const planned = new Set(await describer.plannedIndexes(text, parameters.length));
  const problems: string[] = [];
  for (const index of indexes) {
    if (planned.has(index)) continue;
    const fate = (await describer.hasIndex(index)) ? "is there but not used by the plan" : "is missing";
    problems.push(`${name}: the index ${index} ${fate}`);
  }
  return problems;
}
