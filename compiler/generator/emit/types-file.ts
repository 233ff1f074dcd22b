/** types.ts: the parameters and rows of the operations. */
import type { InterfaceDeclarationStructure, OptionalKind, SourceFile } from "ts-morph";
import { assertNever } from "../../assert-never.js";
import type { SlotSpec } from "../../sql/template.js";
import type { GeneratedModules } from "./modules.js";
import type { TypedItem, TypedOperation } from "./operation-types.js";
import { property, propertyName, sentence } from "./source.js";

/** Fills the file. */
export function buildTypes(
  file: SourceFile,
  operations: readonly TypedOperation[],
  { runtime }: GeneratedModules,
): void {
  file.addImportDeclaration({ moduleSpecifier: runtime, namedImports: ["FilterSource"], isTypeOnly: true });
  // All at once: with each manipulation the file is read anew.
  file.addInterfaces(operations.flatMap(interfacesOf));
}

type Interface = OptionalKind<InterfaceDeclarationStructure>;

function interfacesOf({
  described,
  parameters,
  columns,
  paramsType,
  rowType,
  hasRow,
  slotsType,
}: TypedOperation): readonly Interface[] {
  const { name, slots = {} } = described.spec;
  const slotProperties = Object.entries(slots).map(([slot, spec]) => property(slot, slotType(spec)));
  return [
    ...(slotsType === null || slotsType === "FilterSource"
      ? []
      : [exported(slotsType, `what goes into the slots of ${name}`, slotProperties)]),
    ...(parameters.length > 0 ? [exported(paramsType, `parameters of ${name}`, itemsOf(parameters))] : []),
    ...(hasRow ? [exported(rowType, `a row of ${name}`, itemsOf(columns))] : []),
  ];
}

function itemsOf(items: readonly TypedItem[]): Interface["properties"] {
  return items.map((item) => property(item.name, item.type, item.description));
}

function exported(name: string, description: string, properties: Interface["properties"]): Interface {
  return { name, isExported: true, docs: [sentence(description)], ...(properties && { properties }) };
}

function slotType(spec: SlotSpec): string {
  switch (spec.kind) {
    case "filter":
      return "FilterSource";
    case "choice":
    case "table":
      return "string";
    case "number":
      return "number";
    case "instant":
      return "bigint";
    case "each": {
      const parts = Object.entries(spec.parts).map(([name, { slots = {} }]) => {
        const own = Object.entries(slots).map(
          ([slot, inner]) => `readonly ${propertyName(slot)}: ${slotType(inner)}`,
        );
        return `{ ${[`readonly part: ${JSON.stringify(name)}`, ...own].join("; ")} }`;
      });
      return parts.length === 1 ? `readonly ${parts[0] ?? ""}[]` : `readonly (${parts.join(" | ")})[]`;
    }
    default:
      return assertNever(spec);
  }
}
