/** statements.ts: one typed statement, or template, for each operation. */
import { VariableDeclarationKind, type SourceFile } from "ts-morph";
import { statementName } from "../../sql/statement-name.js";
import { typeNames, type TypedItem, type TypedOperation } from "./operation-types.js";
import { bracketed, importTypes, objectLiteral, propertyName, sentence, textLiteral } from "./source.js";

/** Fills the file. */
export function buildStatements(file: SourceFile, operations: readonly TypedOperation[]): void {
  file.addImportDeclarations([
    { moduleSpecifier: "../runtime/postgres/wire.js", namespaceImport: "wire" },
    {
      moduleSpecifier: "../runtime/postgres/statement.js",
      namedImports: ["Statement", "StatementTemplate"],
      isTypeOnly: true,
    },
    { moduleSpecifier: "../runtime/postgres/template.js", namedImports: ["statementTemplate"] },
  ]);
  importTypes(file, operations.flatMap(typeNames), "./types.js");
  for (const operation of operations) addStatement(file, operation);
}

function addStatement(file: SourceFile, operation: TypedOperation): void {
  const { spec } = operation.described;
  const generics = `<${operation.paramsType}, ${operation.rowType}, ${JSON.stringify(spec.cardinality)}>`;
  const literal = objectLiteral([
    ["operation", JSON.stringify(spec.name)],
    ...(operation.hasFilter ? [] : [["name", JSON.stringify(statementName(spec.text))] as const]),
    ["text", textLiteral(spec.text)],
    ["cardinality", JSON.stringify(spec.cardinality)],
    ["idempotent", String(spec.idempotent)],
    ...(operation.hasFilter ? [["parameters", String(operation.parameters.length)] as const] : []),
    ["encode", encoder(operation.parameters)],
    ["decode", decoder(operation)],
  ]);
  file.addVariableStatement({
    leadingTrivia: "\n",
    declarationKind: VariableDeclarationKind.Const,
    isExported: true,
    docs: [sentence(spec.description)],
    declarations: [
      {
        name: spec.name,
        type: `${operation.hasFilter ? "StatementTemplate" : "Statement"}${generics}`,
        initializer: operation.hasFilter ? `statementTemplate(${literal})` : literal,
      },
    ],
  });
}

function encoder(parameters: readonly TypedItem[]): string {
  if (parameters.length === 0) return "() => []";
  const values = parameters.map(({ name, nullable, mapping }) => {
    const value = /^[a-z]\w*$/i.test(name) ? `params.${name}` : `params[${JSON.stringify(name)}]`;
    return nullable
      ? `wire.writeNullable(${value}, wire.${mapping.convert})`
      : `wire.${mapping.convert}(${value})`;
  });
  return `(params) => ${bracketed("[", values, "]")}`;
}

function decoder({ columns, hasRow, described }: TypedOperation): string {
  if (columns.length === 0) return "() => undefined";
  if (!hasRow) return "([count]) => wire.readNumber(count)";
  const read = ({ nullable, mapping }: TypedItem, position: number): string =>
    nullable
      ? `wire.readNullable(row[${position}], wire.${mapping.convert})`
      : `wire.${mapping.convert}(row[${position}])`;
  const entries = described.spec.columns.map((column, position) => {
    const item = columns[position];
    return item === undefined ? "" : `${propertyName(column.name)}: ${read(item, position)}`;
  });
  return `(row) => (${bracketed("{", entries, "}")})`;
}
