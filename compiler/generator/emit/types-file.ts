/** types.ts: the parameters and rows of the operations. */
import type { SourceFile } from "ts-morph";
import type { TypedItem, TypedOperation } from "./operation-types.js";
import { property, sentence } from "./source.js";

/** Fills the file. */
export function buildTypes(file: SourceFile, operations: readonly TypedOperation[]): void {
  for (const { described, parameters, columns, paramsType, rowType, hasRow } of operations) {
    const { name } = described.spec;
    if (parameters.length > 0) addInterface(file, paramsType, `parameters of ${name}`, parameters);
    if (hasRow) addInterface(file, rowType, `a row of ${name}`, columns);
  }
}

function addInterface(
  file: SourceFile,
  name: string,
  description: string,
  items: readonly TypedItem[],
): void {
  file.addInterface({
    name,
    isExported: true,
    docs: [sentence(description)],
    properties: items.map((item) => property(item.name, item.type, item.description)),
  });
}
