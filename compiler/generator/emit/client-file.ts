/** client.ts: one documented method for each operation, over a session. */
import type { SourceFile } from "ts-morph";
import type { GeneratedModules } from "./modules.js";
import { resultType, typeNames, type TypedOperation } from "./operation-types.js";
import { importTypes, objectLiteral, sentence } from "./source.js";

/** Fills the file. */
export function buildClient(
  file: SourceFile,
  operations: readonly TypedOperation[],
  { runtime, catalogue }: GeneratedModules,
): void {
  const source = catalogue ?? { module: "./catalogue.js", name: "catalogue" };
  file.addImportDeclarations([
    {
      moduleSpecifier: runtime,
      namedImports: ["CallOptions", "FilterSource", "GeneratedClient", "Session", "StreamOptions"],
      isTypeOnly: true,
    },
    {
      moduleSpecifier: source.module,
      namedImports: [source.name === "catalogue" ? "catalogue" : { name: source.name, alias: "catalogue" }],
    },
    { moduleSpecifier: "./fields.js", namedImports: ["StoreNames"], isTypeOnly: true },
    { moduleSpecifier: "./statements.js", namespaceImport: "statements" },
  ]);
  importTypes(file, operations.flatMap(typeNames), "./types.js");
  file.addInterface({
    name: "StoreClient",
    isExported: true,
    docs: [sentence("every statement of the store as a method")],
    methods: operations.map((operation) => ({
      name: operation.described.spec.name,
      docs: [documentation(operation)],
      parameters: parametersOf(operation).map(([name, type]) =>
        name === "options" ? { name, type, hasQuestionToken: true } : { name, type },
      ),
      returnType: returnType(operation),
    })),
  });
  file.addFunction({
    name: "createClient",
    isExported: true,
    docs: [sentence("the operations over a session")],
    parameters: [{ name: "session", type: "Session" }],
    returnType: "StoreClient",
    statements: `return ${objectLiteral(operations.map((operation) => [operation.described.spec.name, call(operation)]))};`,
  });
  file.addStatements(
    `\nexport { catalogue };\n\n/** The statements with the catalogue that they are of: openStorage({ client }). */\n` +
      `export const client: GeneratedClient<StoreNames, StoreClient> = { catalogue, statements, connect: createClient };`,
  );
}

function parametersOf({
  slotsType,
  paramsType,
  described,
}: TypedOperation): readonly (readonly [name: string, type: string])[] {
  return [
    ...(slotsType === null ? [] : [[slotsType === "FilterSource" ? "filter" : "slots", slotsType] as const]),
    ...(paramsType === "undefined" ? [] : [["params", paramsType] as const]),
    ["options", described.spec.streamed === true ? "StreamOptions" : "CallOptions"],
  ];
}

function returnType(operation: TypedOperation): string {
  return operation.described.spec.streamed === true
    ? `AsyncIterableIterator<${operation.rowType}>`
    : `Promise<${resultType(operation)}>`;
}

function call(operation: TypedOperation): string {
  const { name, streamed } = operation.described.spec;
  const names = parametersOf(operation).map(([parameter]) => parameter);
  const statement =
    operation.slotsType === null ? `statements.${name}` : `statements.${name}.fill(${names[0] ?? ""})`;
  const params = operation.paramsType === "undefined" ? "undefined" : "params";
  return `(${names.join(", ")}) => session.${streamed === true ? "stream" : "run"}(${statement}, ${params}, options)`;
}

function documentation({ described: { spec } }: TypedOperation): string {
  const notes = spec.idempotent ? "" : "\n\nNot repeated by itself after a lost connection.";
  return `${sentence(spec.description)}${notes}`;
}
