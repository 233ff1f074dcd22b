/** catalogue.ts: the catalogue as data, so that the client carries it and needs no file of the project. */
import { VariableDeclarationKind, type SourceFile } from "ts-morph";
import type { Catalogue } from "../../catalogue/model.js";
import type { GeneratedModules } from "./modules.js";
import { propertyName } from "./source.js";

/** Fills the file. */
export function buildCatalogue(file: SourceFile, catalogue: Catalogue, { runtime }: GeneratedModules): void {
  file.addImportDeclaration({ moduleSpecifier: runtime, namedImports: ["Catalogue"], isTypeOnly: true });
  file.addVariableStatement({
    leadingTrivia: "\n",
    declarationKind: VariableDeclarationKind.Const,
    isExported: true,
    declarations: [{ name: "catalogue", type: "Catalogue", initializer: dataLiteral(catalogue) }],
  });
}

/** Plain data as a literal, one property a line where there are several. */
function dataLiteral(value: unknown): string {
  if (Array.isArray(value)) {
    const items = value.map(dataLiteral);
    const isShort = items.join(", ").length <= 80 && !items.some((item) => item.includes("\n"));
    return isShort ? `[${items.join(", ")}]` : `[\n${items.map((item) => `${item},\n`).join("")}]`;
  }
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return `{\n${entries.map(([name, item]) => `${propertyName(name)}: ${dataLiteral(item)},\n`).join("")}}`;
}
