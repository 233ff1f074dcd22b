/**
 * The manifest: every operation with its text, name, types by name, nullability and indexes. From it the generated files can be checked
 * without a database, and a database against them.
 */
import { statementName } from "../sql/statement-name.js";
import { exampleText, type OperationSpec } from "../sql/operation.js";
import type { DescribedOperation, DescribedStore } from "./describe.js";

/** The content of manifest.json. */
export interface Manifest {
  readonly format: 2;
  readonly catalogue: string;
  /** Version of ip4r that the types were asked of; `ip4r_compat` for the compatibility schema; null where the statements use no ranges. */
  readonly ip4r: string | null;
  readonly operations: readonly ManifestOperation[];
}

/** One operation. */
export interface ManifestOperation {
  readonly name: string;
  readonly description: string;
  /** Name of the prepared statement; null for one with slots, which has a name for each text. */
  readonly statement: string | null;
  readonly cardinality: OperationSpec["cardinality"];
  readonly idempotent: boolean;
  readonly indexes: readonly string[];
  readonly parameters: readonly ManifestItem[];
  readonly columns: readonly ManifestItem[];
  readonly text: string;
  /** Of a statement with slots the text that the types were asked of. */
  readonly example?: string;
}

/** A parameter or column. */
export interface ManifestItem {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
}

/** Makes the manifest. */
export function createManifest(catalogue: string, { operations, rangesVersion }: DescribedStore): Manifest {
  return { format: 2, catalogue, ip4r: rangesVersion, operations: operations.map(manifestOperation) };
}

function manifestOperation({ spec, parameterTypes, columnTypes }: DescribedOperation): ManifestOperation {
  const { name, description, cardinality, idempotent, indexes, text } = spec;
  return {
    name,
    description,
    statement: spec.slots === undefined ? statementName(text) : null,
    cardinality,
    idempotent,
    indexes,
    parameters: spec.parameters.map((parameter, position) => item(parameter, parameterTypes[position])),
    columns: spec.columns.map((column, position) => item(column, columnTypes[position])),
    text,
    ...(spec.slots === undefined ? {} : { example: exampleText(spec) }),
  };
}

function item(
  declared: { readonly name: string; readonly nullable: boolean },
  type: string | undefined,
): ManifestItem {
  return { name: declared.name, type: type ?? "unknown", nullable: declared.nullable };
}

/** The manifest as it is written. */
export function printManifest(manifest: Manifest): string {
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** Reads a manifest. @throws Error when the text is none, or one of another format */
export function parseManifest(text: string): Manifest {
  const manifest = JSON.parse(text) as Partial<Manifest>;
  if (manifest.format !== 2 || !Array.isArray(manifest.operations))
    throw new Error("the manifest is not of format 2; run npm run generate");
  return manifest as Manifest;
}

/**
 * The operations with the types that the manifest remembers, so that nothing is asked of a database. An operation that is not in it, or
 * has another text there, has no types: its problem is listed.
 */
export function rememberedTypes(
  specs: readonly OperationSpec[],
  { operations, ip4r }: Manifest,
): { readonly store: DescribedStore; readonly problems: readonly string[] } {
  const known = new Map(operations.map((operation) => [operation.name, operation]));
  const problems: string[] = [];
  const described: DescribedOperation[] = [];
  for (const spec of specs) {
    const found = known.get(spec.name);
    known.delete(spec.name);
    if (found === undefined) problems.push(`manifest.json: the operation ${spec.name} is missing`);
    else if (
      found.text !== spec.text ||
      (spec.slots !== undefined && found.example !== exampleText(spec)) ||
      found.columns.length !== spec.columns.length ||
      found.parameters.length !== spec.parameters.length
    )
      problems.push(`manifest.json: the operation ${spec.name} has changed since`);
    else
      described.push({
        spec,
        parameterTypes: found.parameters.map(({ type }) => type),
        columnTypes: found.columns.map(({ type }) => type),
      });
  }
  for (const name of known.keys()) problems.push(`manifest.json: there is no operation ${name} any more`);
  return { store: { operations: described, rangesVersion: ip4r }, problems };
}
