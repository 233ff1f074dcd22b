/** statements.ts: one typed statement, or template, for each operation. */
import {
  VariableDeclarationKind,
  type OptionalKind,
  type SourceFile,
  type VariableStatementStructure,
} from "ts-morph";
import { statementName } from "../../sql/statement-name.js";
import type { SlotSpec, SlotSpecs, TemplateSpec } from "../../sql/template.js";
import type { GeneratedModules } from "./modules.js";
import { typeNames, type TypedItem, type TypedOperation } from "./operation-types.js";
import { bracketed, importTypes, objectLiteral, propertyName, sentence, textLiteral } from "./source.js";

/** Fills the file. */
export function buildStatements(
  file: SourceFile,
  operations: readonly TypedOperation[],
  { runtime }: GeneratedModules,
): void {
  file.addImportDeclarations([
    { moduleSpecifier: runtime, namedImports: ["statementTemplate", "wire"] },
    {
      moduleSpecifier: runtime,
      namedImports: ["Statement", "StatementTemplate"],
      isTypeOnly: true,
    },
  ]);
  importTypes(file, operations.flatMap(typeNames), "./types.js");
  // All at once: with each manipulation the file is read anew.
  file.addVariableStatements([
    ...[...choiceLists(operations)].map(([name, texts]) => choicesConstant(name, texts)),
    ...operations.map(statementConstant),
  ]);
}

type Constant = OptionalKind<VariableStatementStructure>;

type Texts = Readonly<Record<string, string>>;

/** The lists of texts that slots choose from, each once. @throws Error for two lists of one name that differ */
function choiceLists(operations: readonly TypedOperation[]): ReadonlyMap<string, Texts> {
  const lists = new Map<string, Texts>();
  const collect = (slots: SlotSpecs): void => {
    for (const spec of Object.values(slots)) {
      if (spec.kind === "each") for (const part of Object.values(spec.parts)) collect(part.slots ?? {});
      if (spec.kind !== "choice") continue;
      const known = lists.get(spec.of);
      if (known !== undefined && JSON.stringify(known) !== JSON.stringify(spec.texts))
        throw new Error(`two lists of texts are called ${spec.of}`);
      lists.set(spec.of, spec.texts);
    }
  };
  for (const { described } of operations) collect(described.spec.slots ?? {});
  return lists;
}

function choicesConstant(name: string, texts: Texts): Constant {
  const entries = Object.entries(texts).map(([key, text]) => [propertyName(key), textLiteral(text)] as const);
  return {
    leadingTrivia: "\n",
    declarationKind: VariableDeclarationKind.Const,
    declarations: [{ name, type: "Readonly<Record<string, string>>", initializer: objectLiteral(entries) }],
  };
}

function statementConstant(operation: TypedOperation): Constant {
  const { spec } = operation.described;
  const { slotsType } = operation;
  const types = [operation.paramsType, operation.rowType, JSON.stringify(spec.cardinality)];
  const generics = `<${[...types, ...(slotsType === null || slotsType === "FilterSource" ? [] : [slotsType])].join(", ")}>`;
  const literal = objectLiteral([
    ["operation", JSON.stringify(spec.operation ?? spec.name)],
    ...(slotsType === null ? [["name", JSON.stringify(statementName(spec.text))] as const] : []),
    ["text", textLiteral(spec.text)],
    ...(spec.slots === undefined ? [] : [["slots", slotsLiteral(spec.slots)] as const]),
    ["cardinality", JSON.stringify(spec.cardinality)],
    ["idempotent", String(spec.idempotent)],
    ...(spec.plan === undefined ? [] : [["plan", JSON.stringify(spec.plan)] as const]),
    ...(slotsType === null ? [] : [["parameters", String(operation.parameters.length)] as const]),
    ["encode", encoder(operation.parameters)],
    ["decode", decoder(operation)],
  ]);
  return {
    leadingTrivia: "\n",
    declarationKind: VariableDeclarationKind.Const,
    isExported: true,
    docs: [sentence(spec.description)],
    declarations: [
      {
        name: spec.name,
        type: `${slotsType === null ? "Statement" : "StatementTemplate"}${generics}`,
        initializer: slotsType === null ? literal : `statementTemplate(${literal})`,
      },
    ],
  };
}

function slotsLiteral(slots: SlotSpecs): string {
  return objectLiteral(
    Object.entries(slots).map(([name, spec]) => [propertyName(name), slotLiteral(spec)] as const),
  );
}

function slotLiteral(spec: SlotSpec): string {
  const kind = ["kind", JSON.stringify(spec.kind)] as const;
  switch (spec.kind) {
    case "choice":
      return `{ kind: "choice", of: ${JSON.stringify(spec.of)}, texts: ${spec.of} }`;
    case "each":
      return objectLiteral([
        kind,
        ["separator", JSON.stringify(spec.separator)],
        [
          "parts",
          objectLiteral(
            Object.entries(spec.parts).map(
              ([name, part]) => [propertyName(name), partLiteral(part)] as const,
            ),
          ),
        ],
      ]);
    default:
      return `{ kind: ${JSON.stringify(spec.kind)} }`;
  }
}

function partLiteral({ text, slots }: TemplateSpec): string {
  return objectLiteral([
    ["text", textLiteral(text)],
    ...(slots === undefined ? [] : [["slots", slotsLiteral(slots)] as const]),
  ]);
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
