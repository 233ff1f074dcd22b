/** Writing TypeScript files with ts-morph: the only folder that knows it. */
import {
  IndentationText,
  Project,
  QuoteKind,
  type OptionalKind,
  type PropertySignatureStructure,
  type SourceFile,
} from "ts-morph";

export type { SourceFile };

/** Most signs in a line of a list before it is broken. */
const LINE = 100;

/** One project for all files of a run; it holds them in memory. */
export function createProject(): Project {
  return new Project({
    useInMemoryFileSystem: true,
    manipulationSettings: {
      indentationText: IndentationText.TwoSpaces,
      quoteKind: QuoteKind.Double,
      useTrailingCommas: true,
    },
  });
}

/** A file to be written. */
export interface PrintedFile {
  readonly path: string;
  /** What it is, for the comment at its head. */
  readonly description: string;
  /** The last line of that comment: who writes the file. */
  readonly notice: string;
  readonly build: (file: SourceFile) => void;
}

/** The text of a file: a comment that says what it is, then what `build` adds, formatted. */
export function printFile(project: Project, { path, description, notice, build }: PrintedFile): string {
  const file = project.createSourceFile(path, "", { overwrite: true });
  build(file);
  file.formatText({
    indentSize: 2,
    ensureNewLineAtEndOfFile: true,
    insertSpaceAfterOpeningAndBeforeClosingNonemptyBraces: true,
  });
  const comment = [...description.split("\n"), "", notice].map((line) => (line === "" ? " *" : ` * ${line}`));
  return `/**\n${comment.join("\n")}\n */\n${file.getFullText()}`;
}

/** An import of types, one a line where they are many. */
export function importTypes(file: SourceFile, names: readonly string[], module: string): void {
  if (names.length > 0)
    file.addStatements(
      `import type ${bracketed("{", [...new Set(names)], "}")} from ${JSON.stringify(module)};`,
    );
}

/** An object literal, one property a line. */
export function objectLiteral(properties: readonly (readonly [name: string, value: string])[]): string {
  return `{\n${properties.map(([name, value]) => `${name}: ${value},\n`).join("")}}`;
}

/** A read-only property with a doc comment. */
export function property(
  name: string,
  type: string,
  description?: string,
): OptionalKind<PropertySignatureStructure> {
  return {
    name: propertyName(name),
    type,
    isReadonly: true,
    ...(description === undefined ? {} : { docs: [sentence(description)] }),
  };
}

/** A phrase of a description as a sentence of a doc comment. */
export function sentence(phrase: string): string {
  const text = phrase.charAt(0).toUpperCase() + phrase.slice(1);
  return `${text.replaceAll("*/", "*\\/")}${/[.?!]$/.test(text) ? "" : "."}`;
}

/** `fetchEvent` → `FetchEvent`. */
export function pascalCase(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** A property name, quoted where it has to be. */
export function propertyName(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}

/** A text as a literal: on one line in quotes, over several as a template. */
export function textLiteral(text: string): string {
  if (!text.includes("\n")) return JSON.stringify(text);
  return `\`${text.replace(/[\\`]|\$\{/g, "\\$&")}\``;
}

/** Items between brackets, one a line where they don't fit on one. */
export function bracketed(open: string, items: readonly string[], close: string): string {
  const line = items.join(", ");
  const space = open.endsWith("{") ? " " : "";
  if (line.length <= LINE)
    return `${open}${line === "" ? "" : space}${line}${line === "" ? "" : space}${close}`;
  return `${open}\n${items.map((item) => `${item},\n`).join("")}${close}`;
}

/** A union of texts; `never` for none. */
export function union(values: readonly string[]): string {
  if (values.length === 0) return "never";
  const literals = values.map((value) => JSON.stringify(value));
  const line = literals.join(" | ");
  return line.length <= LINE ? line : `\n${literals.map((literal) => `| ${literal}`).join("\n")}`;
}
