/** client.ts: one documented method for each operation, over a session. */
import type { SourceFile } from "ts-morph";
import { resultType, typeNames, type TypedOperation } from "./operation-types.js";
import { importTypes, objectLiteral, sentence } from "./source.js";

/** Fills the file. */
export function buildClient(file: SourceFile, operations: readonly TypedOperation[]): void {
  file.addImportDeclarations([
    {
      moduleSpecifier: "../runtime/postgres/session.js",
      namedImports: ["Session", "StreamOptions"],
      isTypeOnly: true,
    },
    {
      moduleSpecifier: "../runtime/postgres/statement.js",
      namedImports: ["CallOptions", "FilterSource"],
      isTypeOnly: true,
    },
    { moduleSpecifier: "./statements.js", namespaceImport: "statements" },
  ]);
  importTypes(file, operations.flatMap(typeNames), "./types.js");
  file.addInterface({
    name: "StoreClient",
    isExported: true,
    docs: [sentence("every fixed operation of the store")],
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
}

function parametersOf({
  hasFilter,
  paramsType,
  described,
}: TypedOperation): readonly (readonly [name: string, type: string])[] {
  return [
    ...(hasFilter ? [["filter", "FilterSource"] as const] : []),
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
  const statement = operation.hasFilter ? `statements.${name}.fill(filter)` : `statements.${name}`;
  const params = operation.paramsType === "undefined" ? "undefined" : "params";
  return `(${names.join(", ")}) => session.${streamed === true ? "stream" : "run"}(${statement}, ${params}, options)`;
}

function documentation({ described: { spec } }: TypedOperation): string {
  const notes = spec.idempotent ? "" : "\n\nNot repeated by itself after a lost connection.";
  return `${sentence(spec.description)}${notes}`;
}
